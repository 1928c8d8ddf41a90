"""Where matplotlib keeps its settings and its list of fonts, settled before it is imported.

Where it cannot write to the user's folders it would say so in two lines and list all fonts anew each time.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import platformdirs

from sim.caches import private_folder

STATED = "MPLCONFIGDIR"


def _homes() -> Iterator[Path]:
    """The folders that matplotlib takes by itself."""
    stated = os.environ.get(STATED)
    if stated:
        yield Path(stated)
    elif sys.platform.startswith(("linux", "freebsd")):
        yield platformdirs.user_config_path("matplotlib")
        yield platformdirs.user_cache_path("matplotlib")
    else:
        yield Path(os.path.expanduser("~"), ".matplotlib")  # noqa: PTH111  (where nobody has a home, it stays a ~)


def _can_be_written(folder: Path) -> bool:
    nearest = next((str(step) for step in (folder, *folder.parents) if os.path.lexists(step)), "")
    return Path(nearest).is_dir() and os.access(nearest, os.W_OK)


if not all(map(_can_be_written, _homes())):
    os.environ[STATED] = str(private_folder("matplotlib"))
