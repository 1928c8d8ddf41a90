"""What tests of commands leave out where they look at something else."""

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("shared", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("shared")  # a loaded machine is no fault of a test

LONGEST = (
    "test_scenario_pages.py", "test_wheel.py", "test_signs.py", "test_hostile_results.py", "test_core_zones.py",
    "test_core.py", "test_engines.py", "test_sweep_plots.py",
)  # fmt: skip
"""Files that take longest, so they go first: one that came last would leave the other cores idle to the end."""


def pytest_collection() -> None:
    """Where tests are collected they are run: this is not called in the process that only hands them out."""
    from sharing import share

    share(pytest.MonkeyPatch())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first; the others as they were."""
    place = {name: n for n, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path.name, len(LONGEST)))


def pytest_collection_finish() -> None:
    from sharing import keep_for_good

    keep_for_good()


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Studies are written without their pictures, which take longer than a few hundred runs."""
    monkeypatch.setattr("sim.plots.pictures", lambda *_: {})
    monkeypatch.setattr("sim.plots.picture_bytes", lambda *_, **__: b"")


@pytest.fixture
def at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sweeps and replays are played in this process: no worker has to start."""
    from sweeps import Here

    monkeypatch.setattr("sim.study.workers.dask.executor_of", lambda place, study, workers: Here(study))
    monkeypatch.setattr("sim.study.workers.local.Crew", lambda study, workers: Here(study))
