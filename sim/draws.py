"""(seed, run) -> uniforms -> worlds. The only place where chance enters, and no rule ever draws a number.

Every uncertain number has a stream of its own, keyed by its path: Philox (Salmon et al. 2011) with the key (seed, hash
of the path) and the run as counter. So a number added to a scenario shifts no other draw, run k is the same in any
chunk, and the same draws serve every setting of the parameters (common random numbers).
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from scipy.special import betaincinv, ndtr, ndtri

from sim.game import Floats, Game, Uncertain, Worlds, frozen

SMALLEST = 2.0**-53
"""Distance that a uniform keeps from 0 and 1, so that every quantile is finite."""

PER_BLOCK = 4  # numbers that one Philox counter yields
GRID = 2049  # points of a tabulated quantile function


@dataclass(frozen=True)
class Uniforms:
    """Uniform draws of runs `first` to `first + n - 1` under a seed, one stream a path; n = 0 stands for the medians."""

    seed: int
    first: int
    n: int

    def stream(self, path: str) -> Floats:
        """Draws [n] in (0, 1) of one path."""
        key = int.from_bytes(hashlib.blake2b(path.encode(), digest_size=8).digest(), "little")
        block, skip = divmod(self.first, PER_BLOCK)
        bits = np.random.Philox(
            key=np.array([self.seed, key], np.uint64), counter=np.array([block, 0, 0, 0], np.uint64)
        )
        draws = np.random.Generator(bits).random(self.n + skip)[skip:]
        return np.clip(draws, SMALLEST, 1.0 - SMALLEST)


@dataclass(frozen=True)
class Medians(Uniforms):
    """The stated world: every number at its median."""

    def stream(self, path: str) -> Floats:
        """One half, for any path."""
        return np.full(1, 0.5)


STATED = Medians(seed=0, first=0, n=1)


def quantile(number: Uncertain, u: Floats) -> Floats:
    """Values [n] of an uncertain number at uniform draws [n], within the range that the number may take."""
    return np.clip(QUANTILES[number.form](number.parameters, u), number.lowest, number.highest)


def _triangular(parameters: Sequence[float], u: Floats) -> Floats:
    low, mode, high = parameters
    split = (mode - low) / (high - low)
    rising = low + np.sqrt(u * (high - low) * (mode - low))
    falling = high - np.sqrt((1.0 - u) * (high - low) * (high - mode))
    return np.where(u < split, rising, falling)


def _uniform(parameters: Sequence[float], u: Floats) -> Floats:
    low, high = parameters
    return low + u * (high - low)


def _normal(parameters: Sequence[float], u: Floats) -> Floats:
    mean, sd, low, high = parameters
    below, above = ndtr((low - mean) / sd), ndtr((high - mean) / sd)
    return np.clip(mean + sd * ndtri(below + u * (above - below)), low, high)


def _lognormal(parameters: Sequence[float], u: Floats) -> Floats:
    median, sd = parameters
    return median * np.exp(sd * ndtri(u))


@cache
def _beta_table(mean: float, sd: float) -> tuple[Floats, Floats]:
    size = mean * (1.0 - mean) / sd**2 - 1.0
    grid = np.linspace(0.0, 1.0, GRID)
    return grid, betaincinv(mean * size, (1.0 - mean) * size, grid)


def _beta(parameters: Sequence[float], u: Floats) -> Floats:
    grid, table = _beta_table(*parameters)
    return np.interp(u, grid, table)


QUANTILES: dict[str, Callable[[Sequence[float], Floats], Floats]] = {
    "triangular": _triangular,
    "uniform": _uniform,
    "normal": _normal,
    "lognormal": _lognormal,
    "beta": _beta,
}


def draw_numbers(game: Game, uniforms: Uniforms) -> dict[str, Floats]:
    """Every stated number with the run as its first axis; the uncertain ones drawn."""
    n = max(uniforms.n, 1)
    raw = {name: np.repeat(field[None], n, axis=0) for name, field in game.numbers._asdict().items()}
    for number in game.uncertain:
        every_run: Any = (slice(None), *number.index)
        raw[number.field][every_run] = quantile(number, uniforms.stream(number.path))
    return raw


def _party_path(game: Game, p: int) -> str:
    return f"parties.{game.names.parties[p]}"


@dataclass(frozen=True)
class Preferences:
    """Weights times option values of one party in n worlds, as itself or as another reads it."""

    value: Floats  # [n, I, O]
    bonus: Floats  # [n, L], none for the linkages of others

    def of(self, game: Game, package: Sequence[int]) -> Floats:
        """Value [n] of a package."""
        x = np.array(package)
        first = len(game.rules.line_owner)
        masks = game.rules.masks[first : first + len(game.rules.link_owner)]
        matched = ((masks >> x.astype(np.uint64)) & np.uint64(1)).astype(bool).all(axis=1)
        return np.asarray(self.value[:, np.arange(len(x)), x].sum(axis=1) + self.bonus[:, matched].sum(axis=1))


def _vary(game: Game, uniforms: Uniforms, bonus: Floats, p: int, reader: str) -> Preferences:
    """Draw the preferences of party p: weights logistic-normal, option values normal, sorted back where order is stated."""
    names, stated = game.names, game.numbers
    n, path = max(uniforms.n, 1), _party_path(game, p) + reader
    weight = np.repeat(stated.weight[p][None], n, axis=0)
    value = np.repeat(stated.option_value[p][None], n, axis=0)
    for i, issue in enumerate(names.issues):
        if weight[0, i] == 0.0:
            continue
        if stated.weights_sd[p] > 0.0:
            weight[:, i] *= np.exp(stated.weights_sd[p] * ndtri(uniforms.stream(f"{path}.priorities.{issue}.weight")))
        if stated.values_sd[p] > 0.0:
            for o, option in enumerate(names.options[i]):
                z = ndtri(uniforms.stream(f"{path}.priorities.{issue}.values.{option}"))
                value[:, i, o] = np.clip(value[:, i, o] + stated.values_sd[p] * z, 0.0, 1.0)
            ascending = list(game.ascending.get((p, i), ()))
            value[:, i, ascending] = np.sort(value[:, i, ascending], axis=1)
    total = weight.sum(axis=1, keepdims=True)
    own = np.where(game.rules.link_owner == p, bonus, 0.0)
    return Preferences((weight / np.where(total > 0.0, total, 1.0))[:, :, None] * value, own)


def _mix(insight: Floats, truth: Floats, guess: Floats) -> Floats:
    share = insight.reshape(-1, *([1] * (truth.ndim - 1)))
    return share * truth + (1.0 - share) * guess


def _base(game: Game, p: int, raw: Floats, own: Preferences) -> Floats:
    """No-deal value [n] of party p at the start: its number, beside the value of the package that anchors it."""
    return own.of(game, game.anchors[p]) + raw if p in game.anchors else raw


def _guessed_base(
    game: Game, uniforms: Uniforms, p: int, q: int, guess: Preferences, raw: Floats, own: Floats
) -> Floats:
    """What p would say of q's no-deal value without insight: another draw of it, where it is uncertain at all."""
    number = next((each for each in game.uncertain if each.field == "base" and each.index == (q,)), None)
    if number is not None:
        path = f"{_party_path(game, q)}.read_by.{game.names.parties[p]}.no_deal"
        raw = quantile(number, uniforms.stream(path))
    elif q not in game.anchors:
        return own
    return _base(game, q, raw, guess)


def _readings(
    game: Game, uniforms: Uniforms, stated: dict[str, Floats], own: list[Preferences], base: Floats
) -> tuple[Floats, Floats]:
    """Estimates [n, P, P, I, O] and reading errors [n, P, P]: truth blurred towards an independent draw by 1 - insight."""
    n, parties = base.shape
    insight, bonus, raw = stated["insight"], stated["bonus"], stated["base"]
    estimate = np.empty((n, parties, parties, *own[0].value.shape[1:]))
    reading = np.zeros((n, parties, parties))
    for p in range(parties):
        for q in range(parties):
            estimate[:, p, q] = own[q].value
            if p == q or (insight[:, p] >= 1.0).all():
                continue
            guess = _vary(game, uniforms, bonus, q, f".read_by.{game.names.parties[p]}")
            guessed = _guessed_base(game, uniforms, p, q, guess, raw[:, q], base[:, q])
            estimate[:, p, q] = _mix(insight[:, p], own[q].value, guess.value)
            reading[:, p, q] = _mix(insight[:, p], base[:, q], guessed) - base[:, q]
    return estimate, reading


def _line_draws(game: Game, uniforms: Uniforms, correlation: Floats) -> Floats:
    """z [n, R] of the red lines: uniform, hanging together within a party, shared where lines are the same."""
    names, owners = game.names, game.rules.line_owner
    z = np.empty((len(correlation), len(names.lines)))
    for r, line in enumerate(names.lines):
        path = _party_path(game, int(owners[r]))
        common = ndtri(uniforms.stream(f"{path}.red_lines"))
        own = ndtri(uniforms.stream(f"{path}.red_lines.{line}"))
        z[:, r] = ndtr(np.sqrt(correlation) * common + np.sqrt(1.0 - correlation) * own)
    shared = z[:, game.same_as]
    return np.nextafter(shared, 0.0) if isinstance(uniforms, Medians) else shared


def realise(game: Game, uniforms: Uniforms) -> Worlds:
    """The worlds of some runs. Shapes as in `sim.game.Worlds`."""
    raw, names = draw_numbers(game, uniforms), game.names
    parties = range(len(names.parties))
    own = [_vary(game, uniforms, raw["bonus"], p, "") for p in parties]
    base = np.stack([_base(game, p, raw["base"][:, p], own[p]) for p in parties], axis=1)
    estimate, reading = _readings(game, uniforms, raw, own, base)
    faith = np.stack([uniforms.stream(f"{_party_path(game, p)}.good_faith.real") for p in parties], axis=1)
    turn = np.stack([uniforms.stream(f"{_party_path(game, p)}.turn") for p in parties], axis=1)
    rounds = range(game.total_rounds())
    noise = np.stack([ndtri(uniforms.stream(f"momentum.walk.{t}")) for t in rounds], axis=1)
    luck = [uniforms.stream(f"ratification.{clause}") for clause in names.ratification]
    momentum = raw["momentum"]
    stated = isinstance(uniforms, Medians)
    worlds = Worlds(
        value=np.stack([preferences.value for preferences in own], axis=1),
        estimate=estimate,
        bonus=raw["bonus"],
        base=base,
        reading=reading,
        momentum_effect=raw["momentum_effect"],
        cost=raw["cost"],
        exponent=raw["exponent"],
        deadline=raw["deadline"],
        heed=raw["heed"],
        good_faith=np.ones_like(faith, dtype=bool) if stated else faith < raw["good_faith"],
        patience=raw["patience"],
        bias=raw["bias"],
        firmness=raw["firmness"],
        yielding=raw["yielding"],
        z=_line_draws(game, uniforms, raw["correlation"][:, 0]),
        shift=raw["shift"],
        pressure=raw["pressure"],
        event_momentum=raw["event_momentum"],
        event_firmness=raw["event_firmness"],
        start=momentum[:, 0],
        drift=momentum[:, 1],
        ceasefire_drift=momentum[:, 3],
        steps=noise * momentum[:, 2:3],
        turn=turn,
        passes=raw["passes"],
        luck=np.stack(luck, axis=1) if luck else np.empty((len(base), 0)),
        holds_base=raw["holds_base"][:, 0],
        holds_adds=raw["holds_adds"],
    )
    return Worlds(*(frozen(field) for field in worlds))


def stated_world(game: Game) -> Worlds:
    """The world at the medians: firmness of 0.5 and more binds, everybody in good faith, nothing noisy."""
    return realise(game, STATED)


def influences(game: Game, uniforms: Uniforms) -> dict[str, Floats]:
    """The draw [n] behind each uncertain number that can be told apart in a result, by path; see `sim.analysis.influence`."""
    names = game.names
    paths = [number.path for number in game.uncertain]
    draws = {path: uniforms.stream(path) for path in paths}
    z = _line_draws(game, uniforms, np.repeat(game.numbers.correlation, max(uniforms.n, 1)))
    for r, line in enumerate(names.lines):
        owner = _party_path(game, int(game.rules.line_owner[r]))
        draws[f"{owner}.red_lines.{line}.real"] = 1.0 - z[:, r]
    for p, party in enumerate(names.parties):
        if game.numbers.good_faith[p] < 1.0:
            draws[f"parties.{party}.good_faith.real"] = 1.0 - uniforms.stream(f"parties.{party}.good_faith.real")
        if game.numbers.weights_sd[p] > 0.0:
            for i in np.flatnonzero(game.numbers.weight[p]):
                path = f"parties.{party}.priorities.{names.issues[i]}.weight"
                draws[path] = uniforms.stream(path)
    return draws
