"""The demo's mailbox: e-mails that would have been sent."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DemoMail(models.Model):
    """One e-mail as the portal sent it. The Message-ID tells a repeated one."""

    message_id = models.CharField(max_length=200, unique=True)
    recipient = models.EmailField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    sent_at = models.DateTimeField()

    class Meta:
        verbose_name = _("demo e-mail")
        verbose_name_plural = _("demo e-mails")
        ordering = ["-sent_at", "-id"]

    def __str__(self) -> str:
        return self.subject
