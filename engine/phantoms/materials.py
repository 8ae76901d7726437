"""What stops X-rays: linear attenuation coefficients at one energy, and Beer–Lambert.

Mass attenuation coefficients μ/ρ at 60 keV (cm²/g) and densities ρ (g/cm³) from J. H. Hubbell and
S. M. Seltzer, NIST Standard Reference Database 126, tables 2 and 4 (materials of ICRU Report 44):

    tissue           μ/ρ      ρ        μ (1/cm)
    soft tissue      0.2048   1.06     0.217
    bone, cortical   0.3148   1.92     0.604
    lung, inflated   0.2053   0.26     0.053   (density: ICRP Publication 89)
    air, dry         0.1875   0.0012   0.0002

One energy stands for the whole spectrum of a chest film: there is no beam hardening here.
"""

import numpy as np

from engine.types import Floats

ENERGY_KEV = 60
SOFT = 0.2048 * 1.06
BONE = 0.3148 * 1.92
LUNG = 0.2053 * 0.26
AIR = 0.1875 * 0.001205
LEAD = 5.0  # line integral of a side marker; more could not be told from it on the film


def transmission(line_integral: Floats) -> Floats:
    """Share of photons that pass: exp(−Σ μ·t) of line integrals Σ μ·t (Beer–Lambert law)."""
    return np.exp(-line_integral).astype(np.float32)
