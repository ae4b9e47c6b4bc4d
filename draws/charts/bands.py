"""IRCC's score bands, in which the pool is published with each round."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Band:
    """Scores from ``low`` to ``high``, both included; ``column`` is the published file's column."""

    low: int
    high: int

    @property
    def column(self) -> str:
        return f"crs_{self.low}_{self.high}"


BANDS = (
    Band(601, 1200),
    Band(501, 600),
    Band(491, 500),
    Band(481, 490),
    Band(471, 480),
    Band(461, 470),
    Band(451, 460),
    Band(441, 450),
    Band(431, 440),
    Band(421, 430),
    Band(411, 420),
    Band(401, 410),
    Band(351, 400),
    Band(301, 350),
    Band(0, 300),
)
