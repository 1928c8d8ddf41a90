"""Agendas of more packages than are visited one by one: a sample of them, and what it says of all."""

import numpy as np

from sim.analysis.exact.questions import Questions, question_at
from sim.analysis.exact.spaces import Space
from sim.analysis.feasible import answers
from sim.game import Flags, Floats, Ints, Rulebook, World
from sim.rules.compiled import compiled
from sim.rules.packages import package_value


def sample(space: Space, size: int, seed: int) -> Ints:
    """Numbers of `size` packages, each as likely as any other, drawn with replacement."""
    return np.random.Generator(np.random.Philox(key=seed)).integers(0, space.total, size)


@compiled
def find_in_zone(
    g: Rulebook, w: World, q: Questions, posed: int, packages: Ints, in_zone: Flags, value: Floats
) -> None:
    """Say which packages [S, I] answer any of the questions [S], and what they are worth [S, P]."""
    for n in range(packages.shape[0]):
        for j in range(posed):
            q.lowest[:] = q.threshold[j]
            if answers(question_at(g, w, q, j), packages[n]):
                in_zone[n] = True
                for p in range(value.shape[1]):
                    value[n, p] = package_value(g, w, p, packages[n])
                break
