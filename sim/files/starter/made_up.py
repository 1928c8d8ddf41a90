"""A made-up scenario of a given size as text to read: the scenario, the article that it cites, and two reported answers."""

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sim.files.starter import story

PARTIES, ISSUES = range(2, len(story.ACTORS) + 1), range(1, len(story.TOPICS) + 1)
"""How many it may have."""


@dataclass(frozen=True)
class Size:
    """How many parties and issues a scenario has."""

    parties: int = 3
    issues: int = 3

    @property
    def who(self) -> list[str]:
        """Its parties."""
        return list(story.ACTORS)[: self.parties]

    @property
    def what(self) -> list[str]:
        """Its issues."""
        return list(story.TOPICS)[: self.issues]

    def sayings(self) -> list[story.Saying]:
        """What was said by its parties about its issues."""
        return [
            one
            for one in story.SAYINGS
            if one.who in self.who and (one.issue in self.what or one.issue not in story.TOPICS)
        ]

    def claim(self, who: str, issue: str) -> str:
        """The claim about a party and an issue, as a scenario cites it; nothing where there is none."""
        said = [(one.who, one.issue) for one in self.sayings()]
        return f"{story.ARTICLE}.c{said.index((who, issue)) + 1}" if (who, issue) in said else ""


def project_texts(name: str, size: Size) -> Mapping[str, str]:
    """The files of a project, by their paths in it."""
    return {
        f"scenarios/{name}.yaml": "\n".join(_scenario(name, size)) + "\n",
        f"seeds/{story.ARTICLE}.yaml": "\n".join(_article(size)) + "\n",
        "seeds/stances.yaml": _STANCES.format(
            date=story.DATE,
            upper=story.UPPER,
            lower=story.LOWER,
            no=size.claim(story.UPPER, story.WATER),
            yes=size.claim(story.LOWER, story.WATER),
        ),
    }


def _scenario(name: str, size: Size) -> Iterator[str]:
    yield from _HEAD.format(
        name=name, title=story.TITLE, summary=_SUMMARY, date=story.DATE, article=story.ARTICLE
    ).splitlines()
    for issue in size.what:
        yield from _issue(issue)
    yield from _PARTIES_BEGIN.splitlines()
    for party in size.who:
        yield from _party(party, size)
    yield from _talks(size)


def _issue(issue: str) -> Iterator[str]:
    topic = story.TOPICS[issue]
    yield f"  {issue}:"
    yield f"    title: {topic.title}"
    yield f"    status_quo: {next(iter(topic.options))}"
    yield "    options:"
    yield from (f"      {option}: {meaning}" for option, meaning in topic.options.items())


def _party(party: str, size: Size) -> Iterator[str]:
    actor = story.ACTORS[party]
    yield f"  {party}:"
    yield f"    name: {actor.name}"
    yield f"    role: {actor.role}"
    yield from _priorities(party, size)
    if party in _LINES:
        yield from _LINES[party].format(claim=size.claim(party, story.WATER)).splitlines()
    first = party == story.UPPER
    expects = f"{{normal: {{mean: {actor.no_deal}, sd: 0.1, low: 0.0, high: 1.0}}}}"
    yield f"    no_deal: {{base: {expects}}}{'  # what a court would give it' if first else ''}"
    yield from (_CONCESSION_TOLD if first else _CONCESSION).splitlines()
    if first:
        yield "    good_faith: 0.85  # probability that it means to agree at all, and does not only play for time"
    if party == story.COUNTY:
        claim = size.claim(story.COUNTY, "clock")
        yield f"    patience: {{lognormal: {{median: 16, sd: 0.4}}, evidence: [{claim}]}}  # rounds"


def _priorities(party: str, size: Size) -> Iterator[str]:
    wants = {issue: want for issue, want in story.ACTORS[party].wants.items() if issue in size.what}
    shares = _hundredths([parts for parts, _ in wants.values()])
    yield "    priorities:"
    for share, (issue, (_, worth)) in zip(shares, wants.items(), strict=True):
        values = ", ".join(
            f"{option}: {value:g}" for option, value in zip(story.TOPICS[issue].options, worth, strict=True)
        )
        claim = size.claim(party, issue)
        source = f", evidence: [{claim}]" if claim else ""
        yield f"      {issue}: {{weight: {share / 100:g}, values: {{{values}}}{source}}}"


def _hundredths(parts: list[int]) -> list[int]:
    """Whole hundredths in these proportions that sum to 100; what rounding leaves goes to those who lost most."""
    exact = [100 * part / sum(parts) for part in parts]
    shares = [int(share) for share in exact]
    losers = sorted(range(len(parts)), key=lambda k: shares[k] - exact[k])
    for k in losers[: 100 - sum(shares)]:
        shares[k] += 1
    return shares


def _talks(size: Size) -> Iterator[str]:
    terms = (
        f"{{{story.WATER}: half, {story.BRIDGE}: rebuilt}}" if story.BRIDGE in size.what else f"{{{story.WATER}: half}}"
    )
    yield from _PROPOSAL.format(lower=story.LOWER, terms=terms, water=story.WATER).splitlines()
    yield from _consent(size)
    if story.COUNTY in size.who:
        yield from _LEVER.format(county=story.COUNTY, upper=story.UPPER).splitlines()
    yield from _PHASES.splitlines()


def _consent(size: Size) -> Iterator[str]:
    asked = [party for party in size.who if story.ACTORS[party].role == "stakeholder"]
    rules = []
    if story.COUNTY in size.who and story.BRIDGE in size.what:
        rules += ["  - says: The county pays for the bridge, so it must agree", f"    all_of: [{story.COUNTY}]"]
        rules += [f"    when: {{{story.BRIDGE}: changed}}"]
    if asked:
        rules += ["  - says: Most of those who live off the river must agree to any deal"]
        rules += [f"    at_least: {len(asked) // 2 + 1}", f"    of: [{', '.join(asked)}]"]
    if rules:
        yield from (
            "",
            "# Who must agree besides the belligerents; `changed` is any option but the status quo.",
            "consent:",
        )
        yield from rules


def _article(size: Size) -> Iterator[str]:
    yield from _ARTICLE.format(article=story.ARTICLE, date=story.DATE).splitlines()
    for number, one in enumerate(size.sayings(), 1):
        yield from (f"  - id: c{number}", f"    who: {one.who}", f"    by: {one.by}", f"    issue: {one.issue}")
        yield from (f"    kind: {one.kind}", f'    text: "{one.text}"')


_SUMMARY = textwrap.indent(textwrap.fill(story.SUMMARY, 110), "  ")

_HEAD = """\
# A made-up dispute to start from. Change whatever you like; `sim check {name}` says what does not fit.
title: {title}
summary: >-
{summary}
date: "{date}"
# Every number needs a source: `evidence` lists claims of ../seeds/{article}.yaml, `assumed` gives a reason.
# This reason holds for every number below that has no source of its own.
assumed: made up, to show how a scenario is written

# What there is to settle. The status quo is the option that holds while nothing is agreed.
# Where an id reads badly in tables, give a label: `half: {{says: Each town has half, label: half each}}`.
issues:"""

_PARTIES_BEGIN = """
# Weights of priorities are uncertain by about a fifth, and nobody reads the others perfectly.
every_party: {weights_sd: 0.2, insight: 0.7}

# Who negotiates. Every deal needs all belligerents; a mediator may press, and leave; a stakeholder has a say.
# A party's weights sum to 1. The value of an option goes from 0 (worst) to 1 (best).
parties:"""

_LINES = {
    story.UPPER: """\
    red_lines:  # what it refuses, whatever else is in the deal
      - id: no_halving
        says: The water is not halved
        refuses: {{water: half}}
        firmness: {{triangular: [0.6, 0.8, 0.9], evidence: [{claim}]}}  # probability that the line is real
        yield: 0.3  # how much of that full pressure takes away""",
    story.LOWER: """\
    red_lines:
      - id: not_as_it_is
        says: No deal leaves the water as it is
        refuses: {{water: free}}
        firmness: {{triangular: [0.7, 0.9, 1.0], evidence: [{claim}]}}
        yield: 0.1""",
}

_CONCESSION_TOLD = """\
    concession:  # how it comes down from its best package
      exponent: {lognormal: {median: 1.0, sd: 0.5}}  # below 1 late, above 1 early
      deadline: {lognormal: {median: 16, sd: 0.4}}  # rounds until it asks no more than it has without a deal"""

_CONCESSION = """\
    concession:
      exponent: {lognormal: {median: 1.0, sd: 0.5}}
      deadline: {lognormal: {median: 16, sd: 0.4}}"""

_PROPOSAL = """
# What is on the table at the start. Of agreements the page says how many keep the core of it.
proposal:
  by: {lower}
  terms: {terms}
  core: [{water}]"""

_LEVER = """
# A means of one party against another: it makes red lines yield, or no deal worth less.
levers:
  - id: money_held_back
    says: The county holds back its money unless Upper Town moves
    by: {county}
    on: {upper}
    when: {{refusals: 6}}
    pressure: {{triangular: [0.2, 0.4, 0.6]}}
    no_deal: {{{upper}: -0.05}}"""

_PHASES = """
# How long the talks may take. A round is a week.
phases:
  - {id: talks, rounds: 20, speakers: [upper, lower]}"""

_ARTICLE = """\
# What was said, one claim each, in our own words. The scenario cites them as {article}.c1 and so on.
id: {article}
title: Who owns the river?
outlet: The River News (made up)
date: {date}
dated_by: printed on the page
claims:"""

_STANCES = """\
# What parties are reported to have answered to proposals. `sim check` and `sim stances` ask the model the same.
# They are there to check the model: do not turn a number until they fit.
stances:
  - id: s1
    date: {date}
    party: {upper}
    proposal: {{water: half}}
    about: half of the water for each town
    answer: reject
    claims: [{no}]
  - id: s2
    date: {date}
    party: {lower}
    proposal: {{water: half}}
    about: half of the water for each town
    answer: accept
    claims: [{yes}]
"""
