"""The core points of the ranking system as an OpenFisca country package, vectorised in its usual idiom.

For the benchmark only: one person a candidate, parameters in YAML, formulas on whole columns.
"""

from pathlib import Path

from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from bench.openfisca_country.variables import COMPUTED, INPUTS, Person


class CountryTaxBenefitSystem(TaxBenefitSystem):
    """Persons only: a candidate has no household here."""

    def __init__(self) -> None:
        super().__init__([Person])
        self.add_variables(*INPUTS, *COMPUTED)
        self.load_parameters(str(Path(__file__).parent / "parameters"))
