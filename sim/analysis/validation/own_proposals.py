"""Each party's own documented proposals put back to it by others.

A party that turns down its own proposal contradicts itself, unless going on is worth more to it than what it proposes. The
question is put in two ways.

As tabled: the others hand back the text as the party itself would table it. What it leaves open is as its position has
it, and as it holds where that is silent. A text is silent on nothing, so all lines of the party count, not only those about
what was named. In talks a party takes its own text down to its fallback, however much it still asks of others. So the
measure is what the engine holds a vote against, and being the author gives no bonus beyond that.

Bare: the others take the party at its word and add none of its further demands. What it leaves open is as it holds. Here
turning down is no contradiction: it says how much hangs on what the party has left unsaid.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sim.analysis.validation.answer_probabilities import Answer, put
from sim.analysis.validation.questions import questions
from sim.evidence import Stance
from sim.game import Game


@dataclass(frozen=True)
class PutBack:
    """A party's own proposal, put back to it in both ways."""

    stance: Stance
    tabled: Answer
    bare: Answer

    def is_taken(self) -> bool:
        """Whether the party takes what it would table itself at least as often as not."""
        return self.tabled.takes() >= 0.5


def put_back(game: Game, stances: Sequence[Stance], worlds: int, seed: int) -> tuple[PutBack, ...]:
    """Put what parties propose back to them, in worlds 0 to `worlds` - 1 of a seed; other stances are left out."""
    own = [stance for stance in stances if stance.answer == "proposes"]
    tabled = put(game, questions(game, own, own=[True] * len(own), whole=True), worlds, seed)
    bare = put(game, questions(game, own, own=[False] * len(own)), worlds, seed)
    return tuple(PutBack(*each) for each in zip(own, tabled, bare, strict=True))
