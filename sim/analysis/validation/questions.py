"""What parties are asked of proposals, as arrays."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from sim.evidence import Inquiry, Stance
from sim.game import PUT_TO, Flags, Game, Ints, Rulebook
from sim.rules.packages import matches


class Questions(NamedTuple):
    """J proposals that parties are asked about, as arrays. Axes as in `sim.game`."""

    party: Ints  # [J] who is asked
    terms: Ints  # [J, I] option that the proposal names, -1
    own: Flags  # [J] the party proposes it: what it leaves open is as its position has it
    whole: Flags  # [J] it is a text, silent on nothing: all lines of the party count
    opens: Ints  # [J] rounds after which it lapses, so that it opens talks; 0: it does not lapse


def terms_of(game: Game, proposal: Mapping[str, str]) -> Ints:
    """The options [I] that a proposal names, -1 elsewhere; KeyError where an issue or option is unknown."""
    terms = np.full(len(game.names.issues), -1, np.int64)
    for issue, option in proposal.items():
        if issue not in game.names.issues:
            raise KeyError(f"{issue} is not on the agenda")
        i = game.names.issues.index(issue)
        if option not in game.names.options[i]:
            raise KeyError(f"{issue} has no option {option}")
        terms[i] = game.names.options[i].index(option)
    return terms


def questions_of(game: Game, stances: Sequence[Stance]) -> Questions:
    """Stances as arrays; KeyError or ValueError where one does not fit the game."""
    return questions(game, stances, own=[stance.answer == "proposes" for stance in stances])


def questions(game: Game, asked: Sequence[Inquiry], *, own: Sequence[bool], whole: bool = False) -> Questions:
    """Proposals as arrays, each `own` where the party asked is its author; errors as for `questions_of`."""
    party = np.array([game.names.parties.index(one.party) for one in asked], np.int64)
    terms = np.array([terms_of(game, one.proposal) for one in asked], np.int64)
    terms = terms.reshape(len(asked), len(game.names.issues))
    lasts = np.array([one.lasts or 0 for one in asked], np.int64)
    opens = np.where(lasts > 0, lasts, opening_rounds(game.rules, terms))
    return Questions(party, terms, np.array(own, bool), np.full(len(asked), whole), opens)


def opening_rounds(rules: Rulebook, terms: Ints) -> Ints:
    """Rounds [J] of the opening phase that plays proposals [J, I] as something that lapses; 0 where none does.

    Such a phase is to bind, comes before the last of bargaining, has all that is named on its agenda and nothing of it off
    the table, and lets some change that is named lapse.
    """
    named, found = terms >= 0, np.zeros(len(terms), np.int64)
    for h in range(int(np.flatnonzero(rules.protocol != PUT_TO)[-1])):  # before the last phase of bargaining
        lapsing = named & (rules.lasts[h] >= 0) & (terms != rules.start)
        plays = (
            (found == 0) & (not rules.provisional[h]) & ~(named & ~rules.agenda[h]).any(axis=1) & lapsing.any(axis=1)
        )
        for j in np.flatnonzero(plays):
            if not _is_off_the_table(rules, h, np.where(named[j], terms[j], rules.start)):
                found[j] = rules.rounds[h]
    return found


def _is_off_the_table(rules: Rulebook, h: int, x: Ints) -> bool:
    """Whether package x [I] can never be agreed in a phase: it needs the consent of a group that nobody is in."""
    barring = np.flatnonzero(rules.phase_groups[h] & ~rules.group_members.any(axis=1))
    first = len(rules.masks) - len(rules.group_needed)
    return any(bool(matches(rules.masks[first + k], x)) for k in barring)
