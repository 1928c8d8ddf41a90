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

from sim.scenario.mechanisms import MECHANISMS, Mechanism

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "model.md"
BLOCK = re.compile(r"(<!-- ablations -->\n).*?(<!-- end -->)", re.DOTALL)
RUNS = 1000
SIDES = ("russia", "ukraine")

WHY_IT_STAYS = {
    "parties.russia.rearm": "Moscow asked about a pause (april-freeze.c12); without this fear and what eases it "
    "`framework_then_details` moves by 4 points, and without its trust too, what holds after a year by up to 5",
    "parties.russia.protections": "goes with that fear: these are what eases it",
    "parties.ukraine.protections": "reports have forces that protect it (april-terms.c45, april-ceasefire.c23), and papers "
    "count what such forces do (fortna-2004.c2); half of a list would say that the rest does not protect",
    "hope": "without it no truce of thirty days is ever settled: [decisions](decisions.md#what-a-deal-is-worth)",
    "levers.new_us_sanctions.carried_out": "the threat is reported (august-donetsk.c11), and not that it came; taken for "
    "sure, terms of `sanctions_threatened` move by 4 points",
    "levers.us_pressure_again.carried_out": "pressure is feared, not reported (december-moscow.c43)",
    "walk_away.carried_out": "the threat is reported (april-terms.c28), and so is that Washington still mediated later "
    "(december-moscow.c25)",
}
"""Numbers that move nothing and stay, by the beginning of their paths."""

NO_REASON = "nothing keeps it; it should go"

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


def stated(changes: dict[str, list[Change]]) -> list[Mechanism]:
    """The mechanisms that any scenario states."""
    found = {row["mechanism"] for rows in changes.values() for row in rows}
    return [name for name in MECHANISMS if name in found]


def table(changes: dict[str, list[Change]], part: str) -> list[str]:
    """A row a scenario, a column a mechanism: what switching it off moves. `part`: likelihood, or a party's terms."""
    names = stated(changes)
    lines = [f"| | {' | '.join(f'`{name}`' for name in names)} |", f"|---|{'---|' * len(names)}"]
    for scenario, rows in changes.items():
        off = {row["mechanism"]: row for row in rows if row["path"] is None}
        cells = [
            points(row["likelihood"] if part == "likelihood" else row["terms"].get(part)) if row else "-"
            for row in (off.get(name) for name in names)
        ]
        lines.append(f"| `{scenario}` | {' | '.join(cells)} |")
    return lines


def idle(changes: dict[str, list[Change]]) -> list[str]:
    """Numbers that move neither likelihood nor terms of any scenario by three points, up or down."""
    rows = [row for found in changes.values() for row in found if row["path"]]
    moving = {row["path"] for row in rows if not row["small"]}
    return list(dict.fromkeys(row["path"] for row in rows if row["path"] not in moving))


def kept(still: list[str]) -> list[str]:
    """Numbers that move nothing, those that stay for the same reason on one line."""
    why = {
        path: next((said for start, said in WHY_IT_STAYS.items() if path.startswith(start)), NO_REASON)
        for path in still
    }
    together = {reason: [f"`{path}`" for path in still if why[path] == reason] for reason in why.values()}
    return [f"- {', '.join(paths)}: {reason}." for reason, paths in together.items()]


def block() -> str:
    """The tables, and what moves nothing."""
    changes = {file.stem: ablated(file) for file in sorted(ROOT.glob("scenarios/*.yaml"))}
    lines = ["Change of the likelihood in points where a mechanism is off:", "", *table(changes, "likelihood")]
    for side in SIDES:
        lines += ["", f"Change of the terms of {side.capitalize()} in points, over runs that agree both times:", ""]
        lines += table(changes, side)
    still = idle(changes)
    lines += [
        "",
        f"{RUNS:,} runs a scenario, seed 1. In brackets where the interval holds 0; `-` where a scenario does not state it.",
        "Terms are those of each setting, so switching off what makes worth (`trust`, `losses`) moves their scale too.",
        "",
        f"Numbers that move nothing by three points in any of them, up or down by a standard deviation ({len(still)}), "
        f"and why they stay:{'' if still else ' none'}",
        "",
        *kept(still),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(BLOCK.sub(lambda found: found[1] + block() + found[2], page), encoding="utf-8")
