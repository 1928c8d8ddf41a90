"""The draws behind uncertain numbers, one each and independent of each other, for `sim.analysis.influence`."""

import numpy as np

from sim.draws.streams import Uniforms
from sim.draws.worlds import draw_numbers, line_paths, party_path
from sim.game import AT_ROUND, Floats, Game


def influences(game: Game, uniforms: Uniforms) -> dict[str, Floats]:
    """The draw [n] behind each uncertain number that can be told apart in a result, by path; see `sim.analysis.influence`.

    A probability has beside its own draw, under `.real`, the one against it: the probability less its luck, above 0 where
    it is so. All are independent of each other; of lines that are real in the same runs the first stands for all.
    """
    uniforms = uniforms.among(game.kept)
    names, numbers = game.names, game.numbers
    uncertain = [number.path for number in game.uncertain]
    weights = [
        f"parties.{party}.priorities.{names.issues[i]}.weight"
        for p, party in enumerate(names.parties)
        if numbers.weights_sd[p] > 0.0
        for i in np.flatnonzero(numbers.weight[p])
    ]
    draws = dict(zip([*uncertain, *weights], uniforms.streams([*uncertain, *weights]), strict=True))
    return draws | _against(game, uniforms, draw_numbers(game, uniforms))


def _against(game: Game, uniforms: Uniforms, raw: dict[str, Floats]) -> dict[str, Floats]:
    """Probabilities less their luck, as far as in doubt: of good faith, confidence, threats, ratification, red lines."""
    names, numbers = game.names, game.numbers
    owners = [party_path(game, p) for p in range(len(names.parties))]
    faith = [p for p in range(len(owners)) if numbers.good_faith[p] < 1.0]
    home = [c for c in range(len(names.ratification)) if numbers.passes[c] < 1.0]
    lines = [(r, path) for r, path in enumerate(line_paths(game)) if game.same_as[r] == r]
    found = [
        (f"{owners[p]}.good_faith", raw["good_faith"][:, p], uniforms.stream(f"{owners[p]}.good_faith.real"))
        for p in faith
    ]
    found += [
        (f"{owners[p]}.confident.share", raw["confident"][:, p], uniforms.stream(f"{owners[p]}.confident.real"))
        for p in np.flatnonzero((numbers.confident > 0.0) & (numbers.confident < 1.0)).tolist()
    ]
    threats = np.flatnonzero(game.rules.lever_staked & (game.rules.lever_trigger == AT_ROUND)).tolist()
    found += [
        (f"{lever}.carried_out", raw["lever_chance"][:, v], uniforms.stream(f"{lever}.date.0"))
        for v, lever in ((v, f"levers.{names.levers[v]}") for v in threats)
    ]
    if game.rules.leave_staked:
        found += [("walk_away.carried_out", raw["leave_chance"][:, 0], uniforms.stream("walk_away.date.0"))]
    found += [
        (f"ratification.{clause}.passes", raw["passes"][:, c], uniforms.stream(f"ratification.{clause}"))
        for c, clause in ((c, names.ratification[c]) for c in home)
    ]
    found += [(path, raw["firmness"][:, r], uniforms.stream(path)) for r, path in lines]
    return {f"{path}.real": chance - luck for path, chance, luck in found}
