"""The command line: one file per command; each reads, calls, writes and prints."""

from sim.cli.stopping import Ended, Stopped, buffer_output, ends_told, obey_signals, stop_obeying


def main() -> None:
    """Run the program. However it is stopped, from its first import on, it ends in one line and an exit code."""
    try:
        obey_signals()
        buffer_output()
        with ends_told():
            from sim.cli.program import app  # noqa: PLC0415  (takes a while, and may be interrupted too)

            app()
    except (Ended, Stopped) as end:  # a stop arrives here by itself where all was done and said already
        Ended(end.code).at_once()
    finally:
        stop_obeying()
