"""Offers and answers in words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from sim.rules.state import ACCEPTS
from sim.scenario.names import joined
from sim.talks.transcript.entries import Answer, Change, Pass, Tabled, Turn
from sim.talks.transcript.page_lines import PageLine, TextSpan, bold, dim, line
from sim.talks.transcript.reasons import Gift
from sim.talks.transcript.repetitions import Heard
from sim.talks.transcript.vocabulary import Words


def told_turn(heard: Heard, words: Words) -> Iterator[PageLine]:
    """A turn in which something is new."""
    turn = heard.turn
    if turn.tabled is not None:
        yield from _told_offer(turn.author, turn.tabled, words)
    else:
        yield line("The text goes round:" if turn.author >= 0 else "The vote:", indent=1)
    for answer in heard.news:
        words.has_moved(turn.author, answer)
        said = words.answer(answer, heard.lines[answer.party])
        yield line(bold(words.parties[answer.party]), f": {said}", form="item", indent=2)
    if heard.old and words.is_brief:
        yield from _still_no(heard, words)
    elif heard.old:
        same = "as before" if heard.news else "same answers" if len(heard.old) > 1 else "same answer"
        yield line(f"{same}: {', '.join(words.brief(answer) for answer in heard.old)}", form="item", indent=2)
    yield from _told_decision(turn, words)


def _still_no(heard: Heard, words: Words) -> Iterator[PageLine]:
    """The refusals among answers that have not changed; where nothing else is new, of those from whom a text has moved."""
    moved = [answer for answer in heard.old if words.has_moved(heard.turn.author, answer)]
    refusals = [words.refusal(answer) for answer in (heard.old if heard.news else moved) if answer.said != ACCEPTS]
    if refusals:
        yield line(f"still no: {', '.join(refusals)}", form="item", indent=2, minor=True)


def _told_offer(author: int, tabled: Tabled, words: Words) -> Iterator[PageLine]:
    head = (bold(words.parties[author]), dim(f" ({_numbers(author, tabled, words)})"))
    if tabled.from_position is not None and (tabled.documented or tabled.from_own is None):
        yield from _told_against_position(head, tabled, words)
    elif tabled.documented or tabled.from_own is None:
        yield line(*head, ": proposal as reported" if tabled.documented else ": first offer", indent=1)
        for change in tabled.from_status_quo:
            described = words.option(change.issue, change.new, change.old)
            yield line(bold(words.issues[change.issue]), f": {described}", indent=2)
        kept = words.proposed_as_now(tabled) if tabled.documented else []
        if kept:
            yield line("Left as now: ", bold(joined(kept)), indent=2)
    elif tabled.from_own:
        yield line(*head, ": ", *_told_changes(tabled, tabled.from_own, words), indent=1)
    else:
        yield line(*head, ": last offer again", indent=1)
    if tabled.gifts:
        yield line(_told_gifts(author, tabled.gifts, words), form="item", indent=2, minor=True)


def _told_against_position(head: tuple[TextSpan, ...], tabled: Tabled, words: Words) -> Iterator[PageLine]:
    """A documented proposal with what was filled in, or a first offer against the position that it starts from."""
    assert tabled.from_position is not None
    now = {change.issue: change.old for change in tabled.from_status_quo}
    if tabled.documented:
        yield line(*head, ": proposal as reported: ", *_options(tabled, tabled.stated, now, words), indent=1)
        if tabled.filled:
            yield line("Filled in from its position: ", *_options(tabled, tabled.filled, now, words), indent=2)
        return
    if not tabled.from_position:
        yield line(*head, ": first offer, its position", indent=1)
        return
    told = _told_changes(tabled, tabled.from_position, words)
    yield line(*head, ": first offer; beside its position it ", *told, indent=1)


def _options(tabled: Tabled, issues: Sequence[int], now: Mapping[int, int], words: Words) -> Iterator[str | TextSpan]:
    for k, i in enumerate(issues):
        option = tabled.package[i]
        yield "; " if k else ""
        yield bold(words.issues[i])
        yield f" ({words.option(i, option, now.get(i, option))})"


def _told_gifts(author: int, gifts: Sequence[Gift], words: Words) -> str:
    """Whose it is to give what no text had before."""
    by: dict[tuple[int, ...], list[str]] = {}
    for gift in gifts:
        by.setdefault(gift.givers, []).append(words.issues[gift.issue])
    parts = []
    for givers, issues in sorted(by.items(), key=lambda each: each[0] != (author,)):
        names = joined([words.parties[p] for p in givers], last=" or ")
        parts.append(f"{'itself' if givers == (author,) else names} on {joined(issues)}")
    return f"Who gives: {'; '.join(parts)}"


def _numbers(author: int, tabled: Tabled, words: Words) -> str:
    worth, asked = f"{tabled.values[author]:z.2f}", f"{tabled.aspiration:z.2f}"
    parts = [worth if worth == asked else f"{worth}, asks {asked}"]
    if tabled.from_text is not None and tabled.text_by != author:
        parts.append(f"{len(tabled.from_text)} apart" if tabled.from_text else "the same as the text before")
    parts += [met for each in tabled.given if (met := words.met(each, each.to == author))]
    return "; ".join(parts)


def _told_changes(tabled: Tabled, changes: tuple[Change, ...], words: Words) -> Iterator[str | TextSpan]:
    """What an author gives and takes against its last offer, in one sentence."""
    now = {change.issue: change.old for change in tabled.from_status_quo}
    ordered = sorted(changes, key=_place)
    for k, (place, group) in enumerate(groupby(ordered, key=_place)):
        yield f"{'; ' if k else ''}{_VERBS[place[0]]} "
        for n, change in enumerate(group):
            held = now.get(change.issue, change.new)
            yield ", " if n else ""
            yield bold(words.issues[change.issue])
            yield f" ({words.option(change.issue, change.new, held)})"
        if place[1]:
            yield ", back towards its own position without a reason"
        elif place[2]:
            yield f" towards {joined([words.parties[p] for p in place[2]])}"


_VERBS = ("gives", "takes", "swaps")


def _place(change: Change) -> tuple[int, bool, tuple[int, ...]]:
    """By what is done, then towards whom."""
    verb = 0 if change.gain < 0.0 else 1 if change.gain > 0.0 else 2
    return verb, change.back, () if change.back else change.towards


def _told_decision(turn: Turn, words: Words) -> Iterator[PageLine]:
    if turn.withheld:
        name = words.parties[turn.author]
        told = f"All who are needed accept, but {name} takes the offer back (bad faith): {words.objection(turn.demand)}"
        yield line(told, form="item", indent=2)
    elif turn.declined:
        told = f"All who are needed accept, but {words.parties[turn.author]} would not sign this itself"
        yield line(f"{told}: a red line of its own, or worth less than no deal", form="item", indent=2)
    elif turn.agreed and turn.author >= 0:
        unasked = [words.parties[p] for p in turn.unasked]
        rest = f" Not needed for it: {joined(unasked)}." if unasked else ""
        yield line(bold("Agreed."), rest, form="item", indent=2)


def repeated(heard: Sequence[Heard], words: Words) -> Iterator[PageLine]:
    """Turns in which nothing is new, in a line."""
    names = [words.parties[each.turn.author] for each in heard if each.turn.tabled is not None]
    if names:
        yield line(f"{joined(names)}: last offer{'s' * (len(names) > 1)} again, same answers", indent=1, minor=True)
    answers = [answer for each in heard if each.turn.tabled is None for answer in each.turn.answers]
    if answers:
        yield round_of_answers(answers, words)


def told_passes(passed: Sequence[Pass], words: Words) -> PageLine:
    """Speakers with nothing to table."""
    names = joined([words.parties[each.party] for each in passed])
    return line(f"{names}: {words.nothing([each.party for each in passed])}", indent=1)


def round_of_answers(answers: Iterable[Answer], words: Words) -> PageLine:
    """Answers as before to a text that a shuttling mediator takes from party to party."""
    said = ", ".join(words.brief(answer) for answer in answers)
    return line(f"The text goes round; answers as before: {said}", indent=1, minor=True)
