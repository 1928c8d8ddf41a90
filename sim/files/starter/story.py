"""The made-up dispute of `sim new`: more parties and issues than any scenario needs, the most important first."""

from collections.abc import Mapping
from dataclasses import dataclass

TITLE = "Two towns and a river"
SUMMARY = (
    "Upper Town and Lower Town live off one river. After two dry summers they talk about the water and what goes with it. "
    "If they do not agree, a court decides."
)
DATE = "2024-06"
ARTICLE = "river-news"
WATER, BRIDGE = "water", "bridge"
UPPER, LOWER, COUNTY = "upper", "lower", "county"


@dataclass(frozen=True)
class Topic:
    """An issue; the first option holds while nothing is agreed."""

    title: str
    options: Mapping[str, str]


@dataclass(frozen=True)
class Actor:
    """A party, and what it wants: for each issue its concern, in parts, and what each option is worth to it."""

    name: str
    role: str
    wants: Mapping[str, tuple[int, tuple[float, ...]]]
    no_deal: float


@dataclass(frozen=True)
class Saying:
    """A claim of the made-up article."""

    who: str
    by: str
    issue: str
    kind: str
    text: str


TOPICS: Mapping[str, Topic] = {
    WATER: Topic(
        "Who may take how much water",
        {"free": "Each town takes what it wants", "quota": "Each town has a quota", "half": "Each town has half"},
    ),
    BRIDGE: Topic(
        "The bridge",
        {"closed": "It stays closed", "repaired": "It is repaired, for people", "rebuilt": "A new one is built, for lorries"},
    ),
    "costs": Topic(
        "Who pays for the works",
        {"open": "That is left open", "shared": "Each town pays half", "by_use": "Each town pays by what it uses"},
    ),
    "sewage": Topic(
        "The sewage works",
        {"none": "There is none", "upper_only": "Upper Town builds its own", "joint": "The towns build one for both"},
    ),
    "meadow": Topic(
        "The meadow above the bend",
        {"left": "It is left as it is", "flooded": "The river may flood it", "built_on": "Upper Town builds on it"},
    ),
    "fishing": Topic(
        "Who may fish",
        {"anybody": "Anybody, all year", "licence": "Whoever has a licence", "closed_season": "Nobody in spring"},
    ),
    "weir": Topic(
        "The old weir",
        {"stays": "It stays", "ladder": "It has a ladder for fish", "removed": "It is taken down"},
    ),
    "gauges": Topic(
        "Who measures the water",
        {"nobody": "Nobody", "each": "Each town for itself", "together": "Both towns together"},
    ),
}  # fmt: skip

ACTORS: Mapping[str, Actor] = {
    UPPER: Actor(
        "Upper Town",
        "belligerent",
        {
            WATER: (5, (1.0, 0.6, 0.0)), BRIDGE: (3, (0.0, 0.6, 1.0)), "costs": (2, (0.4, 0.0, 1.0)),
            "sewage": (2, (0.6, 0.0, 1.0)), "meadow": (2, (0.4, 0.0, 1.0)), "fishing": (1, (1.0, 0.5, 0.0)),
            "weir": (1, (1.0, 0.6, 0.0)), "gauges": (1, (1.0, 0.7, 0.0)),
        },
        0.5,
    ),
    LOWER: Actor(
        "Lower Town",
        "belligerent",
        {
            WATER: (5, (0.0, 0.7, 1.0)), BRIDGE: (2, (0.0, 0.5, 1.0)), "costs": (3, (0.3, 1.0, 0.0)),
            "sewage": (3, (0.0, 1.0, 0.8)), "meadow": (2, (0.3, 1.0, 0.0)), "fishing": (1, (0.0, 0.6, 1.0)),
            "weir": (1, (0.0, 0.7, 1.0)), "gauges": (1, (0.0, 0.5, 1.0)),
        },
        0.3,
    ),
    COUNTY: Actor(
        "The county",
        "mediator",
        {
            WATER: (4, (0.0, 1.0, 0.8)), BRIDGE: (4, (0.0, 1.0, 0.5)), "costs": (2, (0.0, 1.0, 0.9)),
            "sewage": (2, (0.0, 0.4, 1.0)), "meadow": (1, (0.2, 1.0, 0.0)), "fishing": (1, (0.0, 1.0, 0.5)),
            "weir": (1, (0.0, 1.0, 0.5)), "gauges": (2, (0.0, 0.5, 1.0)),
        },
        0.2,
    ),
    "mill": Actor(
        "The paper mill",
        "stakeholder",
        {
            WATER: (5, (1.0, 0.6, 0.0)), BRIDGE: (2, (0.0, 0.2, 1.0)), "costs": (1, (1.0, 0.6, 0.0)),
            "sewage": (1, (1.0, 0.5, 0.0)), "weir": (3, (1.0, 0.5, 0.0)),
        },
        0.3,
    ),
    "anglers": Actor(
        "The anglers' club",
        "stakeholder",
        {
            WATER: (3, (0.0, 0.8, 1.0)), "sewage": (2, (0.0, 0.5, 1.0)), "fishing": (3, (0.0, 0.6, 1.0)),
            "weir": (2, (0.0, 0.8, 1.0)),
        },
        0.3,
    ),
    "farmers": Actor(
        "The farmers below the bend",
        "stakeholder",
        {
            WATER: (4, (0.0, 0.6, 1.0)), BRIDGE: (2, (0.0, 0.4, 1.0)), "costs": (1, (0.5, 0.0, 1.0)),
            "meadow": (2, (0.5, 0.0, 1.0)), "gauges": (1, (0.0, 0.6, 1.0)),
        },
        0.3,
    ),
}  # fmt: skip

SAYINGS: tuple[Saying, ...] = (
    Saying(
        UPPER, "the mayor of Upper Town", WATER, "stated", "Upper Town will not halve the water; it was there first."
    ),
    Saying(
        LOWER, "the mayor of Lower Town", WATER, "stated", "It cannot go on as it is: the wells of Lower Town ran dry."
    ),
    Saying(
        UPPER, "a shopkeeper", BRIDGE, "reported", "Shops in Upper Town lost a third of their custom with the bridge."
    ),
    Saying(LOWER, "the treasurer of Lower Town", "costs", "stated", "Lower Town pays half of the works and no more."),
    Saying(
        LOWER,
        "the doctor of Lower Town",
        "sewage",
        "stated",
        "What Upper Town lets into the river makes people ill.",
    ),
    Saying(UPPER, "a builder", "meadow", "reported", "Upper Town has nowhere left to build but on the meadow."),
    Saying(COUNTY, "the county engineer", "clock", "stated", "The county helps with the talks until the autumn."),
    Saying("mill", "the manager of the mill", WATER, "stated", "With half of the water the mill stands still."),
    Saying("anglers", "the anglers' club", WATER, "stated", "In summer too little water is left for fish."),
    Saying("farmers", "a farmer", WATER, "reported", "The farmers need water in July, whoever else does."),
)
"""In order of the article. Each speaks for what its party wants on the issue, or about the clock."""
