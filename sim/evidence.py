"""What was said, by whom and when: articles, their claims, and reported answers to proposals."""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

ClaimKind = Literal["stated", "reported", "analysis"]
ReportedAnswer = Literal["accept", "reject", "open", "proposes"]

LASTS = "rounds after which all of it lapses, where it is for a time only; it is then asked as an opening of talks"

_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


class Record(BaseModel):
    """A frozen block of a seed file; unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _as_text(value: object) -> object:
    """YAML reads a bare year as a whole number."""
    return str(value) if isinstance(value, date | int) and not isinstance(value, bool) else value


def _as_span(value: object) -> object:
    return value if isinstance(value, Mapping) else {"from": value, "to": value}


def _on_the_calendar(day: str) -> str:
    try:
        date.fromisoformat(day + "-01-01"[len(day) - len("2025") :])
    except ValueError as error:
        raise ValueError(f"is no date (got {day})") from error
    return day


Day = Annotated[
    str,
    BeforeValidator(_as_text),
    Field(pattern=rf"^{_DAY.pattern}$", description="YYYY, YYYY-MM or YYYY-MM-DD"),
    AfterValidator(_on_the_calendar),
]


def is_later(day: str, than: str) -> bool:
    """Whether a day lies after another; of YYYY, YYYY-MM and YYYY-MM-DD as much counts as both give.

    So 2025-12-02 is not later than 2025-12, nor the other way round.
    """
    common = min(len(day), len(than))
    return day[:common] > than[:common]


def first_not_before(day: str, days: Iterable[str]) -> str | None:
    """The earliest of some days that a day is not later than, the first given of equal ones; None if there is none."""
    first = None
    for other in days:
        if not is_later(day, other) and (first is None or is_later(first, other)):
            first = other
    return first


def last_not_after(day: str, days: Iterable[str]) -> str | None:
    """The latest of some days that is not later than a day, the first given of equal ones; None if there is none."""
    last = None
    for other in days:
        if not is_later(other, day) and (last is None or is_later(other, last)):
            last = other
    return last


def is_of_its_time(day: str, world: str, reports: Collection[str]) -> bool:
    """Whether what was answered by a day belongs to the world of a date, and to no earlier or later one.

    `reports` are the days by which articles were written. An answer is known from the first report on or after its day.
    A world knows what the last report on or before its date says. The answer belongs there if the two are the same.
    """
    reported, known = first_not_before(day, reports), last_not_after(world, reports)
    if reported is None or known is None:
        return False
    return not is_later(reported, known) and not is_later(known, reported)


class Span(Record):
    """The narrowest range of dates that a source allows."""

    first: Day = Field(alias="from")
    last: Day = Field(alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> "Span":
        if is_later(self.first, self.last):
            raise ValueError("ends before it begins")
        return self

    def __str__(self) -> str:
        return self.first if self.first == self.last else f"{self.first} to {self.last}"


Dated = Annotated[Span, BeforeValidator(_as_span)]


class Claim(Record):
    """One proposition of one source, in our own words."""

    id: str = Field(description="c1, c2, ... in the order of the source")
    who: str = Field(description="the party that it is about, or `other`")
    by: str = Field(description="who says so")
    issue: str = Field(
        description="an issue of the agenda, or clock, good_faith, momentum, leverage, domestic, process"
    )
    kind: ClaimKind = Field(description="how direct it is")
    text: str
    on: Day | None = Field(None, description="when, where narrower than the source's own date")


class Article(Record):
    """One source: an article, or the publication that a textbook game comes from."""

    id: str
    title: str
    date: Dated
    dated_by: str = Field(description="why this date or range")
    claims: tuple[Claim, ...] = Field(min_length=1)
    outlet: str | None = None


class Inquiry(Record):
    """Terms that a party is asked about."""

    id: str
    date: Dated
    party: str
    proposal: dict[str, str] = Field(min_length=1, description="options of the agenda; the rest at status quo")
    about: str
    claims: tuple[str, ...] = Field(min_length=1)
    note: str | None = None
    lasts: int | None = Field(None, gt=0, lt=100_000, strict=True, description=LASTS)


class Stance(Inquiry):
    """A party's reported answer to a documented proposal."""

    answer: ReportedAnswer


class Control(Inquiry):
    """A package that its party would not sign as it stands, as its claims say: no reported answer."""


class Text(Record):
    """What somebody had put forward, as far as it is known."""

    by: str = Field(description="the party that put it forward")
    terms: dict[str, str] = Field(
        min_length=1, description="options of the agenda that it had, whatever else was in it"
    )


Whether = Annotated[bool, Field(strict=True)]
KINDS = ("signed", "mediates", "pulled", "tabled", "added", "dropped")
"""What a fact may say; each can be asked of a run."""


class Fact(Record):
    """Something that was so, or had happened, by the last day of its date: what a run of the same time should show."""

    id: str
    date: Dated
    about: str
    claims: tuple[str, ...] = Field(min_length=1)
    note: str | None = None
    signed: Whether | None = Field(None, description="whether a deal was signed, or something agreed was in force")
    mediates: dict[str, Whether] | None = Field(
        None, min_length=1, description="whether parties were still at the table"
    )
    pulled: dict[str, Whether] | None = Field(None, min_length=1, description="whether levers were in force")
    tabled: Text | None = Field(None, description="terms that a party had put forward by then, among others")
    added: Text | None = Field(None, description="terms of a party's latest text that an earlier one of its own lacked")
    dropped: Text | None = Field(None, description="terms that an earlier text of the party had and its latest lacks")

    @model_validator(mode="after")
    def _says_one_thing(self) -> "Fact":
        if sum(getattr(self, kind) is not None for kind in KINDS) != 1:
            raise ValueError(f"must say one thing that a run can show: {', '.join(KINDS[:-1])} or {KINDS[-1]}")
        return self

    def kind(self) -> str:
        """Which of `KINDS` it is."""
        return next(kind for kind in KINDS if getattr(self, kind) is not None)

    def text(self) -> Text | None:
        """What somebody put forward, if it is about that."""
        return self.tabled or self.added or self.dropped


class OlderOption(Record):
    """How an option is asked of a world that does not know it yet: one of three ways."""

    as_: str | None = Field(None, alias="as", description="the nearest option that the older world knows")
    between: dict[str, float] | None = Field(None, min_length=2, description="older options and their shares, 1 in all")
    left_out: Whether | None = Field(None, description="true: the older world is asked about the rest")
    assumed: str = Field(min_length=8, description="why so")

    @model_validator(mode="after")
    def _one_way(self) -> "OlderOption":
        if sum((self.as_ is not None, self.between is not None, self.left_out is True)) != 1:
            raise ValueError("must say one way: as, between, or left_out: true")
        shares = (self.between or {"": 1.0}).values()
        if min(shares) <= 0.0 or abs(sum(shares) - 1.0) > 1e-9:
            raise ValueError(f"shares of `between` must be above 0 and 1 in all (got {sum(shares):g})")
        return self

    def shares(self) -> dict[str | None, float]:
        """Older options and their shares; None stands for leaving it out."""
        return dict(self.between.items()) if self.between else {self.as_: 1.0}


class Facts(Record):
    """The file `record.yaml`: what happened by when, and how later options are asked of older worlds."""

    facts: tuple[Fact, ...]
    older: dict[str, dict[str, OlderOption]] = Field({}, description="by issue and option")


class Stances(Record):
    """The file `stances.yaml`."""

    stances: tuple[Stance, ...]


class Controls(Record):
    """The file `controls.yaml`."""

    controls: tuple[Control, ...]


class Evidence(Record):
    """Everything that the seed files hold."""

    articles: tuple[Article, ...] = ()
    stances: tuple[Stance, ...] = ()
    controls: tuple[Control, ...] = ()
    record: Facts = Facts(facts=())

    def claims(self) -> dict[str, Claim]:
        """Claims by reference, `article.claim`."""
        return {f"{article.id}.{claim.id}": claim for article in self.articles for claim in article.claims}

    def spans(self) -> dict[str, Span]:
        """By reference of a claim when its article was written, which is when it became known."""
        return {f"{article.id}.{claim.id}": article.date for article in self.articles for claim in article.claims}

    def report_days(self, parties: Collection[str]) -> list[str]:
        """The last days by which the articles were written that say something about any of these parties."""
        telling = (one for one in self.articles if any(claim.who in parties for claim in one.claims))
        return sorted({article.date.last for article in telling})
