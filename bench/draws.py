"""Random complaints for the simulations: a city of cells, weekly counts that are Poisson or cluster, and days between complaints."""
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

AREAS = np.array([3.0, 2.4, 1.9, 1.5, 1.2, 0.9, 0.7, 0.5])  # thousands of active retailers
LEAVES = 28
COMMONEST, RAREST = 5.0, 0.1  # complaints per 1,000 retailers and week; the leaves between lie evenly on a logarithmic scale

Numbers = NDArray[np.float64]


def city() -> tuple[Numbers, Numbers]:
    """The ordinary complaints a week and the exposure of each cell; the first is the commonest leaf in the largest area, 15 a week."""
    rates = np.geomspace(COMMONEST, RAREST, LEAVES)
    return np.outer(rates, AREAS).ravel(), np.tile(AREAS, LEAVES)


def clustered(random: Generator, means: Numbers, variance: float) -> Numbers:
    """Counts with these means and `variance` times as much variance (negative binomial; 1: Poisson)."""
    if variance > 1:
        means = random.gamma(means / (variance - 1), variance - 1)
    return random.poisson(means).astype(float)


def gaps(random: Generator, shape: tuple[int, ...], variance: float) -> Numbers:
    """Times between complaints, one on average, with `variance` times the variance of independent ones (gamma)."""
    return random.gamma(1 / variance, variance, shape)
