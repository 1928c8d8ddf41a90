"""What would open a zone in the stated world where there is none, as sets of red lines, cuts and pairs of parties."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from sim.analysis.exact.questions import blank_questions, pose_at_start, question_at, take_together
from sim.analysis.exact.softening import Breaking, Pairs, no_pairs, note_breaks, soften
from sim.analysis.exact.spaces import Space
from sim.analysis.exact.visiting import Walk, blank_walk, lay_out
from sim.analysis.feasibility.question import Question, find_package
from sim.analysis.feasibility.trajectory import Board, board
from sim.draws import STATED
from sim.earlier import worlds_of
from sim.game import Flags, Floats, Game, Masks
from sim.rules.handles import rulebook_handle, state_handle, world_handle
from sim.rules.state import fresh

MOST = 5
"""Lines that a set has at most."""


@dataclass(frozen=True)
class Softening:
    """Red lines that, taken back together, open a zone, if need be with a cut of no-deal values."""

    lines: tuple[str, ...]
    firmness: float  # sum of what is given up
    cut: float  # by which every no-deal value must fall at the least; 0 where the lines are enough
    party: str | None  # the party whose no-deal value alone could fall instead, at the least cost
    party_cut: float
    number: int  # a package that is in the zone then


@dataclass(frozen=True)
class Opening:
    """Everything that opens a zone; those that need no cut first, then by firmness given up."""

    softenings: tuple[Softening, ...]
    most: int  # lines of a set at most
    pairs: tuple[tuple[str, str], ...]  # parties that could agree if only their own consent counted
    is_whole: bool  # False where there were too many to keep


class _Opener:
    """The stated world at round 0, and what its coalitions would have to give up."""

    def __init__(self, game: Game, space: Space, first_phase: bool) -> None:
        self.game, self.space, self.first_phase = game, space, first_phase
        self.board, self.state, self.world = board(game), fresh(game.rules), worlds_of(game, STATED).at(0)
        self.g, self.s, self.w = rulebook_handle(game.rules), state_handle(self.state), world_handle(self.world)

    def questions(self, at: Board, with_lines: bool) -> Iterator[tuple[Question, Flags]]:
        """What the coalitions of a board would have to settle, and who they are."""
        asks = blank_questions(self.game, at)
        posed = pose_at_start(self.g, self.w, self.s, at, self.first_phase, with_lines, asks)
        asks.asked[:posed] = False
        for j in range(posed):
            take_together(asks, j, posed)
            yield question_at(self.g, self.w, self.s, asks, j), asks.needed[j]

    def walk(self) -> Walk:
        walk = blank_walk(self.game.rules)
        walk.stride[:] = self.space.stride
        return walk

    def pairs(self, bends: Flags, most: int) -> Pairs:
        """Sets of lines with their least cuts, over all coalitions, where only some parties may be cut."""
        found = no_pairs()
        for ask, needed in self.questions(self.board, with_lines=False):
            rules, walk = self.game.rules, self.walk()
            binding = np.flatnonzero(self.state.binding & needed[rules.line_owner])
            joint = binding[rules.single[binding] < 0]
            wide = _with_lines(ask, rules.masks[joint], needed)
            lay_out(wide, walk)
            single = np.zeros(walk.hits.shape, np.uint64)
            note_breaks(self.g, binding, walk, single)
            first = ask.in_force + len(ask.bonus)
            bits = np.left_shift(np.uint64(1), joint.astype(np.uint64))
            breaking = Breaking(single, bits, first, np.zeros(len(walk.issue) + 1, np.uint64))
            soften(wide._replace(needed=np.zeros_like(needed)), walk, needed, bends, breaking, most, found)
        return found

    def agreeing_pairs(self) -> tuple[tuple[str, str], ...]:
        """Pairs of parties with a package that breaks no line of theirs and gives both what no deal is worth."""
        names, found = self.game.names.parties, []
        whole = self.board.phase == (self.board.first if self.first_phase else self.board.phase.max())
        counted = np.flatnonzero(self.board.parties[whole].any(axis=0)).tolist()
        for pair in combinations(counted, 2):
            alone = self.board._replace(
                phase=self.board.phase[whole][:1],
                parties=np.isin(np.arange(len(names)), pair)[None],
                barred=self.board.barred[whole].all(axis=0)[None],  # what is off the table for everybody
            )
            x = np.zeros(len(self.game.names.issues), np.int64)
            if any(find_package(ask, x) for ask, _ in self.questions(alone, with_lines=True)):
                found.append((names[pair[0]], names[pair[1]]))
        return tuple(found)

    def firmness(self, lines: int) -> float:
        """Sum of the firmness of a set of lines."""
        return float(sum(self.state.firmness[r] for r in range(len(self.game.names.lines)) if lines >> r & 1))


def _with_lines(ask: Question, masks: Masks, needed: Flags) -> Question:
    """A question in which lines over several issues are followed as linkages are, and add nothing."""
    return ask._replace(
        bonus=np.concatenate([ask.bonus, np.zeros(len(masks))]),
        link_owner=np.concatenate([ask.link_owner, np.zeros(len(masks), np.int64)]),
        link_masks=np.concatenate([ask.link_masks, masks]),
        needed=needed,
    )


def _least(pairs: Pairs, lines: int) -> float:
    """The least cut of those that need no other lines than a set."""
    cuts = [float(cut) for bits, cut in zip(*_rows(pairs), strict=True) if int(bits) & ~lines == 0]
    return min(cuts, default=np.inf)


def _rows(pairs: Pairs) -> tuple[Masks, Floats]:
    count = int(pairs.held[0])
    return pairs.lines[:count], pairs.cut[:count]


def opening(game: Game, space: Space, first_phase: bool, most: int = MOST) -> Opening:
    """What would open a zone in the stated world at round 0."""
    opener, names = _Opener(game, space, first_phase), game.names
    everybody = np.ones(len(names.parties), bool)
    uniform = opener.pairs(everybody, most)
    alone = {p: opener.pairs(np.arange(len(names.parties)) == p, most) for p in range(len(names.parties))}
    is_whole = all(int(pairs.held[0]) >= 0 for pairs in (uniform, *alone.values()))
    found = []
    for n in range(max(0, int(uniform.held[0]))):
        lines, cut = int(uniform.lines[n]), float(uniform.cut[n])
        cheapest = min(alone, key=lambda p: _least(alone[p], lines))
        party_cut = _least(alone[cheapest], lines)
        one = names.parties[cheapest] if cut > 0.0 and party_cut < np.inf else None
        ids = tuple(line for r, line in enumerate(names.lines) if lines >> r & 1)
        found.append(
            Softening(ids, opener.firmness(lines), cut, one, party_cut if one else 0.0, int(uniform.number[n]))
        )
    order = sorted(found, key=lambda one: (one.cut > 0.0, one.firmness, one.cut, one.lines))
    return Opening(tuple(order), most, opener.agreeing_pairs(), is_whole)
