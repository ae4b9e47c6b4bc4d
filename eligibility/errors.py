from django.utils.translation import gettext_lazy as _

from lifecycle.errors import DomainError


class CodeUnknown(DomainError):
    message = _(
        "No such personal reference code is known. Check the two letters and ten digits, "
        "or go on without a code and answer the questions in your profile."
    )


class CodeExpired(DomainError):
    message = _(
        "This personal reference code has expired: a code works for 60 days. "
        "Answer the questionnaire again for a new one, or go on without a code."
    )


class CodeUsed(DomainError):
    message = _(
        "This personal reference code has been used already, and each works once. Go on without a code."
    )
