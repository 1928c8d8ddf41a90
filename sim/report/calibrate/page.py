"""A calibration as the page that `sim calibrate` prints."""

from collections.abc import Iterator
from math import floor, log10

from sim.analysis.calibration.moved import Moved, Spread
from sim.analysis.calibration.posterior import ItemFit
from sim.analysis.calibration.weights import ENOUGH, ERROR_RANGE, TIED_RANGE
from sim.analysis.shares.likelihood import Share
from sim.evidence import Stance
from sim.report.backtest.page import explained, fact_says, instead
from sim.report.calibrate.calibration import Calibration, counted
from sim.report.stances.asked import by_reason
from sim.report.wording.draws import number_says
from sim.report.wording.figures import CAVEAT, interval, percent, plain_percent
from sim.report.wording.layout import overridden, paragraph, row, table, wrap

MOST = 15
NOTE = (
    "Draws are weighed by how well they fit the record; no number of the scenario changes. Record shown: share of draws that "
    "show it as recorded, before and after. * marks what fewer than half of the weighed draws show. Items with the same "
    "letter are about the same thing, so they count for less than as many others. Numbers: mean, and the middle 80 %. "
    "What is said to move does so by more than noise, of all that are looked at 2 % at most falsely. Intervals (95 %) are "
    "sampling error only, of as many equal draws as the weighed ones are worth. Who coded the numbers may have read later "
    "articles all the same."
)


def calibration_page(found: Calibration) -> str:
    """Everything that `sim calibrate` prints."""
    sections = (_title, _plain, _likelihood, _record, _numbers, _conventions, _foot)
    return "\n\n".join("\n".join(section(found)) for section in sections) + "\n"


def _title(found: Calibration) -> Iterator[str]:
    yield from paragraph(found.scenario.title)
    items = [one.item for one in found.posterior.items]
    until = f" and by {found.until}" if found.until else ""
    yield from wrap(
        f"{found.name}: {counted(items)} recorded after {found.known_by}{until}, {found.posterior.draws:,} draws, "
        f"seed {found.seed}",
        "",
    )
    yield from overridden(found.overrides)


def _plain(found: Calibration) -> Iterator[str]:
    yield "In plain words, if the assumptions and the record hold"
    yield from wrap(" ".join(plain_words(found)), hang="")


def plain_words(found: Calibration) -> Iterator[str]:
    """The first lines of the page, a sentence each."""
    posterior = found.posterior
    end, *others = found.by_days()
    more = "".join(f"; {one.says} it {_from_to(one.before, one.after)}" for one in others)
    yield f"The likelihood of agreement {end.says} {_from_to(end.before, end.after)}{more}."
    tried = [one.likelihood.estimate for one in posterior.alternatives if one.likelihood]
    if tried:
        low, high = plain_percent(min(*tried, end.after.estimate)), plain_percent(max(*tried, end.after.estimate))
        span = high if low == high else f"{low[:-2]} to {high}"
        missing = len(posterior.alternatives) - len(tried)
        few = f" (at {missing} of {len(posterior.alternatives)} ends of the conventions too few draws are left to tell)"
        yield f"Believed less or more, the record makes it {span}{few if missing else ''}."
    yield (
        f"Of {posterior.draws:,} draws {_draws(posterior.whole)} all that was recorded"
        + (f", the best {posterior.most} of {len(posterior.items)}" if not posterior.whole else "")
        + f"; weighed by how well they fit, they are worth {posterior.effective:,.0f} equal ones."
    )
    if posterior.weights.min() == posterior.weights.max():
        yield "No draw fits the record better than another, so it teaches nothing."
        return
    moved = found.movement.moved
    if not moved:
        yield f"Of {found.movement.looked_at:,} numbers that are looked at none moves by more than noise."
        return
    first = (
        f"the furthest is \u201c{number_says(found.scenario, moved[0].path)}\u201d ({moved_says(moved[0], brief=True)})"
    )
    verb = "moves" if len(moved) == 1 else "move"
    yield f"Of {found.movement.looked_at:,} numbers that are looked at {len(moved)} {verb} by more than noise; {first}."


def _draws(count: int) -> str:
    return f"{count:,} show{'s' * (count == 1)}" if count else "none shows"


def _from_to(before: Share, after: Share) -> str:
    old, new = percent(before), percent(after)
    if old == new:
        return f"stays at {new}"
    within = after.low <= before.estimate <= after.high
    return f"goes from {old} to {new}" + (" (no more than noise)" if within else "")


def _likelihood(found: Calibration) -> Iterator[str]:
    yield "Likelihood of agreement"
    rows = [
        [one.says, f"{percent(one.before)} ({interval(one.before)})", f"{percent(one.after)} ({interval(one.after)})"]
        for one in found.by_days()
    ]
    yield from table(["", "before", "after"], rows)


def _record(found: Calibration) -> Iterator[str]:
    items = found.posterior.items
    rows = table(["record", "by", "shown before", "after", ""], [_item(one, found) for one in items])
    yield from explained(rows, [one.item.recorded.about for one in items])
    yield from instead({name: terms for name, terms in found.put.items() if terms.changes})
    for why, left_out in by_reason(found.not_asked).items():
        yield from wrap(f"Not asked: {', '.join(left_out)} ({why})", "  ", "")


def _item(one: ItemFit, found: Calibration) -> list[str]:
    recorded = one.item.recorded
    mark = " " if one.posterior >= 0.5 else "*"
    if isinstance(recorded, Stance):
        said = f"{found.scenario.parties[recorded.party].name}, {recorded.answer}"
    else:
        said = fact_says(recorded)
    return [f"{mark} {one.item.id} {said}", recorded.date.last, plain_percent(one.prior), plain_percent(one.posterior),
            group_letter(one, found)]  # fmt: skip


def group_letter(one: ItemFit, found: Calibration) -> str:
    """The letter of what hangs together; nothing where it stands alone."""
    groups = [other.group for other in found.posterior.items]
    shared = list(dict.fromkeys(group for group in groups if groups.count(group) > 1))
    return chr(ord("A") + shared.index(one.group) % 26) if one.group in shared else ""


def _numbers(found: Calibration) -> Iterator[str]:
    movement = found.movement
    yield f"Numbers that move, of {movement.looked_at:,} (mean and the middle 80 %, before -> after; what each rests on)"
    if not movement.moved:
        yield "  none by more than noise"
        return
    for one in movement.moved[:MOST]:
        yield from row(number_says(found.scenario, one.path), found.source_kind(one.path))
        yield from wrap(moved_says(one), "      ", "")
    more = len(movement.moved) - MOST
    if more > 0:
        yield from wrap(f"({more} more move by more than noise; --json has all)")


def moved_says(one: Moved, brief: bool = False) -> str:
    """From where to where a number moves."""
    if one.is_chance():
        return f"{plain_percent(one.prior.mean)} -> {plain_percent(one.posterior.mean)}"
    digits = _decimals(one.prior)
    if brief:
        return f"mean {one.prior.mean:.{digits}f} -> {one.posterior.mean:.{digits}f}"
    before, after = _spread(one.prior, digits), _spread(one.posterior, digits)
    return f"{before} -> {after}" if before != after else f"{before}, hardly elsewhere: how it is spread changes"


def _spread(spread: Spread, digits: int) -> str:
    return f"{spread.mean:.{digits}f} ({spread.low:.{digits}f} to {spread.high:.{digits}f})"


def _decimals(spread: Spread) -> int:
    """As many as tell a hundredth of a number's range."""
    wide = spread.high - spread.low
    return max(0, min(6, 1 - floor(log10(wide)))) if wide > 0.0 else 2


def _conventions(found: Calibration) -> Iterator[str]:
    errors = found.posterior.errors
    yield "How far the record may be wrong: conventions, and the ends of their ranges"
    yield from row(f"chance that an item is recorded wrongly {errors.chance:g}, errors on one subject tied {errors.tied:g}",
                   percent(found.by_days()[0].after))  # fmt: skip
    for label, one in zip(_alternative_labels(), found.posterior.alternatives, strict=True):
        told = percent(one.likelihood) if one.likelihood else f"not told, worth {one.effective:.0f} draws"
        yield from row(label, told)


def _alternative_labels() -> list[str]:
    return [*(f"chance {end:g}" for end in ERROR_RANGE), *(f"tied {end:g}" for end in TIED_RANGE)]


def _foot(found: Calibration) -> Iterator[str]:
    kept, keeps = (
        len(found.posterior.kept),
        "--save FILE keeps them for `--posterior FILE` of run, compare, sweep and zopa.",
    )
    few = f"fewer than {ENOUGH} are no basis, so --save takes more --runs."
    yield from paragraph(
        f"{kept:,} of the {found.posterior.draws:,} draws are drawn from the posterior, each once, by a chance in proportion "
        f"to its weight (so fewer than they are worth): {keeps if kept >= ENOUGH else few}"
    )
    yield from paragraph(NOTE)
    yield CAVEAT
