"""What somebody had typed when the session ended."""

from django.db import models

from accounts.models.users import User
from lifecycle import clock


class KeptForm(models.Model):
    """A form sent after the session's end: shown again, as it was, to the same account after signing in.

    ``fields`` holds lists of values by name; passwords, codes and answers to security questions are never kept.
    One a page; it is gone once shown or after a day of real time.
    """

    account = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    path = models.CharField(max_length=300)
    fields = models.JSONField()
    kept_at = models.DateTimeField(default=clock.real_now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "path"], name="one_kept_form_a_page")]

    def __str__(self) -> str:
        return f"form {self.pk}"
