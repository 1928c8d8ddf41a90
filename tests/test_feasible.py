"""The exact search for a package, against brute force on small games."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.analysis.feasibility.question import Question, answers, find_package
from sim.game import frozen


@st.composite
def questions(draw: st.DrawFn) -> Question:
    """Small questions; thresholds near what packages are worth, so that both answers are common."""
    parties, issues = draw(st.integers(1, 4)), draw(st.integers(1, 5))
    options = draw(st.lists(st.integers(1, 4), min_size=issues, max_size=issues))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    links, barred = draw(st.integers(0, 2)), draw(st.integers(0, 3))

    def patterns(count: int) -> np.ndarray:
        return rng.integers(1, 16, (count, issues)).astype(np.uint64) | np.uint64(rng.integers(0, 2) * 15)

    return Question(
        value=frozen(rng.random((parties, issues, 4)) / issues),
        bonus=frozen(rng.uniform(-0.2, 0.2, links)),
        link_owner=frozen(rng.integers(0, parties, links)),
        link_masks=frozen(patterns(links)),
        threshold=rng.uniform(0.3, 0.8) * np.ones(parties) + rng.uniform(-0.2, 0.2, parties),
        needed=frozen(rng.random(parties) < 0.8),
        allowed=np.array([rng.integers(1, 2**n) for n in options], np.uint64),
        options=frozen(np.array(options, np.int64)),
        issue_order=frozen(np.arange(issues)),
        barred=patterns(barred + 1),
        in_force=barred,
        current=np.array([rng.integers(-1, n) for n in options], np.int64),
    )


def brute_force(ask: Question) -> bool:
    """Whether any of all packages answers the question."""
    packages = product(*(range(n) for n in ask.options))
    return any(answers(ask, np.array(x, np.int64)) for x in packages)


@settings(max_examples=250, deadline=None)
@given(questions())
def test_finds_a_package_exactly_where_brute_force_does(ask: Question) -> None:
    x = np.zeros(len(ask.options), np.int64)
    found = find_package(ask, x)
    assert found == brute_force(ask)
    if found:
        assert answers(ask, x)


def test_a_threshold_that_is_just_met_is_met() -> None:
    """Thresholds are inclusive (Abdelnabi et al. 2023, adjust_games: meets or exceeds)."""
    ask = Question(
        value=frozen(np.array([[[0.0, 0.3 + 0.1]]])),
        bonus=frozen(np.zeros(0)),
        link_owner=frozen(np.zeros(0, np.int64)),
        link_masks=frozen(np.zeros((0, 1), np.uint64)),
        threshold=np.array([0.4]),
        needed=frozen(np.array([True])),
        allowed=np.array([3], np.uint64),
        options=frozen(np.array([2])),
        issue_order=frozen(np.arange(1)),
        barred=np.zeros((1, 1), np.uint64),
        in_force=0,
        current=np.array([0]),
    )
    x = np.zeros(1, np.int64)
    assert find_package(ask, x)
    assert x.tolist() == [1]
