"""A transcript as a page that somebody who knows the subject can argue with."""

from collections.abc import Iterator

from sim.scenario import Scenario
from sim.scenario.continuing import earlier_scenario, rounds_over
from sim.scenario.names import joined
from sim.scenario.round_words import plural
from sim.talks.transcript.endings import told_ending
from sim.talks.transcript.entries import IncidentKind, Pass, Transcript
from sim.talks.transcript.happenings import told, told_hopes, told_no_deals
from sim.talks.transcript.openings import told_outlooks, told_positions, told_types
from sim.talks.transcript.page_lines import PageLine, line, plain_page, without_minor
from sim.talks.transcript.repetitions import Heard, Stretch, folded, in_order
from sim.talks.transcript.turns import repeated, round_of_answers, told_passes, told_turn
from sim.talks.transcript.vocabulary import Words

LONG = 200
"""Lines of a page that are shown as they are; of a longer one a short view."""

READING = (
    "In brackets after an offer stand, on a scale where 0 is the worst and 1 the best, what it is worth to its author and, "
    "where that differs, the least that the author asks now; then on how many issues it is apart from the text before it. "
    "“gives”, “takes” and “swaps” (what is neither to it) compare it with the author's own last offer. "
    "After an answer, “short” and “to spare” say by how much the text misses, or passes, what that party asks."
)
READING_OUTLOOKS = " “0.64 against 0.55”: what the text is worth to a party, and what that falls back on."
READING_BRIEF = (
    "In brackets after an offer: what it is worth to its author from 0 to 1, the least that the author asks where that "
    "differs, and on how many issues it is apart from the text before it. “gives”, “takes” and “swaps” compare it with the "
    "author's last offer; “towards” names those to whose position that comes nearer; “30% met”: an adversary's best offer "
    "has come so far from its position to what the author asked first. “0.64 against 0.55”: what a text is worth to a "
    "party, and what that falls back on; “short” and “to spare” are against what it asks. What only repeats itself is "
    "left out."
)


def lines(transcript: Transcript, scenario: Scenario) -> list[PageLine]:
    """The whole page, not wrapped."""
    words = Words(scenario, brief=transcript.has_positions)
    return [*_opening(transcript, words), *_rounds(transcript, words), *told_ending(transcript, words)]


def short(page: list[PageLine], width: int = 80) -> list[PageLine]:
    """A page that is long on paper without what matters least: who gives what, refusals as before, weeks without news."""
    if plain_page(page, width).count("\n") <= LONG:
        return page
    left = without_minor(page)
    note = line(f"Short view: {len(page) - len(left)} of {len(page)} entries are left out. The whole: --whole.")
    return [*left[:2], note, *left[2:]]


def to_text(transcript: Transcript, scenario: Scenario, width: int = 80) -> str:
    """The whole page as plain text."""
    return plain_page(lines(transcript, scenario), width)


def _opening(transcript: Transcript, words: Words) -> Iterator[PageLine]:
    yield line(words.scenario.title, form="title")
    run = "One negotiation" if transcript.run is None else f"Run {transcript.run}: one negotiation"
    yield line(f"{run} out of many. It is what the rules make of one draw of the uncertain numbers, not a forecast.")
    reading = READING + (READING_OUTLOOKS if transcript.rounds[0].outlook else "")
    yield line(READING_BRIEF if words.is_brief else reading)
    yield from _before(words.scenario)
    yield line("What nobody at the table knows", form="head")
    yield from _secrets(transcript, words)
    yield from told_positions(transcript, words)
    yield from told_outlooks(transcript, words)


def _before(scenario: Scenario) -> Iterator[PageLine]:
    """Which talks these go on from, if any."""
    earlier = earlier_scenario(scenario)
    if earlier is not None:
        rounds = rounds_over(scenario)
        nouns = scenario.round if rounds == 1 else plural(scenario.round)
        yield line(f"These talks go on from \u201c{earlier.title}\u201d, after {rounds} {nouns} of it.")


def _secrets(transcript: Transcript, words: Words) -> Iterator[PageLine]:
    bad = [words.full_names[p] for p, good in enumerate(transcript.good_faith) if not good]
    if bad:
        faith = f"Bargaining in bad faith, ready for offers but for no deal: {joined(bad)}."
    else:
        faith = "Everybody means to agree if the terms are right."
    yield line(faith, form="item", indent=1)
    yield from told_types(transcript, words)
    for name in dict.fromkeys(words.owners[r] for r in transcript.posture):
        posture = "; ".join(words.line(r) for r in transcript.posture if words.owners[r] == name)
        yield line(f"{name}, only posture this time: {posture}.", form="item", indent=1)


def _rounds(transcript: Transcript, words: Words) -> Iterator[PageLine]:
    for stretch in folded(transcript):
        if stretch.is_quiet:
            yield from _quiet(stretch, words)
        else:
            yield from _eventful(stretch, words)


def _quiet(stretch: Stretch, words: Words) -> Iterator[PageLine]:
    yield line(words.when(stretch.rounds[0].number, stretch.rounds[-1].number), form="head")
    if stretch.form == "answers":
        yield round_of_answers([a for each in stretch.rounds for turn in each.turns for a in turn.answers], words)
        return
    last = stretch.rounds[-1]
    yield _nothing_new(stretch, words)
    yield line(f"They ask: {words.levels(last.aspiration, last.present)}.", indent=1, minor=True)


def _nothing_new(stretch: Stretch, words: Words) -> PageLine:
    if stretch.form == "silence":
        return line("Nobody has anything to table.", indent=1, minor=True)
    same = "" if words.is_brief else ": the same offers and the same answers"
    return line(f"Nobody moves{same}.", indent=1, minor=True)


def _eventful(stretch: Stretch, words: Words) -> Iterator[PageLine]:
    yield line(words.when(stretch.rounds[0].number), form="head")
    yield from list(_happened(stretch, words)) or [_nothing_new(stretch, words)]


def _happened(stretch: Stretch, words: Words) -> Iterator[PageLine]:
    played = stretch.rounds[0]
    for incident in played.before:
        yield from told(incident, words)
    yield from told_hopes([each for each in played.before if each.kind == IncidentKind.HOPE], words)
    yield from told_no_deals([each for each in played.before if each.kind == IncidentKind.NO_DEAL], words)
    for group in in_order(stretch.heard, played.passed):
        yield from _said(group, words)
    for incident in played.after:
        yield from told(incident, words)


def _said(group: list[Heard | Pass], words: Words) -> Iterator[PageLine]:
    passed = [each for each in group if isinstance(each, Pass)]
    heard = [each for each in group if isinstance(each, Heard)]
    if passed:
        yield told_passes(passed, words)
    elif heard[0].is_repeat and words.is_brief and heard[0].turn.tabled is not None:
        return
    elif heard[0].is_repeat:
        yield from repeated(heard, words)
    else:
        yield from told_turn(heard[0], words)
