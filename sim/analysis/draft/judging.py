"""Who takes which of many packages in which worlds, and where all whose consent a package needs take it."""

from typing import NamedTuple

import numpy as np

from sim.analysis.draft.candidates import WORD, Candidates
from sim.analysis.draft.drawn_worlds import CHUNK, DrawnWorlds
from sim.analysis.exact.robust import could_settle
from sim.analysis.feasibility.question import ROUNDING
from sim.analysis.feasibility.trajectory import Board, board
from sim.analysis.validation.stances import before_talks, open_seat
from sim.draws import STATED, Uniforms
from sim.earlier import worlds_of
from sim.game import Flags, Floats, Game, Ints, Masks, Rulebook, World, Worlds
from sim.rules.compiled import compiled, inlined
from sim.rules.formulas import TOLERANCE, reaches
from sim.rules.handles import rulebook_handle, state_handle, world_handle
from sim.rules.one_world import world_at
from sim.rules.packages import are_equal, copy, matches, package_worth
from sim.rules.state import State, fresh

SIGHTS = 8  # states of consent that are remembered


class Verdicts(NamedTuple):
    """What n worlds say of N packages; compiled code fills it."""

    takes: Ints  # [N, P] worlds in which the party takes it
    consents: Ints  # [N] worlds in which all whose consent it needs take it
    worth: Floats  # [N, P] added up over worlds
    settled: Flags  # [n] all whose consent it needs take the first of them


class Consents(NamedTuple):
    """Which coalitions could settle which packages, for some states of the table; V states, C coalitions."""

    held: Ints  # [1] states seen so far
    status_quo: Ints  # [V, I]
    present: Flags  # [V, P]
    may: Flags  # [V, N, C]


def blank_verdicts(game: Game, packages: int, worlds: int) -> Verdicts:
    """Room for what worlds say of some packages."""
    parties = len(game.names.parties)
    return Verdicts(
        np.zeros((packages, parties), np.int64), np.zeros(packages, np.int64), np.zeros((packages, parties)),
        np.zeros(worlds, bool),
    )  # fmt: skip


def blank_consents(game: Game, packages: int, at: Board) -> Consents:
    """Room for states of consent."""
    issues, parties = len(game.names.issues), len(game.names.parties)
    return Consents(
        np.zeros(1, np.int64), np.zeros((SIGHTS, issues), np.int64), np.zeros((SIGHTS, parties), bool),
        np.zeros((SIGHTS, packages, len(at.phase)), bool),
    )  # fmt: skip


@inlined
def is_present_as(known: Flags, present: Flags) -> bool:
    """Whether the same parties are at the table."""
    for p in range(present.shape[0]):
        if known[p] != present[p]:
            return False
    return True


@compiled
def consents_now(g: Rulebook, s: State, b: Board, package: Ints, seen: Consents) -> int:
    """The place in `seen` where it stands which coalitions could settle the packages now; it is worked out if need be."""
    for v in range(min(seen.held[0], seen.present.shape[0])):
        if are_equal(seen.status_quo[v], s.status_quo) and is_present_as(seen.present[v], s.present):
            return v
    v = seen.held[0] % seen.present.shape[0]
    seen.held[0] += 1
    copy(s.status_quo, seen.status_quo[v])
    copy(s.present, seen.present[v])
    for n in range(package.shape[0]):
        for c in range(b.phase.shape[0]):
            seen.may[v, n, c] = could_settle(g, s, b, c, package[n])
    return v


@inlined
def note_binding(g: Rulebook, s: State, p: int, bits: Masks) -> None:
    """Write the red lines of a party that bind, as words of bits."""
    bits[:] = 0
    for r in range(g.line_owner.shape[0]):
        if g.line_owner[r] == p and s.binding[r]:
            bits[r // WORD] |= np.uint64(1) << np.uint64(r % WORD)


@inlined
def falls_under_any(lines: Masks, binding: Masks) -> bool:
    """Whether a package falls under a line that binds."""
    for k in range(binding.shape[0]):
        if lines[k] & binding[k] != 0:
            return True
    return False


@inlined
def note_differences(g: Rulebook, s: State, p: int, draft: Ints, gain: Floats) -> None:
    """Write what every option of every issue is worth to p beside that of the draft [I * O + 1]; the last place is 0."""
    most = s.worth.shape[2]
    for i in range(g.options.shape[0]):
        for o in range(g.options[i]):
            gain[i * most + o] = s.worth[p, i, o] - s.worth[p, i, draft[i]]


@inlined
def worth_near(g: Rulebook, w: World, p: int, q: Candidates, n: int, base: float, gain: Floats) -> float:
    """Worth of package n to p from that of the draft, `base`: what the issues that it changes and its linkages differ by."""
    total = base
    for k in range(q.place.shape[1]):
        total += gain[q.place[n, k]]
    for word in range(q.links.shape[1]):
        if q.links[n, word] != q.links[0, word]:
            total += linked_beyond(g, w, p, word, q.links[n, word], q.links[0, word])
    return total


@compiled
def linked_beyond(g: Rulebook, w: World, p: int, word: int, now: np.uint64, before: np.uint64) -> float:
    """What the linkages of p in a word of bits add where others match than before."""
    total = 0.0
    for link in range(word * WORD, min((word + 1) * WORD, g.link_owner.shape[0])):
        bit = np.uint64(link % WORD)
        if g.link_owner[link] == p and ((now ^ before) >> bit) & np.uint64(1):
            total += w.bonus[link] if (now >> bit) & np.uint64(1) else -w.bonus[link]
    return total


@inlined
def meets(g: Rulebook, w: World, s: State, p: int, x: Ints, worth: float, least: float) -> bool:
    """Whether a worth meets a threshold; where rounding could matter the rules decide, from the package itself."""
    if abs(worth - (least - TOLERANCE)) <= ROUNDING:
        return reaches(package_worth(g, w, s, p, x), least)
    return reaches(worth, least)


@compiled
def judge_party(
    g: Rulebook, w: World, s: State, p: int, q: Candidates, binding: Masks, gain: Floats, takers: Masks, out: Verdicts
) -> None:
    """Add what party p says of every package in this world; `takers` [N] gets its bit where it takes one."""
    note_binding(g, s, p, binding)
    note_differences(g, s, p, q.package[0], gain)
    base, stalemate = package_worth(g, w, s, p, q.package[0]), package_worth(g, w, s, p, s.package)
    can_leave = g.future.shape[0] > 0 and g.can_cease
    is_peace = can_leave and matches(g.peace, s.package)
    for n in range(q.package.shape[0]):
        worth = worth_near(g, w, p, q, n, base, gain)
        out.worth[n, p] += worth
        if falls_under_any(q.lines[n], binding):
            continue
        least = s.fallback[p]
        if q.opens[n] > 0:
            least = before_talks(g, w, s, p, q.package[n], float(q.opens[n]))
        elif can_leave and (is_peace or not q.peace[n]):  # as in `leaves_war`
            least = stalemate
        if meets(g, w, s, p, q.package[n], worth, least):
            out.takes[n, p] += 1
            takers[n] |= np.uint64(1) << np.uint64(p)


@inlined
def finds_consent(b: Board, may: Flags, takers: np.uint64) -> bool:
    """Whether all of some coalition that could settle a package take it."""
    for c in range(may.shape[0]):
        if may[c]:
            whole = True
            for p in range(b.parties.shape[1]):
                whole = whole and (not b.parties[c, p] or (takers >> np.uint64(p)) & np.uint64(1) == 1)
            if whole:
                return True
    return False


@compiled
def judge_all(
    rules: Rulebook, worlds: Worlds, state: State, b: Board, q: Candidates, after: int, seen: Consents, out: Verdicts
) -> None:
    """Ask every party about every package in every world, once `after` rounds have passed without a deal."""
    g, s = rulebook_handle(rules), state_handle(state)
    binding, takers = np.zeros(q.lines.shape[1], np.uint64), np.zeros(q.package.shape[0], np.uint64)
    ahead, gain = q.opens.sum() > 0, np.zeros(g.options.shape[0] * state.worth.shape[2] + 1)
    for k in range(worlds.start.shape[0]):
        w = world_handle(world_at(worlds, k))
        open_seat(g, w, s, ahead, after)
        takers[:] = 0
        for p in range(g.party_order.shape[0]):
            judge_party(g, w, s, p, q, binding, gain, takers, out)
        v = consents_now(g, s, b, q.package, seen)
        for n in range(q.package.shape[0]):
            out.consents[n] += finds_consent(b, seen.may[v, n], takers[n])
        out.settled[k] = finds_consent(b, seen.may[v, 0], takers[0])


def judged(game: Game, packages: Candidates, luck: Uniforms, after: int, draw: DrawnWorlds) -> Verdicts:
    """What n worlds say of N packages once `after` rounds have passed, a few worlds at a time."""
    at, state, parts = board(game), fresh(game.rules), []
    seen = blank_consents(game, len(packages.package), at)
    for start in range(0, luck.n, CHUNK):
        n = min(CHUNK, luck.n - start)
        out = blank_verdicts(game, len(packages.package), n)
        worlds = draw(Uniforms(luck.seed, luck.first + start, n))
        judge_all(game.rules, worlds, state, at, packages, after, seen, out)
        parts.append(out)
    return Verdicts(
        np.sum([part.takes for part in parts], axis=0),
        np.sum([part.consents for part in parts], axis=0),
        np.sum([part.worth for part in parts], axis=0),
        np.concatenate([part.settled for part in parts]),
    )


def coalitions(game: Game, packages: Candidates, after: int) -> tuple[Flags, Flags]:
    """The sets of parties [C, P] who could settle a package by accepting it, and which packages [N, C], as stated."""
    at, n = board(game), len(packages.package)
    seen, out = blank_consents(game, n, at), blank_verdicts(game, n, 1)
    judge_all(game.rules, worlds_of(game, STATED), fresh(game.rules), at, packages, after, seen, out)
    return at.parties, seen.may[0]
