"""Joint patterns, those over several issues: which of them match, and which a change of one issue makes match or cease to.

They are followed as bits, `PER_WORD` to a word: `missed` by one issue at least, and `far`: missed by two or more. A change
of issue i alone can turn only what is matched now, or missed by i and nothing else: `open_joint`.
"""

from sim.game import Floats, Ints, Rulebook
from sim.rules.compiled import compiled, inlined
from sim.rules.search.numbering import number
from sim.rules.state import PER_WORD, State

OTHERS, OWN, SEVERAL = 1, 2, 4
"""What a change turns: what counts for others, what counts for the searcher, several that change its surplus."""


@compiled
def note_joint_patterns(g: Rulebook, s: State) -> None:
    """Write down which joint patterns name an issue, and which of those its options match."""
    for word in range(s.named.shape[0]):
        for d in range(s.named.shape[1]):
            s.named[word, d] = 0
        for n in range(s.hits.shape[1]):
            s.hits[word, n] = 0
    for j in range(g.joint.shape[0]):
        k, word, bit = g.joint[j], j // PER_WORD, 1 << (j % PER_WORD)
        for i in range(g.options.shape[0]):
            if g.names[k, i]:
                s.named[word, s.place_of[i]] |= bit
                for o in range(g.options[i]):
                    if (s.patterns[k, i] >> o) & 1:
                        s.hits[word, number(s, i, o)] |= bit


@inlined
def pattern_owner(g: Rulebook, k: int) -> int:
    """Party whose red line or linkage pattern k is."""
    lines = g.line_owner.shape[0]
    return g.line_owner[k] if k < lines else g.link_owner[k - lines]


@inlined
def note_what_counts(g: Rulebook, s: State, p: int) -> None:
    """Which joint patterns, when they match, change others' surplus or need, and p's own surplus or what it refuses."""
    first = g.masks.shape[0] - g.group_needed.shape[0]
    for word in range(s.missed.shape[0]):
        s.counting_others[p, word], s.counting_own[p, word] = 0, 0
    for j in range(g.joint.shape[0]):
        k, word, bit = g.joint[j], j // PER_WORD, 1 << (j % PER_WORD)
        if k < first:
            mine, others = pattern_owner(g, k) == p, s.amount[p, k] != 0.0 and pattern_owner(g, k) != p
        else:
            mine, others = False, g.phase_groups[s.phase[0], k - first] and g.group_whole[k - first]
        if others:
            s.counting_others[p, word] |= bit
        if s.forbids[p, k] > 0 or (mine and s.amount[p, k] != 0.0):
            s.counting_own[p, word] |= bit


@inlined
def counting(s: State, p: int, word: int) -> int:
    """Joint patterns whose match changes anything for the searcher p."""
    return s.counting_others[p, word] | s.counting_own[p, word]


@inlined
def follow_joint_patterns(g: Rulebook, s: State, p: int) -> None:
    """Find for s.x which patterns are `missed`, and what a change of one issue turns."""
    at = s.at
    forget_turns(s)
    for word in range(s.missed.shape[0]):
        named, hits, turnable, counts = s.named[word], s.hits[word], s.turnable[word], counting(s, p, word)
        missed, far = 0, 0
        for d in range(at.shape[0]):
            misses = named[d] & ~hits[at[d]]
            far |= missed & misses
            missed |= misses
        s.missed[word] = missed
        for d in range(at.shape[0]):
            bits = named[d] & counts & ~(missed & (far | hits[at[d]]))
            turnable[d] = bits
            if bits != 0:
                note_turns(g, s, p, d, word, bits)


@inlined
def forget_turns(s: State) -> None:
    """Start again: no option turns anything."""
    for d in range(s.turns.shape[0]):
        if s.turns[d] != 0:
            s.turns[d] = 0
            for n in range(s.first[d], s.first[d + 1]):
                s.turning[n], s.shift[n], s.more_refused[n] = 0, 0.0, 0


@compiled
def note_turns(g: Rulebook, s: State, p: int, d: int, word: int, turnable: int) -> None:
    """What each option of issue d would turn, and what that does to p's surplus and to what it refuses."""
    hits, turning, own, others = s.hits[word], s.turning, s.counting_own[p, word], s.counting_others[p, word]
    now, most = hits[s.at[d]], s.turns[d]
    for n in range(s.first[d], s.first[d + 1]):
        bits = turnable & (hits[n] ^ now)
        if bits != 0:
            turning[n] |= OTHERS if bits & others else 0
            bits, j = bits & own, word * PER_WORD
            while bits != 0:
                if bits & 1:
                    sign, k = 1 if has(s.missed[word], j) else -1, g.joint[j]
                    turning[n] |= OWN
                    if s.amount[p, k] != 0.0 and s.shift[n] != 0.0:
                        turning[n] |= SEVERAL
                    s.shift[n] += sign * s.amount[p, k]
                    s.more_refused[n] += sign * s.forbids[p, k]
                bits, j = bits >> 1, j + 1
            most |= turning[n]
    s.turns[d] = most


@inlined
def turned(s: State, d: int, n: int, word: int) -> int:
    """Joint patterns that begin or cease to match with issue d at option n, of those that change anything."""
    return s.turnable[word, d] & (s.hits[word, n] ^ s.hits[word, s.at[d]])


@inlined
def has(bits: int, j: int) -> bool:
    """Whether joint pattern j is one of the bits of its word."""
    return (bits >> (j % PER_WORD)) & 1 == 1


@compiled
def turn(g: Rulebook, s: State, p: int, d: int, n: int, surplus: Floats, need: Ints) -> int:
    """Issue d goes to option n: turn what begins and what ceases to match; returns the change in what p refuses."""
    refused = 0
    for word in range(s.missed.shape[0]):
        bits, j = turned(s, d, n, word), word * PER_WORD
        while bits != 0:
            if bits & 1:
                refused += flip(g, s, p, g.joint[j], 1 if has(s.missed[word], j) else -1, surplus, need)
            bits, j = bits >> 1, j + 1
    return refused


@inlined
def flip(g: Rulebook, s: State, p: int, k: int, sign: int, surplus: Floats, need: Ints) -> int:
    """A joint pattern begins (1) or ceases (-1) to match: change surplus or need; return the change in what p refuses."""
    first = g.masks.shape[0] - g.group_needed.shape[0]
    if k < first:
        surplus[pattern_owner(g, k)] += sign * s.amount[p, k]
    elif g.phase_groups[s.phase[0], k - first] and g.group_whole[k - first]:
        for q in range(need.shape[0]):
            need[q] += sign * g.group_members[k - first, q]
    return sign * s.forbids[p, k]
