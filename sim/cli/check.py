"""`sim check`."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sim.api.questions.read import names_alike
from sim.cli.common import as_text, each_or_faults, fitted, say
from sim.cli.options import AsJson, Overrides, ScenarioPaths
from sim.cli.signals import tell
from sim.cli.studies import game_of
from sim.cli.warm import ready

if TYPE_CHECKING:
    from sim.analysis.validation.stances import StanceCheck
    from sim.evidence import Stance
    from sim.files.scenario.reader import Loaded
    from sim.game import Game
    from sim.scenario import Scenario

ShowStances = Annotated[bool, typer.Option("--stances", help="Table of reported answers beside the model's.")]


def check(
    scenarios: ScenarioPaths, overrides: Overrides = None, stances: ShowStances = False, as_json: AsJson = False
) -> None:
    """Say everything that is wrong with scenarios, at once, and what looks doubtful.

    Example: sim check freeze_lines --stances
    """
    from sim.files.scenario.reader import read_scenario

    ready("soundness")
    results = each_or_faults(scenarios, lambda path: inspect(path, read_scenario(path, overrides or ())))
    if as_json:
        say(as_text([_data(*result) for result in results]))
        return
    for path, loaded, checks, warnings in results:
        for warning in warnings:
            tell(f"warning: {warning}")
        say(_verdict(path, loaded, checks, len(warnings)))
        if stances:
            say(
                fitted(_table, loaded.scenario, checks)
                if checks
                else "no reported answers of its date; see `sim stances`"
            )


def inspect(path: Path, loaded: "Loaded") -> "tuple[Path, Loaded, tuple[StanceCheck, ...], list[str]]":
    """What a well-formed scenario says of stances, and what looks doubtful; BadInput where consent makes no sense."""
    game = game_of(loaded)
    checks, unusable = _stances(game, loaded)
    zones = _without_zone(path, game, loaded)
    return path, loaded, checks, [*unusable, *names_alike(loaded), *_warnings(game, loaded, checks), *zones]


def _stances(game: "Game", loaded: "Loaded") -> "tuple[tuple[StanceCheck, ...], list[str]]":
    """Stances of the scenario's date beside the model's answers, and a warning for each that does not fit the agenda."""
    from sim.analysis.validation.questions import terms_of
    from sim.analysis.validation.stances import check_stances

    usable, unusable = [], []
    for stance in _of_its_time(loaded):
        if stance.party not in game.names.parties:
            continue
        try:
            terms_of(game, stance.proposal)
            usable.append(stance)
        except KeyError as error:
            unusable.append(f"stance {stance.id} does not fit this agenda: {error.args[0]}")
    return (check_stances(game, usable) if usable else ()), unusable


def _of_its_time(loaded: "Loaded") -> "list[Stance]":
    """Stances that were reported when the scenario is dated; all of them where it has no date."""
    from sim.evidence import is_of_its_time

    scenario, evidence = loaded.scenario, loaded.evidence
    if scenario.date is None:
        return list(evidence.stances)
    days = evidence.report_days(scenario.parties)
    return [stance for stance in evidence.stances if is_of_its_time(stance.date.last, scenario.date, days)]


def _warnings(game: "Game", loaded: "Loaded", checks: "tuple[StanceCheck, ...]") -> list[str]:
    from sim.analysis.feasibility.degenerate_games import boxed_in, repeated_lines

    names = game.names
    found = []
    for item in checks:
        if not item.agrees():
            place = loaded.mark(("parties", item.stance.party))
            found.append(f"{place}: stated world against stance {item.stance.id}: {_difference(item)}")
    for p in boxed_in(game):
        place = loaded.mark(("parties", names.parties[p], "red_lines"))
        found.append(f"{place}: the red lines of {names.parties[p]} rule out every package")
    for clause, line in repeated_lines(game):
        place = loaded.mark(("ratification", clause))
        found.append(f"{place}: ratification clause {names.ratification[clause]} repeats red line {names.lines[line]}")
    return [
        *found,
        *_futures(game, loaded),
        *_unused_keys(loaded),
        *_long_labels(loaded),
        *_unused_classes(loaded),
        *_later_than_its_date(loaded),
    ]


def _futures(game: "Game", loaded: "Loaded") -> list[str]:
    """Warnings where fortunes lead a belligerent from a future to one that it likes less."""
    from sim.analysis.feasibility.degenerate_games import misplaced_futures

    momentum, names = loaded.scenario.momentum, game.names
    if momentum is None or not names.futures:
        return []
    return [
        f"{loaded.mark(('futures', high))}: {names.parties[p]} likes {names.futures[low]} "
        f"{'better' if names.parties[p] == momentum.favours else 'less'} than {names.futures[high]}, "
        "though fortunes that favour it lead the other way"
        for p, low, high in misplaced_futures(game, names.parties.index(momentum.favours))
    ]


def _unused_keys(loaded: "Loaded") -> list[str]:
    """Warnings of keys that do nothing; what stands at the top of a file that the scenario uses may serve another."""
    from sim.scenario.checks.unused_keys import unused_keys
    from sim.scenario.mechanisms import as_played

    found = [(loaded.mark(each.path), each) for each in unused_keys(as_played(loaded.scenario))]
    own = loaded.root.mark.file
    return [
        f"{place}: {loaded.dotted(each.path)}: {each.message}"
        for place, each in found
        if len(each.path) > 1 or place.file == own
    ]


def _long_labels(loaded: "Loaded") -> list[str]:
    from sim.scenario.agenda import ROOM

    labels = {
        ("issues", name, "options", option, "label"): len(body.label or "")
        for name, issue in loaded.scenario.issues.items()
        for option, body in issue.options.items()
    }
    return [
        f"{loaded.mark(place)}: {loaded.dotted(place)}: has {letters} letters; tables and pictures have room for {ROOM}"
        for place, letters in labels.items()
        if letters > ROOM
    ]


def _unused_classes(loaded: "Loaded") -> list[str]:
    """Warnings of classes in the scenario's own file that no number names; those of a file that it uses may serve another."""
    from sim.scenario.classes import CLASSES
    from sim.scenario.provenance import by_class, numbers

    named = by_class(numbers(loaded.scenario), loaded.scenario.classes)
    places = {name: loaded.mark((CLASSES, name), on_key=True) for name, by in named.items() if not by}
    own = loaded.root.mark.file
    return [
        f"{place}: {CLASSES}.{name}: no number names this class" for name, place in places.items() if place.file == own
    ]


def _without_zone(path: Path, game: "Game", loaded: "Loaded") -> list[str]:
    """Warnings that no deal is possible as stated, or in the first phase alone, with the command that says what opens one."""
    from sim.analysis.feasibility.degenerate_games import without_zone

    sets = [f"--set {shlex.quote(f'{one}={value}')}" for one, value in loaded.overridden.items()]
    command = " ".join(["sim zopa", shlex.quote(str(path)), *sets])
    found = []
    for phase in without_zone(game):
        place = loaded.mark(("phases",) if phase is None else ("phases", phase))
        where = "" if phase is None else f" for phase {game.names.phases[phase]} alone"
        what = "no package" if phase is None else "nothing that it may settle"
        world = "in the stated world (every number at its middle)"
        said = f"no zone of agreement{where} {world}: {what} finds the consent it needs"
        found.append(f"{place}: {said}; see what would open one: {command}")
    return found


def _later_than_its_date(loaded: "Loaded") -> list[str]:
    """Warnings of claims that numbers rest on although they were written after the scenario's date."""
    from sim.scenario.late_claims import late_uses

    return [
        f"{loaded.mark(use.place)}: {loaded.dotted(use.place)}: {use}, "
        f"later than the scenario's date {loaded.scenario.known_by or loaded.scenario.date}"
        for use in late_uses(loaded.scenario, loaded.evidence, loaded.overridden)
    ]


def _difference(item: "StanceCheck") -> str:
    stance = item.stance
    answer = "takes" if item.takes else "refuses"
    because = f"breaks {', '.join(item.broken)}" if item.broken else f"{item.margin:+.2f} against {_other(item)}"
    return f"{stance.party} is reported to {stance.answer} '{stance.about}', the model {answer} it ({because})"


def _other(item: "StanceCheck") -> str:
    """What the proposal is held against."""
    if item.opens:
        return "what holds now, with what the talks that follow may bring"
    return "what holds now" if item.stalled else "its no-deal value"


def _verdict(path: Path, loaded: "Loaded", checks: "tuple[StanceCheck, ...]", warnings: int) -> str:
    found = _numbers(loaded)
    others = "".join(f", {count} {kind}" for kind, count in found.items() if count and kind != "cited")
    cited = f"{found['cited']} of {sum(found.values())} numbers cited{others}"
    agree = sum(item.agrees() for item in checks)
    whose = "stances of its date" if loaded.scenario.date else "stances"
    stances = f", {agree} of {len(checks)} {whose} as reported" if checks else ""
    said = "1 warning" if warnings == 1 else f"{warnings} warnings" if warnings else "no warnings"
    return f"{path}: well-formed, {said}; {cited}{stances}{_goes_on(loaded)}"


def _goes_on(loaded: "Loaded") -> str:
    """Which talks it goes on from, after how many of their rounds, and by which facts runs of them are kept."""
    from sim.scenario.continuing import earlier_scenario, rounds_over
    from sim.scenario.round_words import plural
    from sim.study.kept_runs import facts_of

    earlier = earlier_scenario(loaded.scenario)
    if earlier is None:
        return ""
    rounds, facts = rounds_over(loaded.scenario), [fact.id for fact, _ in facts_of(loaded.scenario, loaded.evidence)]
    noun = earlier.round if rounds == 1 else plural(earlier.round)
    kept = f"kept by facts {', '.join(facts)}" if facts else "no fact of the record says which runs count"
    return f"; goes on from \u201c{earlier.title}\u201d after {rounds} {noun}, {kept}"


def _numbers(loaded: "Loaded") -> dict[str, int]:
    from sim.scenario.provenance import counts, numbers

    return counts(numbers(loaded.scenario, loaded.overridden))


def _table(scenario: "Scenario", checks: "tuple[StanceCheck, ...]") -> str:
    from sim.report.wording.layout import table, wrap

    rows = [_answers(scenario, item) for item in checks]
    heads, *lines = table(("stance", "party", "reported", "model", "margin", ""), rows)
    told = [heads, "    date: red lines broken; proposal"]
    for line, item in zip(lines, checks, strict=True):
        told += [line, *wrap(_detail(scenario, item), "    ")]
    return "\n".join(told)


def _answers(scenario: "Scenario", item: "StanceCheck") -> tuple[str, ...]:
    stance, model = item.stance, "takes" if item.takes else "refuses"
    party, mark = scenario.parties[stance.party].name, "" if item.agrees() else "<- differs"
    return stance.id, party, stance.answer, model, f"{item.margin:+.2f}", mark


def _detail(scenario: "Scenario", item: "StanceCheck") -> str:
    terms = ((scenario.issues[issue], option) for issue, option in item.stance.proposal.items())
    proposal = ", ".join(f"{issue.title}: {issue.label(option)}" for issue, option in terms)
    lines = {line.id: line.says for line in scenario.parties[item.stance.party].red_lines}
    broken = f"{', '.join(f'“{lines[line]}”' for line in item.broken)}; " if item.broken else ""
    return f"{item.stance.date}: {broken}{proposal}"


def _data(path: Path, loaded: "Loaded", checks: "tuple[StanceCheck, ...]", warnings: list[str]) -> dict[str, Any]:
    rows = [
        {
            "id": item.stance.id,
            "party": item.stance.party,
            "date": str(item.stance.date),
            "proposal": item.stance.proposal,
            "answer": item.stance.answer,
            "model_takes": item.takes,
            "agrees": item.agrees(),
            "margin": item.margin,
            "held_against": "opening" if item.opens else "stalemate" if item.stalled else "no_deal",
            "broken": list(item.broken),
        }
        for item in checks
    ]
    return {
        "scenario": str(path),
        "title": loaded.scenario.title,
        "numbers": _numbers(loaded),
        "warnings": warnings,
        "stances": rows,
    }
