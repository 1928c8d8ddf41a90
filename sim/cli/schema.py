"""`sim schema`."""

import json

from sim.cli.common import say


def schema() -> None:
    """Print the JSON Schema of scenario files, for editors that check while you type.

    Example: sim schema > scenario.schema.json
    """
    from sim.files.scenario.schema import scenario_schema

    say(json.dumps(scenario_schema(), indent=2, ensure_ascii=False))
