"""Reported answers beside the model's: the page that `sim stances` prints."""

import textwrap
from collections.abc import Iterable, Iterator

from sim.analysis.shares.likelihood import Share
from sim.analysis.validation.answer_probabilities import Reply
from sim.analysis.validation.brier import Verdict, judge
from sim.report.stances.apart import controls_part, own_part
from sim.report.stances.asked import AskedStances, StanceReport, by_reason
from sim.report.stances.why import why_missed
from sim.report.wording.figures import interval, part, percent
from sim.report.wording.layout import USUAL, page_width, paragraph, wrap
from sim.scenario import Scenario

SAME = "model says the same"
PARTS = {"lines": "red lines alone", "values": "values alone"}
APART = 0.005  # scores that differ by less are alike
ID, ANSWER, SHARE, SCORE, TOTAL = 12, 8, 25, 5, 30  # widest id; widths of columns; widest name of a total
PART = 6  # columns of what a part of the model says alone
FIGURES = 54  # columns of the totals

NOTE = (
    "Score: (1 - probability of the reported answer) squared; 0 is best. Brier score: their mean. Base rate: the score "
    "of always giving the share of takes in the same list, known only with hindsight, so a demanding comparison. "
    "Skill: 1 - Brier / base rate. `accept`, `open` and `proposes` count as taking; `open` is the softest. Intervals "
    "are sampling error only. * marks what the model calls less likely than not. Red lines alone take whatever breaks no "
    "line that binds; values alone take whatever is worth enough, whatever lines say. A proposal that ends the conflict is "
    "held against no deal; one that does not, or only for a time, against what holds now. One that is known to lapse opens "
    "talks: what a pause forgoes makes it dearer, what the talks may bring makes it cheaper."
)


def _fitted(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _wrap(text: str, indent: int) -> list[str]:
    """Lines of a text."""
    return wrap(text, " " * indent, "")


def _share() -> int:
    """Width of the column of shares: on a narrow page as wide as its head."""
    return SHARE if page_width() >= USUAL else len(SAME)


def _room(ids: int) -> int:
    """Width that the other columns leave for the name of the party."""
    return page_width() - len("* ") - sum(width + 1 for width in (ids, ANSWER, _share(), SCORE)) - len(_parts(PARTS))


def _parts(cells: Iterable[str]) -> str:
    """What parts of the model say alone; a narrow page has no room for it."""
    return "".join(f" {cell:>{PART}}" for cell in cells) if page_width() >= USUAL else ""


def _briefly(share: Share) -> str:
    """A share in a narrow column; of few, as a count."""
    return f"{share.hits}/{share.n}" if share.is_few() else f"{100.0 * share.estimate:.0f} %"


def _row(reply: Reply, scenario: Scenario, ids: int) -> Iterator[str]:
    stance, share = reply.stance, reply.probability()
    room = _room(ids)
    name, *others = textwrap.wrap(scenario.parties[stance.party].name, room)
    yield (
        f"{' ' if reply.is_hit() else '*'} {_fitted(stance.id, ids):<{ids}} {name:<{room}} {stance.answer:<{ANSWER}} "
        f"{f'{percent(share)} ({interval(share)})':>{_share()}} {reply.score():>{SCORE}.2f}"
        f"{_parts(_briefly(reply.probability(rule)) for rule in PARTS)}"
    )
    yield from (f"{'':<{ids + 3}}{rest}" for rest in others)
    yield from _wrap(stance.about, ids + 3)
    if not reply.is_hit():
        yield from _wrap(f"{why_missed(scenario, reply)}.", ids + 5)


def _heading(group: AskedStances, ids: int) -> Iterator[str]:
    dated = f", {group.scenario.date}" if group.scenario.date else ""
    yield from paragraph(f"Asked in {group.file}{dated}: {group.scenario.title}")
    room = _room(ids)
    yield f"  {'id':<{ids}} {'party':<{room}} {'reported':<{ANSWER}} {SAME:>{_share()}} {'score':>{SCORE}}{_parts(PARTS)}"


def _total(label: str, verdict: Verdict) -> str:
    skill = verdict.skill()
    said = "-" if skill is None else f"{100 * skill:.0f} %"
    hits = f"{verdict.hits} of {verdict.stances}"
    taken = part(verdict.base_rate, verdict.stances)
    room = _total_room()
    return (
        f"  {_fitted(label, room):<{room}} {hits:>11} {verdict.brier:>7.2f} {verdict.base:>11.2f} {taken:>10} {said:>8}"
    )


def _total_room() -> int:
    return min(TOTAL, page_width() - FIGURES)


def _totals(report: StanceReport) -> Iterator[str]:
    yield f"{'Totals':<{_total_room() + 2}} {'as reported':>11} {'Brier':>7} {'base rate':>11} {'takes':>10} {'skill':>8}"
    if len(report.groups()) > 1:
        for group in report.groups():
            yield _total(group.scenario.date or group.file, judge(group.replies))
    yield _total("all", report.verdict())
    for rule, said in PARTS.items():
        yield _total(f"all, {said}", report.verdict(rule))
    yield from wrap(comes_to(report), "", "")


def comes_to(report: StanceReport) -> str:
    """What the parts of the model say beside the whole, in a sentence."""
    model = report.verdict().brier
    as_good = [rule for rule in PARTS if report.verdict(rule).brier < model + APART]
    if not as_good:
        return "It takes both: the model scores better than its red lines alone and than its values alone."
    if len(as_good) == len(PARTS):
        return "On these answers neither part needs the other: each alone scores as well as the model or better."
    other = {"lines": "what terms are worth adds", "values": "red lines add"}[as_good[0]]
    return f"On these answers {PARTS[as_good[0]]} score as well as the model or better: {other} nothing."


def plain_words(report: StanceReport) -> list[str]:
    """What it comes to."""
    verdict = report.verdict()
    return [f"The model's parties mostly answer as reported in {verdict.hits} of {verdict.stances}."]


def _plainly(report: StanceReport) -> str:
    """What it comes to, and what the words of the table mean."""
    said = " ".join(plain_words(report))
    return (
        f"In plain words: {said[0].lower()}{said[1:]} "
        "(A world: every uncertain number drawn once. The words of the table are explained at its end.)"
    )


def stances_page(report: StanceReport) -> str:
    """Everything that `sim stances` prints."""
    asked = report.replies()
    ids = min(ID, max(len(reply.stance.id) for reply in asked))
    said = "1 reported answer" if len(asked) == 1 else f"{len(asked)} reported answers"
    lines = [f"{said}, asked in {report.worlds} worlds, seed {report.seed}"]
    lines += _wrap(_plainly(report), 2)
    for path, value in report.overrides.items():
        lines += _wrap(f"with {path} = {value}", 2)
    for group in report.groups():
        lines += ["", *_heading(group, ids)]
        for reply in group.replies:
            lines += _row(reply, group.scenario, ids)
    for why, left_out in by_reason(report.not_asked).items():
        lines += ["", *_wrap(f"Not asked: {', '.join(left_out)} ({why})", 0)]
    lines += ["", *_totals(report), "", *paragraph(NOTE), *own_part(report), *controls_part(report)]
    return "\n".join(lines)
