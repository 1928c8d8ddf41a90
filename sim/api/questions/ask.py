"""Who would sign a draft, why not, and the least change that would turn every no."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from sim.api.questions.front import Front
from sim.api.questions.play import USUAL_SEED, check_days, game_of, play_through, with_draws
from sim.api.questions.read import on_posterior, read

if TYPE_CHECKING:
    from sim.files.scenario.drafts import Terms
    from sim.files.scenario.reader import Loaded
    from sim.records import Outcomes
    from sim.report.ask.report import Again, AskReport, Talks
    from sim.study import Plan


USUAL_RUNS = 2000


@dataclass(frozen=True)
class DraftAsked:
    """What is asked about a draft, each as the command line takes it."""

    words: Sequence[str] = ()  # issue=option
    draft: str | None = None
    against: str | None = None
    fill: str | None = None
    party: str | None = None
    by: date | None = None
    worlds: int = 1000
    changes: int = 3
    play: bool = False
    tabled_by: str | None = None
    runs: int | None = None  # 2,000; only where talks are played


def answered(
    loaded: "Loaded", path: Path, asked: DraftAsked, seed: int, posterior: Path | None, front: Front
) -> "AskReport":
    """The answers to a draft, and to another beside it, with talks that begin with it where they are to be played.

    Raises:
        BadInput: a party, a day, a draft or a term that these talks do not know, or somebody could agree with itself alone.
    """
    from sim.files.errors import bad_option

    for option, name in (("--fill", asked.fill), ("--party", asked.party), ("--tabled-by", asked.tabled_by)):
        _refuse_strangers(loaded, option, name)
    for option, given in (("--tabled-by", asked.tabled_by), ("--runs", asked.runs)):
        if given is not None and not asked.play:
            raise bad_option(option, "goes with --play")
    check_days(loaded.scenario, [asked.by] if asked.by else None)
    loaded, seed_, worlds = with_draws(loaded, seed, asked.worlds, front, sets=2)  # amendments are judged in the others
    front.ready("soundness", "stances", "draft")
    draft = asked.draft or ("proposal" if loaded.scenario.proposal and not asked.words else None)
    terms, game = _asked(loaded, draft, asked), game_of(loaded)
    from sim.report.ask.asking import Question, ask_about

    question = Question(loaded, str(path), game, worlds, seed_, asked.fill, asked.by, asked.party, asked.changes)
    options = _options(loaded, asked, seed, posterior)
    report = ask_about(question, terms[0], _again(draft, asked.words, options))
    if asked.against:
        report = replace(report, against=ask_about(question, terms[1], _again(asked.against, (), options)))
    return replace(report, talks=_talks(loaded, path, report, asked, seed_, posterior, front)) if asked.play else report


def _refuse_strangers(loaded: "Loaded", option: str, party: str | None) -> None:
    from sim.files.errors import bad_option
    from sim.scenario.problems import unknown

    parties = loaded.scenario.parties
    if party is not None and party not in parties:
        raise bad_option(option, unknown("party", party, parties))
    if option != "--tabled-by" and party is not None and parties[party].is_neutral():
        raise bad_option(option, f"{party} is a neutral mediator, which wants nothing and has put nothing forward")


def _asked(loaded: "Loaded", draft: str | None, asked: DraftAsked) -> "list[Terms]":
    """The draft that is asked about, and the one beside it."""
    from sim.files.errors import bad_option
    from sim.files.scenario.drafts import Terms, terms_named, terms_of_words

    said = terms_of_words(loaded.scenario, asked.words)
    if draft is None and not said:
        missing = "no draft: give terms as ISSUE=OPTION, or --draft FILE (the scenario has no proposal of its own)"
        raise bad_option("", missing)
    named = terms_named(loaded, "--draft", draft) if draft is not None else Terms("terms as given", {})
    changed = f"{named.title}, changed" if draft is not None and said else named.title
    beside = [terms_named(loaded, "--against", asked.against)] if asked.against else []
    return [Terms(changed, {**named.terms, **said}), *beside]


def _options(loaded: "Loaded", asked: DraftAsked, seed: int, posterior: Path | None) -> tuple[str, ...]:
    """What else than the draft changes answers, as it is typed."""
    options = [f"--fill={asked.fill}"] if asked.fill else []
    options += [f"--by={asked.by.isoformat()}"] if asked.by else []
    options += [f"--set={one}" for one in _set(loaded)]
    options += [f"--posterior={posterior}"] if posterior else []
    options += [f"--seed={seed}"] if seed != USUAL_SEED else []
    return tuple(options)


def _set(loaded: "Loaded") -> list[str]:
    return [f"{path}={text}" for path, text in loaded.overridden.items()]


def _again(draft: str | None, words: Sequence[str], options: tuple[str, ...]) -> "Again":
    """The command without its scenario, so that pages can ask again with a change."""
    from sim.report.ask.report import Again

    return Again(draft, dict(word.split("=", 1) for word in words), options)


def _talks(
    loaded: "Loaded", path: Path, report: "AskReport", asked: DraftAsked, seed: int, posterior: Path | None, front: Front
) -> "Talks":  # fmt: skip
    """Talks that begin with the draft, beside those of the scenario as it is."""
    from sim.report.ask.asking import proposal_of, talks_of
    from sim.study import Plan
    from sim.study.compilation import needed_by

    given = [*_set(loaded), f"proposal={proposal_of(report, asked.tabled_by)}"]
    changed = on_posterior([read(path, given, front)], posterior, front)[0]
    changed, seed, runs = with_draws(changed, seed, asked.runs or USUAL_RUNS, front)
    front.ready(*needed_by("batch"))
    played, as_is = (_outcomes(one, Plan(runs, seed), front) for one in (changed, loaded))
    line = ["sim", "run", str(path), *(f"--set={one}" for one in given), f"--runs={runs}"]
    line += [f"--seed={seed}"] if seed != USUAL_SEED else []
    return talks_of(played, as_is, shlex.join(line))


def _outcomes(loaded: "Loaded", plan: "Plan", front: Front) -> "Outcomes":
    game = game_of(loaded)
    with front.counting(plan.runs) as count:
        return play_through(game, plan, lambda part: count(len(part))).outcomes
