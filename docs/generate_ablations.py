"""Write the tables of ablations into docs/model.md.

Run `python docs/generate_ablations.py` after a change of scenarios or rules; it takes some minutes. Of every scenario it
takes what this says:

    sim sensitivity SCENARIO --ablations --runs 1000 --json
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from sim.scenario.mechanisms import MECHANISMS

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "model.md"
BLOCK = re.compile(r"(<!-- ablations -->\n).*?(<!-- end -->)", re.DOTALL)
RUNS = 1000
SIDES = ("russia", "ukraine")

Change = dict[str, Any]


def ablated(file: Path) -> list[Change]:
    """What every change of a scenario does."""
    asked = ["sensitivity", str(file.relative_to(ROOT)), "--ablations", "--runs", str(RUNS), "--json"]
    done = subprocess.run([sys.executable, "-m", "sim", *asked], cwd=ROOT, check=True, capture_output=True, text=True)
    found: list[Change] = json.loads(done.stdout)["changes"]
    return found


def points(figure: dict[str, float] | None) -> str:
    """A difference in points; in brackets where its interval holds 0."""
    if figure is None:
        return ""
    said = f"{100 * figure['estimate']:+.0f}".replace("+0", "0").replace("-0", "0")
    return f"({said})" if figure["low"] <= 0.0 <= figure["high"] else said


def table(changes: dict[str, list[Change]], part: str) -> list[str]:
    """A row a scenario, a column a mechanism: what switching it off moves. `part`: likelihood, or a party's terms."""
    lines = [f"| | {' | '.join(f'`{name}`' for name in MECHANISMS)} |", f"|---|{'---|' * len(MECHANISMS)}"]
    for scenario, rows in changes.items():
        off = {row["mechanism"]: row for row in rows if row["path"] is None}
        cells = [
            points(row["likelihood"] if part == "likelihood" else row["terms"].get(part)) if row else "-"
            for row in (off.get(name) for name in MECHANISMS)
        ]
        lines.append(f"| `{scenario}` | {' | '.join(cells)} |")
    return lines


def idle(changes: dict[str, list[Change]]) -> list[str]:
    """Numbers that move neither likelihood nor terms of any scenario by three points, up or down."""
    rows = [row for found in changes.values() for row in found if row["path"]]
    moving = {row["path"] for row in rows if not row["small"]}
    return list(dict.fromkeys(row["path"] for row in rows if row["path"] not in moving))


def block() -> str:
    """The tables, and what moves nothing."""
    changes = {file.stem: ablated(file) for file in sorted(ROOT.glob("scenarios/*.yaml"))}
    lines = ["Change of the likelihood in points where a mechanism is off:", "", *table(changes, "likelihood")]
    for side in SIDES:
        lines += ["", f"Change of the terms of {side.capitalize()} in points, over runs that agree both times:", ""]
        lines += table(changes, side)
    still = [f"`{path}`" for path in idle(changes)]
    lines += [
        "",
        f"{RUNS:,} runs a scenario, seed 1. In brackets where the interval holds 0; `-` where a scenario does not state it.",
        "Terms are those of each setting, so switching off what makes worth (`trust`, `losses`) moves their scale too.",
        "",
        f"Numbers that move nothing by three points in any of them, up or down by a standard deviation ({len(still)}): ",
        f"{', '.join(still) or 'none'}.",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(BLOCK.sub(lambda found: found[1] + block() + found[2], page), encoding="utf-8")
