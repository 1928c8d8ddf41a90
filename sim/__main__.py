"""`python -m sim`."""

import sys

if not sys.flags.safe_path:  # Python has put the current folder first, and looks there no more from here on
    here = sys.path.pop(0)
    if __file__.startswith(f"{here}/sim/"):  # this copy lies there, so what it needs may lie beside it
        sys.path.append(here)

from sim.cli import main

main()
