"""A backtest as the page that `sim backtest` prints."""

from collections.abc import Iterator, Mapping, Sequence

from sim.analysis.validation.backtest import Foretold, Judged, Shown
from sim.analysis.validation.scores import Estimate, Score
from sim.evidence import Fact
from sim.report.backtest.asked import Backtest, InSample
from sim.report.stances.asked import by_reason
from sim.report.wording.figures import counted, part
from sim.report.wording.layout import overridden, paragraph, table, wrap
from sim.scenario.older_options import OlderTerms

RIVALS_SAID = {
    "base_rate": "share of takes among the other answers",
    "coded_lines": "takes all but what a coded line of the party forbids",
    "refuses_all": "refuses all",
    "own_rate": "each party's own share of takes among the answers known by the day",
}
BRIEFLY = {
    "base_rate": "share of the others",
    "coded_lines": "all but coded lines",
    "refuses_all": "refuses all",
    "own_rate": "party's own rate",
    "lines": "model's lines alone",
    "values": "model's values alone",
}
AIM = 0.12

NOTE = (
    "The day is kept by the claims that numbers cite. Who coded the numbers may have read later articles all the same, so "
    "this is no blind test. Brier: mean of (1 - probability of what happened) squared; 0 is best. Log: mean of minus its "
    "natural logarithm; a share of 0 or 1 counts as half a world from it. Skill: 1 - Brier / Brier of the share of the "
    "others. Intervals (95 %) come from drawing answers anew. Answers about one draft hang together, so the truth is "
    "wider. `accept`, `open` and `proposes` count as taking. Share of the others: of takes among the other answers. All but "
    "coded lines: takes what falls under no coded line of the party, however firm. Party's own rate: of its answers known "
    "by the day, one of either kind added. * marks what the model holds less likely than not. Facts are all so: a model for "
    "which nothing ever happens does well on those about what did not."
)


def backtest_page(report: Backtest) -> str:
    """Everything that `sim backtest` prints."""
    lines = [_first(report)]
    for sentence in comes_to(report):
        lines += wrap(sentence, "  ", "")
    lines += overridden(report.overrides)
    lines += ["", *_fallen(report)]
    if report.judged:
        lines += ["", *_answers(report), "", *_scores(report.judged), *_reliable(report.judged)]
    if report.judged_facts:
        lines += ["", *_facts(report, report.judged_facts)]
    for why, left_out in by_reason(report.not_asked).items():
        lines += ["", *paragraph(f"Not asked: {', '.join(left_out)} ({why})")]
    if report.in_sample:
        lines += ["", *_in_sample(report.in_sample)]
    return "\n".join([*lines, "", *paragraph(NOTE)])


def _first(report: Backtest) -> str:
    asked = [counted(len(report.told), "answer"), counted(len(report.shown), "fact")]
    return (
        f"Known by {report.known_by}: {' and '.join(asked)} recorded later, {report.worlds} worlds, seed {report.seed}"
    )


def comes_to(report: Backtest) -> Iterator[str]:
    """What it comes to, in plain sentences."""
    if report.judged:
        model, rival = report.judged.model, report.judged.rivals["base_rate"]
        yield (
            f"In plain words: of {counted(model.count, 'later answer')} the model held {model.likelier} likelier than not. "
            f"Its Brier score is {_figure(model.brier)}; who knows only how often the others took scores "
            f"{rival.brier.estimate:.2f}."
        )
        yield _beaten(report.judged)
    if report.judged and report.judged_others and report.judged_others.model.count < report.judged.model.count:
        others = report.judged_others.model
        yield (
            f"Whoever proposes something hardly turns it down. Without such answers it is {others.likelier} of "
            f"{others.count}, Brier {_figure(others.brier)}."
        )
    if report.judged_facts:
        score = report.judged_facts
        yield (
            f"Of {counted(score.count, 'later fact')}, {score.likelier} {'is' if score.likelier == 1 else 'are'} shown by "
            "at least half of the runs."
        )


def _beaten(judged: Judged) -> str:
    """Which rivals and parts of the model do as well or better, and whether the aim is reached."""
    model = judged.model.brier.estimate
    as_good = [BRIEFLY[name] for name, one in (judged.parts | judged.rivals).items() if one.brier.estimate <= model]
    aim = "reached" if model <= AIM else "missed"
    told = f"As good or better: {', '.join(as_good)}." if as_good else "Neither a part of it nor a rival does as well."
    return f"{told} The aim of {AIM:.2f} or less is {aim}."


def _figure(found: Estimate) -> str:
    return f"{found.estimate:.2f} ({found.low:.2f} to {found.high:.2f})"


def _fallen(report: Backtest) -> Iterator[str]:
    yield from paragraph(f"Asked in {report.file}, {report.scenario.date}: {report.scenario.title}")
    if not report.fell_back:
        yield from wrap(f"No number of it rests on a claim written after {report.known_by}.", "  ", "")
    for one in report.fell_back:
        yield from wrap(
            f"{one.path} rests on {', '.join(one.claims)}, which is later: {one.value}, {one.how}.", "  ", ""
        )


def _answers(report: Backtest) -> Iterator[str]:
    heads = ["id", "party", "reported", "model says the same", "score"]
    rows = table(heads, [_answer(one, report) for one in report.told])
    yield from explained(rows, [one.stance.about for one in report.told])
    yield from instead({one.stance.id: report.put[one.stance.id] for one in report.told})


def _answer(one: Foretold, report: Backtest) -> list[str]:
    same = one.takes() if one.took() else 1.0 - one.takes()
    name = report.scenario.parties[one.stance.party].name
    mark = " " if same >= 0.5 else "*"
    return [f"{mark} {one.stance.id}", name, one.stance.answer, part(same, report.worlds), f"{(1.0 - same) ** 2:.2f}"]


def explained(rows: Iterator[str], said: Sequence[str]) -> Iterator[str]:
    """A table with a head of one line, and under each row what it is about."""
    yield next(rows)
    for row, about in zip(rows, said, strict=True):
        yield row
        yield from wrap(about, "      ", "")


def instead(put: Mapping[str, OlderTerms]) -> Iterator[str]:
    """What was put otherwise, by id, as the older world did not know it: each once with the ids that it concerns."""
    found: dict[str, list[str]] = {}
    for name, terms in put.items():
        for recorded, other in terms.changes.items():
            said = "left out" if other == "left out" else f"asked as {other}"
            found.setdefault(f"{recorded} was not known yet, {said}", []).append(name)
    for said, ids in found.items():
        yield from wrap(f"{said}: {', '.join(ids)}.", "  ", "")


def _scores(judged: Judged) -> Iterator[str]:
    rows = [_score("model", judged.model)]
    rows += [_score(BRIEFLY[name], one) for name, one in (judged.parts | judged.rivals).items()]
    yield from table(["who foretells", "likelier", "Brier", "log"], rows)
    if judged.skill:
        low, high = (f"{100 * end:.0f}" for end in (judged.skill.low, judged.skill.high))
        yield from wrap(f"Skill of the model: {100 * judged.skill.estimate:.0f} % ({low} to {high} %).", "", "")


def _score(who: str, score: Score) -> list[str]:
    return [who, f"{score.likelier} of {score.count}", _figure(score.brier), _figure(score.log)]


def _reliable(judged: Judged) -> Iterator[str]:
    curve = judged.reliability
    outside = curve.outside()
    where = "nowhere" if outside == 0 else f"at {outside} of {len(curve.forecast)} forecasts"
    yield from wrap(
        f"Reliability: the rising curve of what came about leaves the band of right forecasts {where}. "
        f"Of the Brier score, {curve.miscalibration:.2f} is miscalibration; {curve.discrimination:.2f} is gained by telling "
        f"answers apart; {curve.uncertainty:.2f} is the score of one rate for all.",
        "",
        "",
    )


def _facts(report: Backtest, score: Score) -> Iterator[str]:
    rows = table(["fact", "by", "runs that show it"], [_fact(one, report) for one in report.shown])
    yield from explained(rows, [one.fact.about for one in report.shown])
    yield from wrap(f"Brier {_figure(score.brier)}, log {_figure(score.log)}; even odds score 0.25 and 0.69.", "  ", "")
    yield from instead({one.fact.id: report.put[one.fact.id] for one in report.shown})


def _fact(one: Shown, report: Backtest) -> list[str]:
    mark = " " if one.probability >= 0.5 else "*"
    return [f"{mark} {one.fact.id} {fact_says(one.fact)}", one.fact.date.last, part(one.probability, report.worlds)]


def fact_says(fact: Fact) -> str:
    """A fact in few words."""
    if fact.signed is not None:
        return "signed" if fact.signed else "nothing signed"
    for verb, named in (("mediates", fact.mediates), ("in force", fact.pulled)):
        if named:
            return f"{verb}: " + ", ".join(name if so else f"not {name}" for name, so in named.items())
    text = fact.text()
    return f"{fact.kind()} by {text.by}: {', '.join(text.terms.values())}" if text else ""


def _in_sample(found: InSample) -> Iterator[str]:
    model = found.judged.model
    yield from paragraph(
        f"In sample, and no test: of {counted(model.count, 'answer')} known by the day {model.likelier} are held likelier "
        f"than not, Brier {_figure(model.brier)}. The worlds may have been coded from the same sentences."
    )
