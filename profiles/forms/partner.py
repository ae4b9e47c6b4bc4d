"""What the candidate is asked as well, asked about the spouse or partner."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from eligibility.fields import Explanation, YesNoField
from eligibility.forms import FirstLanguageForm, StudiedTwoYearsForm
from eligibility.forms.person import OFFICIAL_LANGUAGES


class PartnerFirstLanguageForm(FirstLanguageForm):
    """``{"first_official_language": "en"}`` of the partner."""

    first_official_language = forms.ChoiceField(
        label=_("Which is the first official language of your spouse or partner?"),
        help_text=_("The one with the better test results, as a rule."),
        choices=OFFICIAL_LANGUAGES,
        widget=forms.RadioSelect,
    )
    explanations: ClassVar = {
        "first_official_language": [
            Explanation(
                _("Does my choice matter?"),
                [_("Yes. Of your partner only a test in this language can earn points.")],
            )
        ]
    }


class PartnerStudiedTwoYearsForm(StudiedTwoYearsForm):
    """``{"studied_two_years_in_canada": true}`` of the partner."""

    studied_two_years_in_canada = YesNoField(
        label=_("Has your spouse or partner studied full time in Canada for two academic years or more?"),
        help_text=_(
            "In a program of at least two years, in good standing. The program need not be finished."
        ),
    )
