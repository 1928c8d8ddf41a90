"""Terms asked of a world that is older than they are: options that it does not know are put as the record says."""

from collections.abc import Mapping
from dataclasses import dataclass

from sim.evidence import OlderOption
from sim.scenario.agenda import Issue

Older = Mapping[str, Mapping[str, OlderOption]]


@dataclass(frozen=True)
class OlderTerms:
    """What is asked in place of some terms: one or more variants, with their shares, and what was put otherwise."""

    variants: tuple[tuple[float, dict[str, str]], ...]  # shares add up to 1; none names nothing
    changes: dict[str, str]  # issue and option as recorded, issue.option: what stands in its place, in words
    assumed: tuple[str, ...]  # why so, a reason for each change


class CannotAskError(ValueError):
    """The older world cannot be asked; it says why."""


def older_terms(terms: Mapping[str, str], issues: Mapping[str, Issue], older: Older) -> OlderTerms:
    """Some terms as a world with these issues can be asked about them.

    Raises:
        CannotAskError: an option is unknown there and nothing says how to put it, or nothing of the terms is left.
    """
    variants: list[tuple[float, dict[str, str]]] = [(1.0, {})]
    changes, assumed = {}, []
    for issue, option in terms.items():
        shares: Mapping[str | None, float] = {option: 1.0}
        if not _knows(issues, issue, option):
            stand_in = _stand_in(issues, issue, option, older)
            shares = stand_in.shares()
            changes[f"{issue}.{option}"] = _in_words(shares)
            assumed.append(stand_in.assumed)
        variants = [
            (share * part, {**named, issue: other} if other else named)
            for share, named in variants
            for other, part in shares.items()
        ]
    if not all(named for _, named in variants):
        raise CannotAskError(f"nothing of it was on the table yet ({', '.join(terms)})")
    return OlderTerms(tuple(variants), changes, tuple(assumed))


def _knows(issues: Mapping[str, Issue], issue: str, option: str) -> bool:
    return issue in issues and option in issues[issue].options


def _stand_in(issues: Mapping[str, Issue], issue: str, option: str, older: Older) -> OlderOption:
    found = older.get(issue, {}).get(option)
    if found is None:
        raise CannotAskError(f"it knows no {issue}: {option}, and the record does not say what stands for it (`older`)")
    for other in found.shares():
        if other is not None and not _knows(issues, issue, other):
            raise CannotAskError(f"it knows neither {issue}: {option} nor {other}, which the record puts in its place")
    return found


def _in_words(shares: Mapping[str | None, float]) -> str:
    if len(shares) == 1:
        (other,) = shares
        return other or "left out"
    return " and ".join(f"{share:.0%} {other}".replace("%", " %") for other, share in shares.items())
