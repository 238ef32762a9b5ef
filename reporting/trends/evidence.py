"""How sure a rise is (pure): an exact test of the weeks that a rule names, and the share of false alarms over all charts."""
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc

from reporting.trends.chart import widening
from reporting.trends.rules import RULES, Points, rising

RATE = 0.1  # the expected share of false ones among the signals of one week


@dataclass(frozen=True)
class Signals:
    """What one look at many charts found.

    `rules` (rule x chart) hold upwards; `p` is the chart's own; `adjusted` is what the false discovery rate is compared with; `found`
    are the charts that may open an improvement item.
    """

    rules: NDArray[np.bool_]
    p: Points
    adjusted: Points
    found: NDArray[np.bool_]

    def trigger(self, chart: int, last: int) -> range:
        """The points up to `last` that the rules of a found chart name: its improvement item never compares with them."""
        return range(last + 1 - max(rule.points for rule in RULES if rule.name in self.names(chart)), last + 1)

    def names(self, chart: int) -> tuple[str, ...]:
        """The rules that hold in one of the charts."""
        return tuple(rule.name for rule, holds in zip(RULES, self.rules[:, chart], strict=True) if holds)


def excess(now: Points, exposure: Points, before: Points, exposure_before: Points, dispersion: Points = 1.0) -> Points:
    """The probability of so many complaints now, if the rate is the one of before.

    Given the sum, the count now is binomial with the share of the exposure (Przyborowski & Wilenski, Biometrika 31, 1940), so the
    uncertainty of the baseline is in it. Over-dispersed counts weigh like fewer: both are divided by variance / mean (quasi-Poisson).
    """
    return betainc(now / dispersion, before / dispersion + 1, exposure / (exposure + exposure_before))


def p_values(z: Points, counts: Points, exposures: Points, baseline: slice, dispersion: Points) -> tuple[NDArray[np.bool_], Points]:
    """The rules that hold upwards at the last point, and one p for each chart: 1 where none does.

    Each rule is judged by the points that it names against the baseline before them, and pays for its share of the false alarms
    (Bonferroni), so that more rules are no more chances; the smallest p counts.
    """
    holding = rising(z)
    p = np.ones(z.shape[:-1])
    for rule, holds in zip(RULES, holding, strict=True):
        first = z.shape[-1] - rule.points
        before = slice(baseline.start, min(baseline.stop, first))
        if holds.any():
            sums = (part[holds][..., where].sum(-1) for where in (slice(first, None), before) for part in (counts, exposures))
            p[holds] = np.minimum(p[holds], excess(*sums, dispersion[holds]) / rule.share)
    return holding, p


def shared(sigma_z: Points, usable: NDArray[np.bool_]) -> Points:
    """Variance / mean of each chart: half its own estimate, half the mean of all usable ones, never below that mean nor one.

    An estimate from a dozen or two points is off by a third; the charts in which it is low by chance would give the false alarms.
    """
    own = sigma_z**2
    mean = np.where(usable, own, 0).sum(-1, keepdims=True) / np.maximum(usable.sum(-1, keepdims=True), 1)
    return widening(np.maximum((own + mean) / 2, mean))


def judged(holding: NDArray[np.bool_], p: Points, weights: Points, rate: float = RATE) -> Signals:
    """The signals among many charts: p by Benjamini & Hochberg (J. R. Statist. Soc. B 57, 1995), so that more charts are no more alarms.

    `weights` say where a false alarm may be spent, their mean counting as one (Genovese, Roeder & Wasserman, Biometrika 93, 2006);
    they come from the baseline alone. A chart with weight 0 never signals.
    """
    mean = weights.mean(-1, keepdims=True)
    share = np.divide(weights, mean, out=np.zeros_like(p), where=mean > 0)
    weighted = np.divide(p, share, out=np.ones_like(p), where=share > 0)
    comparable = adjusted(np.minimum(weighted, 1))
    return Signals(holding, p, comparable, (comparable <= rate) & holding.any(0) & (share > 0))


def adjusted(p: Points) -> Points:
    """p as Benjamini & Hochberg (1995) compare them with the rate: the smallest of p·n/rank over all that are not smaller.

    scipy.stats has the same; importing it costs every process of ours a second and 100 MB.
    """
    number = p.shape[-1]
    order = np.argsort(p, axis=-1)
    scaled = np.take_along_axis(p, order, -1) * number / np.arange(1, number + 1)
    least = np.minimum.accumulate(scaled[..., ::-1], axis=-1)[..., ::-1]
    found = np.empty_like(least)
    np.put_along_axis(found, order, np.minimum(least, 1), -1)
    return found
