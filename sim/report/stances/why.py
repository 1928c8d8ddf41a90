"""Why the model's party takes or refuses what it is asked, in plain words."""

from sim.analysis.validation.answer_probabilities import Answer, Reply
from sim.report.wording.figures import part
from sim.scenario import Scenario

FEWEST = 0.05  # share of worlds from which a further reason is told
AGAINST = {
    "no_deal": "no deal",
    "stalemate": "what holds now",
    "opening": "what holds now with what the talks that follow may bring",
}


def why_missed(scenario: Scenario, reply: Reply) -> str:
    """Why the model's party mostly says the opposite of what is reported; nothing where it answers as reported."""
    if reply.is_hit():
        return ""
    if reply.reported_takes():
        return why_refused(scenario, reply.stance.party, reply.answer)
    taken = part(reply.answer.takes(), reply.answer.worlds)
    return f"taken in {taken} though reported as rejected: {why_taken(scenario, reply.stance.party, reply.answer)}"


def why_refused(scenario: Scenario, party: str, answer: Answer) -> str:
    """In how many worlds a party refuses, and the red lines and terms that make it."""
    parts = [_foremost(scenario, party, answer)]
    if answer.short() >= FEWEST:
        dear = "though no term is worse than what holds now"
        if answer.dearest is not None:
            dear = f"most for {scenario.issues[answer.dearest].title}"
        parts.append(f"no line binds but it is worth too little in {part(answer.short(), answer.worlds)}, {dear}")
    said = [part for part in (*parts, _worth(answer)) if part]
    return f"refused in {part(1.0 - answer.takes(), answer.worlds)}: {'; '.join(said)}"


def why_taken(scenario: Scenario, party: str, answer: Answer) -> str:
    """What little stands against a package that is taken, and what it is worth."""
    line = _foremost(scenario, party, answer)
    stands = f"only {line}" if line else "no red line of its own stands against it"
    return f"{stands}; {_worth(answer)}"


def _line(scenario: Scenario, party: str, line_id: str) -> str:
    return next(line.says for line in scenario.parties[party].red_lines if line.id == line_id)


def _worth(answer: Answer) -> str:
    size, other = f"{abs(answer.margin):.2f}", AGAINST[answer.against]
    if float(size) == 0.0:
        return f"on average it is worth as much as {other}"
    return f"on average it is worth {size} {'more' if answer.margin > 0.0 else 'less'} than {other}"


def _foremost(scenario: Scenario, party: str, answer: Answer) -> str:
    """The red line that most often stands against the package, with its share; nothing where none does."""
    standing = [(line, share) for line, share in answer.lines.items() if share >= FEWEST]
    if not standing:
        return ""
    (line, share), *others = standing
    more = f" ({len(others)} other line{'s'[: len(others) - 1]} more seldom)" if others else ""
    return f"'{_line(scenario, party, line)}' binds in {part(share, answer.worlds)}{more}"
