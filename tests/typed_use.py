"""What somebody writes who uses the program from Python: `make lint` checks its types, right ones and wrong ones."""

from typing import assert_type

from sim import LoadedScenario, SimError, load, open_result


def likelihood(talks: LoadedScenario) -> float:
    try:
        return talks.set({"parties.us.patience": 6}).run(10, by="2025-12-31").likelihood
    except SimError as error:
        print(error)
        return talks.compare("us_walks_away", runs=10).differences["us_walks_away"].low


def answers(talks: LoadedScenario) -> None:
    assert_type(load("freeze_lines"), LoadedScenario)
    assert_type(talks.run().interval, tuple[float, float])
    assert_type(talks.sweep({"every_party.reciprocity": [0.1, 0.9]}).points, int)
    assert_type(talks.zopa().exists, bool)
    assert_type(talks.ask({"ceasefire": "lasting"}).package, dict[str, str])
    assert_type(talks.watch().package, dict[str, str])
    assert_type(talks.blockers().plain_words, list[str])
    assert_type(talks.backtest().known_by, str)
    assert_type(open_result("results/freeze_lines-1a2b3c4d").is_finished, bool)


def mistakes(talks: LoadedScenario) -> None:
    talks.zopa(worlds="many")  # type: ignore[arg-type]
    talks.run().likelihood = 1.0  # type: ignore[misc]
    talks.runn(10)  # type: ignore[attr-defined]
