"""Who wants to hear by e-mail of each published round."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models.refusals import Refusable
from lifecycle import clock


class Subscription(Refusable):
    """An address that gets one e-mail a published round, once it was confirmed by the link sent to it.

    It was asked for in real time, and confirmed on the portal's clock, as rounds are published.
    """

    email = models.EmailField(_("e-mail address"))
    language = models.CharField(max_length=2)
    asked_at = models.DateTimeField(default=clock.real_now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    last_round = models.PositiveIntegerField(
        default=0, help_text="The number of the latest round that this address was told of."
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["id"]
        constraints = [models.UniqueConstraint(Lower("email"), name="one_subscription_an_address")]

    def __str__(self) -> str:
        return f"subscription {self.pk}"
