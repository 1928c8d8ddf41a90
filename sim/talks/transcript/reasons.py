"""Why a party offers or refuses what it does, as small frozen records; numbers as in `entries`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Outlook:
    """What going on without agreement is worth to a party, and of what that is made."""

    odds: tuple[float, ...]  # of each future, as the party sees them; none where a scenario names no futures
    prospects: tuple[float, ...]  # what each future is worth to it
    going_on: float  # the mean of these; without futures what going on is worth in all
    cost: float  # of the fighting, so far and ahead
    levers: float  # what levers that are pulled add
    threats: float  # what levers and departures that are threatened add
    premium: float  # what a deal must be worth more, since it may not last

    @property
    def total(self) -> float:
        """The no-deal value."""
        return self.going_on - self.cost + self.levers + self.threats + self.premium

    @property
    def moving(self) -> tuple[float, ...]:
        """The parts that change in a run: going on, its cost, levers and threats, as they add up."""
        return self.going_on, -self.cost, self.levers, self.threats


@dataclass(frozen=True)
class Given:
    """What a party has been given by its adversary: the best that this has offered, or that a mediator has drafted."""

    to: int
    by: int
    best: float | None  # worth of that to the party; None before anything counts
    hoped: float  # worth to it of the adversary's position
    asked: float  # what it asked first
    share: float  # of the way from the one to the other


@dataclass(frozen=True)
class Gift:
    """An option that is for some parties to give, where a text has it for the first time."""

    issue: int
    option: int
    givers: tuple[int, ...]
