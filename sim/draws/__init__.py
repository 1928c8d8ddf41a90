"""(seed, run) -> uniforms -> worlds. The only place where chance enters, and no rule ever draws a number.

Every uncertain number has a stream of its own, keyed by its path, with the run as counter. So a number added to a scenario
shifts no other draw, run k is the same in any chunk, and the same draws serve every setting of the parameters (common
random numbers).
"""

from sim.draws.drawn_numbers import drawn_scores, in_own_units
from sim.draws.independent_draws import influences
from sim.draws.quantiles import QUANTILES, quantile
from sim.draws.streams import SMALLEST, STATED, Again, Medians, Moved, Remembered, Uniforms
from sim.draws.worlds import dates, draw_numbers, realise, stated_world

__all__ = [
    "QUANTILES",
    "SMALLEST",
    "STATED",
    "Again",
    "Medians",
    "Moved",
    "Remembered",
    "Uniforms",
    "dates",
    "draw_numbers",
    "drawn_scores",
    "in_own_units",
    "influences",
    "quantile",
    "realise",
    "stated_world",
]
