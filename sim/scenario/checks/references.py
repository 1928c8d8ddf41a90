"""Checks of clauses and terms: issues and options that must exist."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sim.scenario.agenda import CHANGED, Issue
from sim.scenario.problems import Problem, Steps, repeated, unknown

Found = Iterator[Problem]


@dataclass(frozen=True)
class Agenda:
    """The issues of a scenario, as the checks ask for them."""

    issues: Mapping[str, Issue]

    def clause(self, clause: Mapping[str, Sequence[str]], path: Steps) -> Found:
        """Faults of a clause: unknown issues and options, `changed` where it cannot be, options named twice."""
        for issue, options in clause.items():
            if issue not in self.issues:
                yield self.unknown(issue, (*path, issue), on_key=True)
            else:
                yield from self._choice(issue, options, (*path, issue))

    def terms(self, terms: Mapping[str, str], path: Steps) -> Found:
        """Faults of terms: unknown issues and options."""
        for issue, option in terms.items():
            if issue not in self.issues:
                yield self.unknown(issue, (*path, issue), on_key=True)
            elif option not in self.issues[issue].options:
                yield self._no_option(issue, option, (*path, issue))

    def named(self, names: Sequence[str], path: Steps) -> Found:
        """Faults of a list of issues: unknown ones, and ones that stand there twice."""
        for index, issue in enumerate(names):
            if issue not in self.issues:
                yield self.unknown(issue, (*path, index))
        yield from twice(names, path)

    def unknown(self, issue: str, path: Steps, on_key: bool = False) -> Problem:
        """The problem of an issue that the scenario does not have."""
        return Problem(path, unknown("issue", issue, self.issues), on_key)

    def matches_all(self, clause: Mapping[str, Sequence[str]]) -> bool:
        """Whether every package matches the clause."""
        return all(
            issue in self.issues and set(options) >= set(self.issues[issue].options)
            for issue, options in clause.items()
        )

    def without_status_quo(self) -> list[str]:
        """Issues of which nothing holds while nothing is agreed."""
        return [name for name, issue in self.issues.items() if issue.status_quo is None]

    def _choice(self, issue: str, options: Sequence[str], path: Steps) -> Found:
        known_options = self.issues[issue].options
        if CHANGED not in options:
            for index, option in enumerate(options):
                if option not in known_options:
                    yield self._no_option(issue, option, (*path, index) if len(options) > 1 else path)
            yield from twice(options, path)
        elif len(options) > 1:
            yield Problem(path, "`changed` stands alone: it already means every option but the status quo")
        elif self.issues[issue].status_quo is None:
            yield Problem(path, "`changed` needs a status quo, and this issue has none")

    def _no_option(self, issue: str, option: str, path: Steps) -> Problem:
        return Problem(path, unknown("option", option, self.issues[issue].options))


def twice(words: Sequence[str], path: Steps) -> Found:
    """Words that stand in a list more than once."""
    yield from (Problem((*path, index), f"stands there twice (got {words[index]})") for index in repeated(words))


def known(what: str, word: str | None, choices: Collection[str], path: Steps) -> Found:
    """The fault of a single name that must exist, where it is given."""
    if word is not None and word not in choices:
        yield Problem(path, unknown(what, word, choices))


def keys_known(what: str, words: Collection[str], choices: Collection[str], path: Steps) -> Found:
    """Faults of keys that must be existing names."""
    yield from (Problem((*path, word), unknown(what, word, choices), True) for word in words if word not in choices)


def list_known(what: str, words: Sequence[str], choices: Collection[str], path: Steps) -> Found:
    """Faults of a list of names that must exist and differ."""
    for index, word in enumerate(words):
        yield from known(what, word, choices, (*path, index))
    yield from twice(words, path)
