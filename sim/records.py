"""What a negotiation and a study leave behind."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Any, NamedTuple

import numpy as np

from sim.game import Flags, Floats, Game, Ints


class End(IntEnum):
    """How a run ends."""

    RUNNING = 0
    AGREEMENT = 1
    RATIFICATION_FAILED = 2
    REFUSED = 3
    WALKED_AWAY = 4
    DEADLINE = 5
    INTERIM_ONLY = 6


class Why(IntEnum):
    """Why a run without agreement failed: the first that fits."""

    UNKNOWN = 0
    AGREED = 1
    NO_ZONE = 2
    BAD_FAITH = 3
    NOT_CONCEDED = 4
    MISSED = 5
    FAILED_AT_HOME = 6


class Outcomes(NamedTuple):
    """Outcomes of n runs as arrays; compiled code fills them. Axes as in `sim.game`."""

    end: Ints  # [n] End
    round: Ints  # [n] round of the signature, or of the end
    left: Ints  # [n] round in which a mediator left, -1
    phase: Ints  # [n] phase in which it ended
    settled_at: Ints  # [n, H] round in which each phase was settled, -1
    package: Ints  # [n, I] what was settled at the end
    settled: Flags  # [n, I] issues that are settled
    status_quo: Ints  # [n, I] what holds at the end where nothing is settled
    value: Floats  # [n, P] of that package, at its face
    worth: Floats  # [n, P] the same with protections: what was compared with the no-deal value
    terms: Floats  # [n, P] how far it lies from the other side's position (0) to the party's own (1), by worth; or NaN
    face_terms: Floats  # [n, P] the same by face value
    no_deal: Floats  # [n, P] at the end
    aspiration: Floats  # [n, P] at the end
    binding: Flags  # [n, R] lines that bind at the end
    present: Flags  # [n, P] at the table at the end
    withheld: Ints  # [n, P] consents withheld in bad faith
    exposed: Flags  # [n, P] bad faith that showed
    offers: Ints  # [n] packages tabled
    text: Ints  # [n, I] the last of them, -1 where there was none
    reversals: Ints  # [n] issues on which offers went back towards a position without a reason
    overlooked: Flags  # [n] at the end some position or text met what all whom it needs then asked of it
    cited: Ints  # [n, R] refusals that named the line
    wanted: Ints  # [n, I] refusals for a shortfall that the issue would help most
    cited_last: Ints  # [n, R] last round in which a refusal named the line, -1
    wanted_last: Ints  # [n, I] the same for the issue
    core_kept: Flags  # [n] the core terms of the proposal are in the package
    reopened: Ints  # [n] terms of an agreed framework that the signed package changes, -1 without either
    holds: Floats  # [n] chance that the package lasts a year, as the belligerent sees it that trusts it least
    momentum: Floats  # [n] at the end


def room(game: Game, n: int) -> Outcomes:
    """Room for the outcomes of n runs."""
    parties, issues, lines = len(game.names.parties), len(game.names.issues), len(game.names.lines)

    def ints(*shape: int) -> Ints:
        return np.zeros(shape, np.int64)

    def flags(*shape: int) -> Flags:
        return np.zeros(shape, np.bool_)

    return Outcomes(
        end=ints(n), round=ints(n), left=ints(n), phase=ints(n),
        settled_at=ints(n, len(game.names.phases)), package=ints(n, issues), settled=flags(n, issues),
        status_quo=ints(n, issues),
        value=np.zeros((n, parties)), worth=np.zeros((n, parties)), terms=np.zeros((n, parties)),
        face_terms=np.zeros((n, parties)), no_deal=np.zeros((n, parties)), aspiration=np.zeros((n, parties)),
        binding=flags(n, lines), present=flags(n, parties), withheld=ints(n, parties), exposed=flags(n, parties),
        offers=ints(n), text=ints(n, issues), reversals=ints(n), overlooked=flags(n),
        cited=ints(n, lines), wanted=ints(n, issues), cited_last=ints(n, lines),
        wanted_last=ints(n, issues), core_kept=flags(n), reopened=ints(n), holds=np.zeros(n),
        momentum=np.zeros(n),
    )  # fmt: skip


@dataclass(frozen=True)
class Runs:
    """Runs `first` to `first + n - 1` of a scenario under one seed, with the reasons of their failure."""

    first: int
    outcomes: Outcomes
    why: Ints  # [n] Why
    zone: Flags  # [n] some package was acceptable to all who count, on the path without talks
    confident: Flags  # [n, P] parties of the type that thinks it is winning
    draws: dict[str, Floats]  # path of an uncertain number: its draw in each run, uniform in (0, 1)

    def __len__(self) -> int:
        return len(self.why)


@dataclass(frozen=True)
class Design:
    """The design points of a sweep, N of them: the parts of a scenario that vary, and their values at each point."""

    paths: tuple[str, ...] = ()
    points: tuple[tuple[str, ...], ...] = ((),)  # [N] a value for each path, as YAML text

    def __len__(self) -> int:
        return len(self.points)

    def values(self, path: str) -> tuple[str, ...]:
        """The values [N] of one part, point by point."""
        at = self.paths.index(path)
        return tuple(point[at] for point in self.points)

    def overrides(self, point: int) -> tuple[tuple[str, str], ...]:
        """Paths and values of one point."""
        return tuple(zip(self.paths, self.points[point], strict=True))


@dataclass(frozen=True)
class Rows:
    """Runs of a study, one row each, sorted by design point and run. What a figure over many points is made of.

    Of an unfinished study some rows are missing. Whole numbers may be of any size that holds them: there are millions.
    """

    point: Ints  # [n] design point
    run: Ints  # [n]
    end: Ints  # [n] End
    why: Ints  # [n] Why
    round: Ints  # [n] round of the signature, or of the end
    zone: Flags  # [n]
    core_kept: Flags  # [n]
    holds: Floats  # [n]
    package: Ints  # [n, I] option of each issue that was settled or holds
    terms: Floats  # [n, P] by worth; [n, 0] of a result of before, where it was not written down

    def __len__(self) -> int:
        return len(self.run)


@dataclass(frozen=True)
class ZoneRows:
    """The zones of worlds, one row each, sorted by design point and world."""

    point: Ints  # [n] design point
    world: Ints  # [n]
    zone: Flags  # [n] whether there is one
    packages: Ints  # [n] in it

    def __len__(self) -> int:
        return len(self.world)


MANIFEST = "manifest.json"
"""File of a result that says what it is."""


@dataclass(frozen=True)
class Asked:
    """How something was played and with which parameters, whatever it was."""

    overrides: dict[str, str]
    runs: int
    seed: int
    engine: str
    chunk: int
    versions: dict[str, str]
    command: str
    rules_hash: str  # of all sources that make numbers


@dataclass(frozen=True)
class Manifest(Asked):
    """What was run, how and with which parameters: enough to run it again."""

    scenario: dict[str, Any]
    scenario_file: str
    scenario_hash: str
    evidence_hash: str
    paths: list[str]  # what a sweep varies; none for a single scenario
    points: list[list[str]]  # [N] a value of each, as YAML text
    figures: list[str]  # files with figures that stand beside the runs once all are played
    watched: int | None = None  # the run of the transcript


@dataclass(frozen=True)
class ComparisonManifest(Asked):
    """Which scenarios were compared and how; the others are compared with the first."""

    scenarios: list[str]
    files: dict[str, str]  # scenario: its file
    scenario_hashes: dict[str, str]
    evidence_hashes: dict[str, str]
