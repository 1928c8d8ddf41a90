"""The command line: one file per command; each reads, calls, writes and prints."""

import logging
import sys
import warnings

from sim.cli.signals import Ended, Stopped, buffer_output, ends_told, obey_signals, stop_obeying


def _keep_warnings_of_pictures() -> None:
    """What matplotlib has to say of fonts and layouts is no news to a user; with python -W it is said all the same."""
    if not sys.warnoptions:
        warnings.filterwarnings("ignore", module=r"matplotlib|sim\.plots")
        logging.getLogger("matplotlib").setLevel(logging.CRITICAL)


def main() -> None:
    """Run the program. However it is stopped, from its first import on, it ends in one line and an exit code."""
    try:
        obey_signals()
        _keep_warnings_of_pictures()
        buffer_output()
        with ends_told():
            from sim.cli.program import app  # takes a while, and may be interrupted too

            app()
    except (Ended, Stopped) as end:  # a stop arrives here by itself where all was done and said already
        Ended(end.code).at_once()
    finally:
        stop_obeying()
