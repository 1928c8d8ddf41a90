"""`sim schema`."""

from sim.cli.common import as_text, say


def schema() -> None:
    """Print the JSON Schema of scenario files, for editors that check while you type.

    Example: sim schema > scenario.schema.json
    """
    from sim.files.scenario.json_schema import scenario_schema

    say(as_text(scenario_schema()))
