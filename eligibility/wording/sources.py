"""Where a rule comes from and since when it holds, in the language in use."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from eligibility.date_parts import in_words
from rules.explanation import Rule

SOURCES: Mapping[str, Promise] = {
    "Ministerial Instructions respecting the Express Entry system, ss. 9 and 10": _(
        "Ministerial Instructions respecting the Express Entry system, ss. 9 and 10"
    ),
    "Ministerial Instructions respecting the Express Entry system, s. 11": _(
        "Ministerial Instructions respecting the Express Entry system, s. 11"
    ),
    "Ministerial Instructions respecting the Express Entry system, ss. 12 and 13": _(
        "Ministerial Instructions respecting the Express Entry system, ss. 12 and 13"
    ),
    "Ministerial Instructions respecting the Express Entry system, s. 14": _(
        "Ministerial Instructions respecting the Express Entry system, s. 14"
    ),
    "Ministerial Instructions respecting the Express Entry system, s. 15": _(
        "Ministerial Instructions respecting the Express Entry system, s. 15"
    ),
    "Ministerial Instructions respecting the Express Entry system, s. 17": _(
        "Ministerial Instructions respecting the Express Entry system, s. 17"
    ),
    "Ministerial Instructions respecting the Express Entry system, s. 18": _(
        "Ministerial Instructions respecting the Express Entry system, s. 18"
    ),
    "Ministerial Instructions respecting the Express Entry system, s. 19": _(
        "Ministerial Instructions respecting the Express Entry system, s. 19"
    ),
    "Ministerial Instructions respecting the Express Entry system, ss. 20 to 24": _(
        "Ministerial Instructions respecting the Express Entry system, ss. 20 to 24"
    ),
    "Ministerial Instructions respecting the Express Entry system, ss. 25 and 26": _(
        "Ministerial Instructions respecting the Express Entry system, ss. 25 and 26"
    ),
    "Ministerial Instructions respecting the Express Entry system, s. 27": _(
        "Ministerial Instructions respecting the Express Entry system, s. 27"
    ),
    "Ministerial Instructions respecting the Express Entry system, s. 28": _(
        "Ministerial Instructions respecting the Express Entry system, s. 28"
    ),
    "Ministerial Instructions respecting the Express Entry system, s. 29": _(
        "Ministerial Instructions respecting the Express Entry system, s. 29"
    ),
    "Ministerial Instructions respecting the Express Entry system, s. 29, amendment 2016-1": _(
        "Ministerial Instructions respecting the Express Entry system, s. 29, amendment 2016-1"
    ),
    "Ministerial Instructions respecting the Express Entry system, s. 29, amendment of 2025-03-25": _(
        "Ministerial Instructions respecting the Express Entry system, s. 29, amendment of 2025-03-25"
    ),
    "Ministerial Instructions respecting the Express Entry system, s. 30": _(
        "Ministerial Instructions respecting the Express Entry system, s. 30"
    ),
    "Ministerial Instructions respecting the Express Entry system, s. 30, amendment 2016-1": _(
        "Ministerial Instructions respecting the Express Entry system, s. 30, amendment 2016-1"
    ),
    "Ministerial Instructions respecting the Express Entry system, s. 31": _(
        "Ministerial Instructions respecting the Express Entry system, s. 31"
    ),
    "Ministerial Instructions respecting the Express Entry system, s. 31, amendment 2017-1": _(
        "Ministerial Instructions respecting the Express Entry system, s. 31, amendment 2017-1"
    ),
    "Ministerial Instructions respecting the Express Entry system, s. 31, amendment of October 2020": _(
        "Ministerial Instructions respecting the Express Entry system, s. 31, amendment of October 2020"
    ),
    "Ministerial Instructions respecting the Express Entry system, s. 32": _(
        "Ministerial Instructions respecting the Express Entry system, s. 32"
    ),
    "Ministerial Instructions respecting the Express Entry system, s. 32, amendment 2017-1": _(
        "Ministerial Instructions respecting the Express Entry system, s. 32, amendment 2017-1"
    ),
    "Immigration and Refugee Protection Regulations, s. 87.1(1)": _(
        "Immigration and Refugee Protection Regulations, s. 87.1(1)"
    ),
    "Immigration and Refugee Protection Regulations, s. 87.1(2)(a) and (3)": _(
        "Immigration and Refugee Protection Regulations, s. 87.1(2)(a) and (3)"
    ),
    "Immigration and Refugee Protection Regulations, s. 87.1(2)(d) and (e)": _(
        "Immigration and Refugee Protection Regulations, s. 87.1(2)(d) and (e)"
    ),
    "Immigration and Refugee Protection Regulations, s. 87.2(2)": _(
        "Immigration and Refugee Protection Regulations, s. 87.2(2)"
    ),
    "Immigration and Refugee Protection Regulations, s. 87.2(1)": _(
        "Immigration and Refugee Protection Regulations, s. 87.2(1)"
    ),
    "Immigration and Refugee Protection Regulations, s. 87.2(3)(b)": _(
        "Immigration and Refugee Protection Regulations, s. 87.2(3)(b)"
    ),
    "Immigration and Refugee Protection Regulations, s. 87.2(3)(a)": _(
        "Immigration and Refugee Protection Regulations, s. 87.2(3)(a)"
    ),
    "Immigration and Refugee Protection Regulations, s. 87.2(3)(d)": _(
        "Immigration and Refugee Protection Regulations, s. 87.2(3)(d)"
    ),
    "Immigration and Refugee Protection Regulations, s. 76(2)": _(
        "Immigration and Refugee Protection Regulations, s. 76(2)"
    ),
    "Immigration and Refugee Protection Regulations, s. 75(1)": _(
        "Immigration and Refugee Protection Regulations, s. 75(1)"
    ),
    "Immigration and Refugee Protection Regulations, ss. 74(1) and 75(2)(d)": _(
        "Immigration and Refugee Protection Regulations, ss. 74(1) and 75(2)(d)"
    ),
    "Immigration and Refugee Protection Regulations, s. 75(2)(a)": _(
        "Immigration and Refugee Protection Regulations, s. 75(2)(a)"
    ),
    "Immigration and Refugee Protection Regulations, s. 75(2)(e)": _(
        "Immigration and Refugee Protection Regulations, s. 75(2)(e)"
    ),
    "Immigration and Refugee Protection Regulations, s. 78(1)": _(
        "Immigration and Refugee Protection Regulations, s. 78(1)"
    ),
    "Immigration and Refugee Protection Regulations, s. 79(3)": _(
        "Immigration and Refugee Protection Regulations, s. 79(3)"
    ),
    "Immigration and Refugee Protection Regulations, s. 80(1)": _(
        "Immigration and Refugee Protection Regulations, s. 80(1)"
    ),
    "Immigration and Refugee Protection Regulations, s. 81": _(
        "Immigration and Refugee Protection Regulations, s. 81"
    ),
    "Immigration and Refugee Protection Regulations, s. 82": _(
        "Immigration and Refugee Protection Regulations, s. 82"
    ),
    "Immigration and Refugee Protection Regulations, s. 83": _(
        "Immigration and Refugee Protection Regulations, s. 83"
    ),
    (
        'IRCC page "Proof of funds - Skilled immigrants (Express Entry)"; '
        "Immigration and Refugee Protection Regulations, ss. 76(1)(b) and 87.2(5)"
    ): _(
        'IRCC page "Proof of funds - Skilled immigrants (Express Entry)"; '
        "Immigration and Refugee Protection Regulations, ss. 76(1)(b) and 87.2(5)"
    ),
}


CONVERSION_SOURCES: Mapping[str, Promise] = {
    'IRCC "Language test equivalency charts"': _('IRCC "Language test equivalency charts"'),
}
INVITATION_SOURCES: Mapping[str, Promise] = {
    "Ministerial Instructions respecting the Express Entry system": _(
        "Ministerial Instructions respecting the Express Entry system"
    ),
    "Ministerial Instructions amendment 2016-1": _("Ministerial Instructions amendment 2016-1"),
    "Ministerial Instructions amendment of 2018-06-20": _("Ministerial Instructions amendment of 2018-06-20"),
}


def source(rule: Rule) -> str:
    """The official text, since when the value holds, and whether it is one reading of several."""
    words = {"source": SOURCES[rule.source], "day": in_words(rule.first_day)}
    told = gettext("%(source)s. In force since %(day)s.") % words
    if rule.confidence is None:
        return told
    return told + " " + gettext("The text leaves room here; this is this simulator’s reading.")
