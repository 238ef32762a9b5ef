"""Laney's u' chart of weekly rates (pure): complaints per 1,000 active retailers and week, with limits that know over-dispersion."""
import numpy as np

from reporting.trends.chart import SIGMAS, Chart, spread, widening
from reporting.trends.rules import Points


def u_chart(counts: Points, exposures: Points, baseline: slice) -> Chart:
    """The chart of weekly counts; `exposures` are active retailers / 1,000 in each week; the baseline weeks set centre and limits.

    D. B. Laney, Improved control charts for attributes, Quality Engineering 14 (2002), 531-537. Raises ValueError for an exposure
    that is not positive: without a retailer there is no rate.
    """
    if (np.asarray(exposures) <= 0).any():
        raise ValueError("Every week needs active retailers")
    rates = counts / exposures
    centre = counts[..., baseline].sum(-1, keepdims=True) / exposures[..., baseline].sum(-1, keepdims=True)
    chance = np.sqrt(centre / exposures)
    z = np.divide(rates - centre, chance, out=np.zeros_like(rates), where=chance > 0)
    sigma_z = spread(z[..., baseline])
    sigma = chance * widening(sigma_z)[..., None]
    return Chart(rates, centre[..., 0], np.maximum(centre - SIGMAS * sigma, 0), centre + SIGMAS * sigma, z / widening(sigma_z)[..., None], sigma_z)
