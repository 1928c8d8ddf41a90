"""Small parties at random, as plain data: what they want, what they refuse, what they have without a deal."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from hypothesis import strategies as st

Plain = dict[str, Any]

FAVOURED = "p0"  # by the fortunes of war

SHARES = st.sampled_from([0.0, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 1.0])


@dataclass(frozen=True)
class Frame:
    """What the parts of a game must agree on."""

    options: dict[str, list[str]]  # of each issue
    status_quo: dict[str, str]  # none in some games
    roles: dict[str, str]  # of each party
    futures: bool = False  # what going on may lead to is stated

    @property
    def issues(self) -> list[str]:
        return list(self.options)

    @property
    def parties(self) -> list[str]:
        return list(self.roles)

    def mediators(self) -> list[str]:
        return [party for party, role in self.roles.items() if role == "mediator"]


@cache
def numbers(low: float, high: float) -> st.SearchStrategy[Any]:
    """A number between two bounds, in every form that fits."""
    width = high - low
    inner = low + 0.3 * width, low + 0.6 * width
    forms: list[st.SearchStrategy[Any]] = [
        st.floats(0, 1).map(lambda u: round(low + u * width, 3)),
        st.sampled_from([low, high]),
        st.just({"triangular": [low, inner[0], high]}),
        st.just({"uniform": list(inner)}),
        st.just({"normal": {"mean": inner[0], "sd": width / 4, "low": low, "high": high}}),
    ]
    if (low, high) == (0.0, 1.0):
        forms.append(st.just({"beta": {"mean": 0.4, "sd": 0.2}}))
    if low > 0.0:
        forms.append(
            st.just({"lognormal": {"median": max(inner[0], 10 * low) if high > 10 * low else inner[0], "sd": 0.4}})
        )
    return st.one_of(forms)


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def sometimes(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """In a third of the draws: there are many mechanisms, and a game with all of them hides what each does."""
    return st.integers(0, 2).flatmap(lambda k: strategy if k == 2 else st.none())


def given_only(**entries: Any) -> Plain:
    """Without the entries that are left out."""
    return {key: value for key, value in entries.items() if value is not None and value not in ([], {})}


def some(names: list[str], least: int = 1, most: int | None = None) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(names), min_size=least, max_size=most or len(names), unique=True)


@st.composite
def clauses(draw: Any, frame: Frame, issues: int = 2, least: int = 1) -> Plain:
    """A condition over a few issues that some package does not match."""
    clause: Plain = {}
    for issue in draw(some(frame.issues, min(least, len(frame.issues)), min(issues, len(frame.issues)))):
        options = frame.options[issue]
        if issue in frame.status_quo and draw(st.booleans()):
            clause[issue] = "changed"
        else:
            clause[issue] = draw(some(options, 1, len(options) - 1))
    return clause


@st.composite
def terms(draw: Any, frame: Frame, issues: list[str]) -> Plain:
    """Options for all of some issues."""
    return {issue: draw(st.sampled_from(frame.options[issue])) for issue in issues}


@st.composite
def priorities(draw: Any, frame: Frame) -> Plain:
    """Weights that sum to 1 and values, now and then in a stated strict order."""
    issues = draw(some(frame.issues))
    points = [draw(st.integers(1, 4)) for _ in issues]
    found: Plain = {}
    for issue, point in zip(issues, points, strict=True):
        options = frame.options[issue]
        if draw(st.booleans()):
            order = draw(st.permutations(options))
            values = {option: k / (len(order) - 1) for k, option in enumerate(order)}
        else:
            order, values = None, {option: draw(SHARES) for option in options}
        found[issue] = given_only(weight=point / sum(points), values=values, order=order)
    return found


@st.composite
def red_lines(draw: Any, frame: Frame, party: str, known: list[str]) -> list[Plain]:
    found = []
    for k in range(draw(st.integers(0, 2))):
        line = given_only(
            id=f"{party}_line{k}",
            says=f"{party} does not have line {k} crossed",
            refuses=draw(clauses(frame)),
            firmness=draw(numbers(0.0, 1.0)),
            declared=draw(maybe(st.just(False))),
            same_as=draw(maybe(st.sampled_from(known))) if known else None,
        )
        line["yield"] = draw(numbers(0.0, 1.0))
        found.append(line)
    return found


@st.composite
def protections(draw: Any, frame: Frame) -> Plain:
    """What makes a deal last, on one or two issues: together less than the whole doubt."""
    return {
        issue: {"adds": {option: draw(numbers(0.0, 0.45)) for option in draw(some(frame.options[issue]))}}
        for issue in draw(some(frame.issues, 1, 2))
    }


def winning(party: str, role: str) -> st.SearchStrategy[Any]:
    """How a confident party sees the war: a belligerent further on its own side than it does otherwise."""
    if role != "belligerent":
        return numbers(-0.5, 1.0)
    return numbers(0.55, 1.0) if party == FAVOURED else numbers(-1.0, -0.55)


@st.composite
def outlooks(draw: Any, frame: Frame, party: str) -> Plain:
    """What a party puts forward, how it bargains from there, and how it sees the war and a deal's chances."""
    role = frame.roles[party]
    trust = draw(sometimes(numbers(0.05, 1.0)))
    confident = st.fixed_dictionaries({"share": numbers(0.0, 1.0), "optimism": winning(party, role)})
    return given_only(
        position=draw(sometimes(terms(frame, draw(some(frame.issues))))),
        opening=draw(sometimes(numbers(0.0, 1.0))),
        reciprocity=draw(sometimes(numbers(0.0, 1.0))),
        optimism=draw(sometimes(numbers(-0.5, 0.5))) if frame.futures else None,
        confident=draw(sometimes(confident)) if frame.futures else None,
        trust=trust,
        rearm=draw(maybe(numbers(0.0, 1.0))) if trust else None,
        protections=draw(maybe(protections(frame))) if trust else None,
        loss_aversion=draw(sometimes(numbers(1.0, 2.5))) if role == "belligerent" else None,
    )


@st.composite
def neutral(draw: Any, frame: Frame, party: str, known: list[str]) -> Plain:
    """A mediator without stakes of its own."""
    return given_only(
        name=f"Party {party}",
        role="mediator",
        red_lines=draw(red_lines(frame, party, known)),
        good_faith=draw(maybe(numbers(0.0, 1.0))),
        patience=draw(maybe(numbers(0.5, 8.0))),
        bias={draw(st.sampled_from(frame.parties)): draw(numbers(0.5, 2.0))},
        **draw(outlooks(frame, party)),
    )


@st.composite
def parties(draw: Any, frame: Frame, party: str, known: list[str]) -> Plain:
    """One party; `known` are red lines of others that one of its own may be the same as."""
    if frame.roles[party] == "mediator" and draw(st.integers(0, 2)) == 2:
        return draw(neutral(frame, party, known))  # type: ignore[no-any-return]
    links = st.fixed_dictionaries(
        {"says": st.just("they go together"), "when": clauses(frame, 3, 2), "bonus": numbers(-0.12, 0.12)}
    )
    linkages = [{"id": f"link{k}", **link} for k, link in enumerate(draw(st.lists(links, max_size=2)))]
    bare = [issue for issue in frame.issues if issue not in frame.status_quo]
    like = draw(maybe(terms(frame, draw(some(frame.issues)) if not bare else frame.issues)))
    mediates = frame.roles[party] == "mediator"
    return given_only(
        name=f"Party {party}",
        role=frame.roles[party],
        priorities=draw(priorities(frame)),
        no_deal=given_only(
            like=like,
            plus=draw(maybe(numbers(-0.2, 0.2))) if like else None,
            base=None if like or (frame.futures and draw(st.booleans())) else draw(numbers(0.0, 0.6)),
            momentum=draw(maybe(numbers(0.0, 0.5))),
            cost=draw(numbers(0.0, 0.05) if frame.futures else maybe(numbers(0.0, 0.05))),
        ),
        concession={"exponent": draw(numbers(0.2, 3.0)), "deadline": draw(numbers(0.5, 12.0))},
        red_lines=draw(red_lines(frame, party, known)),
        linkages=[link for link in linkages if len(link["when"]) > 1],
        weights_sd=draw(maybe(st.just(0.3))),
        values_sd=draw(maybe(st.just(0.1))),
        insight=draw(maybe(numbers(0.0, 1.0))),
        good_faith=draw(maybe(st.just(1.0) | numbers(0.0, 1.0))),
        exposed_after=draw(maybe(st.integers(1, 3))),
        patience=draw(maybe(numbers(0.5, 8.0))) if mediates else None,
        bias={draw(st.sampled_from(frame.parties)): draw(numbers(0.5, 2.0))} if mediates else None,
        **draw(outlooks(frame, party)),
    )
