"""Why time alone changes a result, a sentence a kind of cause (the kinds of ``rules.outlook``)."""

from collections.abc import Iterable, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: Mapping[str, Promise] = {
    "birthday": _("Why: your birthday. Age counts in completed years, from the birthday itself."),
    "test_counts": _("Why: a language test counts from that day on."),
    "test_expires": _(
        "Why: a language test is two years old on that day and no longer counts. To keep its points, take a test "
        "anew and put the new results into your profile."
    ),
    "credential_counts": _("Why: a credential counts from that day on."),
    "eca_expires": _(
        "Why: an educational credential assessment is five years old on that day and no longer counts. To keep its "
        "points, have the credential assessed anew and put the new report into your profile."
    ),
    "work_gained": _("Why: your work has reached another full year that counts."),
    "work_lost": _(
        "Why: work lies too far back to count in full. If you have worked since, put that work into your profile."
    ),
    "offer_counts": _("Why: your job offer counts from that day on."),
    "certificate_counts": _("Why: your certificate of qualification counts from that day on."),
    "relative_adult": _("Why: a relative of yours in Canada turns 18."),
    "nomination_starts": _("Why: a provincial nomination counts from that day on."),
    "nomination_ends": _(
        "Why: the certificate of your provincial nomination ends. Ask the province whether it nominates you anew."
    ),
    "funds_table": _(
        "Why: a new table of settlement funds asks for more than your profile has. If you have more by now, put the "
        "amount into your profile."
    ),
    "funds_deadline": _(
        "Why: the last day to update your settlement funds to the new table has passed, and your profile has less "
        "than the table asks for. If you have more by now, put the amount into your profile."
    ),
    "categories_set": _("Why: the list of categories changes on that day."),
    "rule_changes": _("Why: a rule of the points or of a program changes on that day."),
    "several": _("Why: several facts change on that day, and only together do they make the difference."),
}


def in_words(kinds: Iterable[str]) -> list[str]:
    """Return a sentence for each kind, in the language in force, each once."""
    return [str(SENTENCES[kind]) for kind in dict.fromkeys(kinds) if kind in SENTENCES]
