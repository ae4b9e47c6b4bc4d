"""What an account proves itself with, beside its password and allauth's authenticators."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models.refusals import Refusable
from accounts.models.users import User
from lifecycle import clock


class RecoveryQuestion(models.Model):
    """A question that the owner chose, with a hint, and the keyed slow hash of the answer as it is compared."""

    account = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="recovery_questions", db_index=False
    )
    number = models.PositiveSmallIntegerField()
    question = models.CharField(_("question"), max_length=200)
    hint = models.CharField(_("hint"), max_length=200)
    answer_hash = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar[list[str]] = ["account", "number"]
        constraints = [
            models.UniqueConstraint(fields=["account", "number"], name="one_question_a_number"),
        ]

    def __str__(self) -> str:
        return f"question {self.number}"


class Purpose(models.TextChoices):
    """What a one-time code by e-mail proves or allows."""

    VERIFY_EMAIL = "verify_email", _("verify an e-mail address")
    SIGN_IN = "sign_in", _("second factor at sign-in")
    CHANGE_EMAIL = "change_email", _("change of the e-mail address")
    RECOVER = "recover", _("way back into an account")
    PROVE_AGAIN = "prove_again", _("second factor before an officer's act")


class OneTimeCode(models.Model):
    """Six digits sent by e-mail, kept as a keyed hash; good once, for a few minutes of real time, a few tries.

    At most one is live for an account and a purpose. ``email`` is the address it went to.
    """

    account = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    purpose = models.CharField(max_length=20, choices=Purpose.choices)
    email = models.EmailField()
    code_hash = models.CharField(max_length=64)
    sent_at = models.DateTimeField(default=clock.real_now)
    expires_at = models.DateTimeField()
    tries_left = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "purpose"], name="one_code_a_purpose"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} until {self.expires_at}"


class Recovery(Refusable):
    """A way back that was asked for and that the owner can refuse until it takes effect. Real time."""

    account = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    lost = models.CharField(_("lost"), max_length=20)
    asked_at = models.DateTimeField(default=clock.real_now)
    effective_at = models.DateTimeField()
    told_at = models.DateTimeField(default=clock.real_now, help_text="When its owner was last told of it.")
    refused_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    mail_due = models.BooleanField(
        default=False, db_default=False, help_text="Its code or its link is still to be sent by e-mail."
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-asked_at", "-id"]

    def __str__(self) -> str:
        return f"{self.lost} asked {self.asked_at}"
