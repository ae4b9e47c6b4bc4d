from django.utils.translation import gettext_lazy as _

from lifecycle.errors import DomainError


class RoundHasNotRun(DomainError):
    message = _("Only a round that has run can be corrected. This one has not run: cancel it instead.")


class CorrectionWaits(DomainError):
    message = _(
        "A correction of this round waits already. It is confirmed or dropped first; then another can be prepared."
    )


class NothingToWithdraw(DomainError):
    message = _(
        "None of these invitations is open any more: each was answered, has lapsed or was withdrawn before. Nothing "
        "was prepared."
    )


class CorrectionSettled(DomainError):
    message = _(
        "This correction was confirmed or dropped already. Its page shows by whom, and what came of it."
    )


class SamePersonCorrects(DomainError):
    message = _(
        "You prepared this correction, so another senior officer confirms it: each correction takes two people. "
        "Nothing was withdrawn. Ask a colleague to open its page."
    )
