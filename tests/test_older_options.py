"""Terms put to worlds that do not know all of their options."""

import pytest

from sim.evidence import OlderOption
from sim.scenario.agenda import Issue
from sim.scenario.older_options import CannotAskError, older_terms

ISSUES = {
    name: Issue.model_validate({"title": name, "status_quo": options[0], "options": dict.fromkeys(options, "so")})
    for name, options in {"bank": ("none", "shared", "upper"), "fish": ("free", "capped")}.items()
}


def option(**way: object) -> OlderOption:
    return OlderOption.model_validate({**way, "assumed": "made up here"})


def test_known_terms_are_asked_as_they_are() -> None:
    found = older_terms({"bank": "shared", "fish": "capped"}, ISSUES, {})
    assert found.variants == ((1.0, {"bank": "shared", "fish": "capped"}),)
    assert (found.changes, found.assumed) == ({}, ())


def test_the_nearest_older_option() -> None:
    found = older_terms({"bank": "half", "fish": "capped"}, ISSUES, {"bank": {"half": option(**{"as": "shared"})}})
    assert found.variants == ((1.0, {"bank": "shared", "fish": "capped"}),)
    assert found.changes == {"bank.half": "shared"}


def test_between_two_older_ones_with_their_shares() -> None:
    between = option(between={"none": 0.25, "upper": 0.75})
    found = older_terms({"bank": "half", "fish": "capped"}, ISSUES, {"bank": {"half": between}})
    assert found.variants == (
        (0.25, {"bank": "none", "fish": "capped"}),
        (0.75, {"bank": "upper", "fish": "capped"}),
    )
    assert found.changes == {"bank.half": "25 % none and 75 % upper"}


def test_an_issue_that_was_not_raised_is_left_out() -> None:
    older = {"toll": {"high": option(left_out=True)}}
    assert older_terms({"toll": "high", "bank": "upper"}, ISSUES, older).variants == ((1.0, {"bank": "upper"}),)
    with pytest.raises(CannotAskError, match="nothing of it was on the table yet"):
        older_terms({"toll": "high"}, ISSUES, older)


def test_what_the_record_does_not_put_otherwise_is_not_asked() -> None:
    with pytest.raises(CannotAskError, match="knows no toll: high"):
        older_terms({"toll": "high"}, ISSUES, {})
    with pytest.raises(CannotAskError, match="knows neither bank: half nor all"):
        older_terms({"bank": "half"}, ISSUES, {"bank": {"half": option(**{"as": "all"})}})
