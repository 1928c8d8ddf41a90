"""Uniform draws -> worlds. Values, no-deal values and readings are put together here from the numbers as drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from sim.draws.nothing_carried import nothing_carried
from sim.draws.quantiles import quantile
from sim.draws.streams import STATED, Medians, Uniforms
from sim.game import AT_ROUND, NO_LIMIT, SLIPS, Flags, Floats, Game, Worlds, frozen


def draw_numbers(game: Game, uniforms: Uniforms) -> dict[str, Floats]:
    """Every stated number with the run as its first axis; the uncertain ones drawn."""
    uniforms = uniforms.among(game.kept)
    n = max(uniforms.n, 1)
    raw = {name: np.repeat(field[None], n, axis=0) for name, field in game.numbers._asdict().items()}
    draws = uniforms.streams([number.path for number in game.uncertain])
    for number, u in zip(game.uncertain, draws, strict=True):
        every_run: Any = (slice(None), *number.index)
        raw[number.field][every_run] = quantile(number, u)
    return raw


def party_path(game: Game, p: int) -> str:
    """The path of a party."""
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


def _vary(game: Game, uniforms: Uniforms, raw: dict[str, Floats], p: int, reader: str) -> Preferences:
    """Draw the preferences of party p as itself or as another reads it."""
    stated, orders = game.numbers, tuple(item for item in game.ascending.items() if item[0][0] == p)
    inputs = (game.names.issues, game.names.options, orders, stated.weights_sd[p], stated.values_sd[p],
              stated.weight[p].tobytes(), stated.option_value[p].tobytes())  # fmt: skip
    path = party_path(game, p) + reader
    value = uniforms.recall(
        path, inputs, lambda: _weighed(_weights(game, uniforms, p, path), drawn_values(game, uniforms, p, path))
    )
    if game.rules.belligerent[p]:
        value = _with_losses(game, value, raw["loss_aversion"][:, p])
    return Preferences(value, np.where(game.rules.link_owner == p, raw["bonus"], 0.0))


def _with_losses(game: Game, value: Floats, aversion: Floats) -> Floats:
    """What is worse than the status quo counts `aversion` [n] times as far below it (Tversky & Kahneman 1992).

    Not on issues that decide whether there is a ceasefire; nor on those without a status quo, or locked.
    """
    if (aversion <= 1.0).all():
        return value
    rules = game.rules
    counts = np.flatnonzero((rules.status_quo >= 0) & ~rules.stops_war & ~rules.locked)
    chosen = value[:, counts]
    now = np.take_along_axis(chosen, rules.status_quo[counts][None, :, None], axis=2)
    weighed = now + aversion[:, None, None] * (chosen - now)
    out = value.copy()
    out[:, counts] = np.where(chosen < now, weighed, chosen)
    return out


def _weights(game: Game, uniforms: Uniforms, p: int, path: str) -> Floats:
    """Weights [n, I] of party p before they are made to sum to 1: logistic-normal around the stated ones."""
    stated, sd = game.numbers.weight[p], game.numbers.weights_sd[p]
    weight = np.repeat(stated[None], max(uniforms.n, 1), axis=0)
    if sd > 0.0:
        cares = np.flatnonzero(stated)
        z = uniforms.normals([f"{path}.priorities.{game.names.issues[i]}.weight" for i in cares])
        weight[:, cares] *= np.exp(sd * z).T
    return weight


def drawn_values(game: Game, uniforms: Uniforms, p: int, path: str) -> Floats:
    """Option values [I, O, n] of party p: normal around the stated ones, sorted back where an order is stated."""
    stated, sd, names = game.numbers.option_value[p], game.numbers.values_sd[p], game.names
    value = np.repeat(stated[:, :, None], max(uniforms.n, 1), axis=2)
    cares = np.flatnonzero(game.numbers.weight[p]).tolist()
    if sd > 0.0:
        spots = [(i, o) for i in cares for o in range(len(names.options[i]))]
        z = uniforms.normals([f"{path}.priorities.{names.issues[i]}.values.{names.options[i][o]}" for i, o in spots])
        issues, options = np.array(spots, np.int64).reshape(-1, 2).T
        value[issues, options] = np.clip(stated[issues, options][:, None] + sd * z, 0.0, 1.0)
    for i in cares:
        _sort_rows(value[i], game.ascending.get((p, i), ()))
    return value


def _sort_rows(rows: Floats, ascending: Sequence[int]) -> None:
    """Sort each column [:, n] of a few rows, given from lowest to highest, by exchanges: faster than a sort for so few."""
    for last in range(len(ascending) - 1, 0, -1):
        for low, high in pairwise(ascending[: last + 1]):
            lower = np.minimum(rows[low], rows[high])
            np.maximum(rows[low], rows[high], out=rows[high])
            rows[low] = lower


def _weighed(weight: Floats, value: Floats) -> Floats:
    """Weights [n, I], made to sum to 1, times option values [I, O, n], with the runs first."""
    total = weight.sum(axis=1, keepdims=True)
    share = weight / np.where(total > 0.0, total, 1.0)
    return np.ascontiguousarray(np.moveaxis(share.T[:, None, :] * value, 2, 0))


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
        path = f"{party_path(game, q)}.read_by.{game.names.parties[p]}.no_deal"
        raw = quantile(number, uniforms.stream(path))
    elif q not in game.anchors:
        return own
    return _base(game, q, raw, guess)


def _readings(
    game: Game, uniforms: Uniforms, stated: dict[str, Floats], own: list[Preferences], base: Floats
) -> tuple[Floats, Floats]:
    """Estimates [n, P, P, I, O] and reading errors [n, P, P]: truth blurred towards an independent draw by 1 - insight."""
    n, parties = base.shape
    insight, raw = stated["insight"], stated["base"]
    estimate = np.empty((n, parties, parties, *own[0].value.shape[1:]))
    reading = np.zeros((n, parties, parties))
    for p in range(parties):
        for q in range(parties):
            estimate[:, p, q] = own[q].value
            if p == q or (insight[:, p] >= 1.0).all():
                continue
            guess = _vary(game, uniforms, stated, q, f".read_by.{game.names.parties[p]}")
            estimate[:, p, q] = _mix(insight[:, p], own[q].value, guess.value)
            if game.names.futures:
                continue  # what going on is worth to another is read exactly
            guessed = _guessed_base(game, uniforms, p, q, guess, raw[:, q], base[:, q])
            reading[:, p, q] = _mix(insight[:, p], base[:, q], guessed) - base[:, q]
    return estimate, reading


def _line_draws(game: Game, uniforms: Uniforms) -> Floats:
    """z [n, R] of the red lines: uniform, shared where lines are the same."""
    shared = uniforms.streams(line_paths(game)).T[:, game.same_as]
    return np.nextafter(shared, 0.0) if isinstance(uniforms, Medians) else shared


def line_paths(game: Game) -> list[str]:
    """The path [R] of each red line: its luck is drawn by it."""
    owners = [party_path(game, p) for p in game.rules.line_owner]
    return [f"{owner}.red_lines.{line}" for owner, line in zip(owners, game.names.lines, strict=True)]


def _chosen(uniforms: Uniforms, paths: Sequence[str], chance: Floats) -> Flags:
    """What comes true [n, ...] of chances [n, ...]; in the stated world what is likelier than not."""
    return np.asarray(chance > uniforms.streams(paths).T)


def dates(first: int, slips: int) -> list[int]:
    """Rounds at which a threat falls due: its date, and those to which it slips."""
    return [first + slips * k for k in range(SLIPS + 1 if slips else 1)]


def _threat(uniforms: Uniforms, path: str, chance: Floats, due: Sequence[int]) -> tuple[Floats, Floats]:
    """Round [n] in which a threat is carried out, NO_LIMIT where it lapses, and the round in which it is over."""
    comes = uniforms.streams([f"{path}.date.{k}" for k in range(len(due))]) < chance
    date = np.array(due, np.float64)[comes.argmax(axis=0)]
    real = comes.any(axis=0)
    return np.where(real, date, NO_LIMIT), np.where(real, date, float(due[-1]))


def _lever_dates(game: Game, uniforms: Uniforms, chance: Floats) -> tuple[Floats, Floats]:
    """Rounds [n, V] in which levers are pulled by schedule, and in which threats of them are over."""
    rules = game.rules
    dated = rules.lever_trigger == AT_ROUND
    pulled = np.repeat(np.where(dated, rules.lever_at, NO_LIMIT)[None].astype(np.float64), len(chance), axis=0)
    over = pulled.copy()
    for v in np.flatnonzero(dated & rules.lever_staked):
        due = dates(int(rules.lever_at[v]), int(rules.lever_slips[v]))
        pulled[:, v], over[:, v] = _threat(uniforms, f"levers.{game.names.levers[v]}", chance[:, v], due)
    return pulled, over


def _departure(game: Game, uniforms: Uniforms, chance: Floats) -> tuple[Floats, Floats]:
    """Round [n] in which the mediator leaves as announced, and in which the threat of it is over."""
    rules, n = game.rules, len(chance)
    if rules.deadline < 0:
        return np.full(n, NO_LIMIT), np.full(n, -1.0)
    if not rules.leave_staked:
        return np.full(n, float(rules.deadline)), np.full(n, float(rules.deadline))
    return _threat(uniforms, "walk_away", chance, dates(rules.deadline, rules.leave_slips))


def realise(game: Game, uniforms: Uniforms) -> Worlds:
    """The worlds of some runs, of those that are kept, as if nothing had gone before. Shapes as in `sim.game.Worlds`.

    Talks that continue others number the steps of the walk on, so that these are drawn afresh: see `sim.earlier`.
    """
    uniforms = uniforms.among(game.kept)
    raw, names = draw_numbers(game, uniforms), game.names
    parties = range(len(names.parties))
    own = [_vary(game, uniforms, raw, p, "") for p in parties]
    base = np.stack([_base(game, p, raw["base"][:, p], own[p]) for p in parties], axis=1)
    estimate, reading = _readings(game, uniforms, raw, own, base)
    owners = [party_path(game, p) for p in parties]
    faith = uniforms.streams([f"{owner}.good_faith.real" for owner in owners]).T
    turn = uniforms.streams([f"{owner}.turn" for owner in owners]).T
    rounds = range(game.rounds_before(), game.rounds_before() + game.total_rounds())
    noise = uniforms.normals([f"momentum.walk.{t}" for t in rounds]).T
    luck = uniforms.streams([f"ratification.{clause}" for clause in names.ratification]).T
    momentum = raw["momentum"]
    stated = isinstance(uniforms, Medians)
    confident = _chosen(uniforms, [f"{owner}.confident.real" for owner in owners], raw["confident"])
    lever_round, lever_lapse = _lever_dates(game, uniforms, raw["lever_chance"])
    leave_round, leave_lapse = _departure(game, uniforms, raw["leave_chance"][:, 0])
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
        opening=raw["opening"],
        reciprocity=np.where(game.rules.adversary.any(axis=1), raw["reciprocity"], 0.0),
        optimism=np.where(confident, raw["confidence"], raw["optimism"]),
        confident=confident,
        doubt=(1.0 - raw["trust"]) / raw["trust"],
        rearm=raw["rearm"],
        protection=raw["protection"],
        good_faith=np.ones_like(faith, dtype=bool) if stated else faith < raw["good_faith"],
        patience=raw["patience"],
        bias=raw["bias"],
        firmness=raw["firmness"],
        yielding=raw["yielding"],
        z=_line_draws(game, uniforms),
        shift=raw["shift"],
        tilt=raw["tilt"],
        pressure=raw["pressure"],
        lever_chance=raw["lever_chance"],
        lever_round=lever_round,
        lever_lapse=lever_lapse,
        event_momentum=raw["event_momentum"],
        event_firmness=raw["event_firmness"],
        leans=raw["leans"],
        odds=raw["odds"],
        start=momentum[:, 0],
        drift=momentum[:, 1],
        ceasefire_drift=momentum[:, 3],
        steps=noise * momentum[:, 2:3],
        turn=turn,
        passes=raw["passes"],
        luck=luck,
        sharpness=momentum[:, 4],
        hope=raw["hope"][:, 0],
        leave_chance=raw["leave_chance"][:, 0],
        leave_round=leave_round,
        leave_lapse=leave_lapse,
        **nothing_carried(len(base)),
    )
    return Worlds(*(frozen(field) for field in worlds))


def stated_world(game: Game) -> Worlds:
    """The world at the medians: firmness of 0.5 and more binds, everybody in good faith, nothing noisy."""
    return realise(game, STATED)
