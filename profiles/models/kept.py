"""What is kept of each profile in the pool, so that a change of the tables re-scores all without their facts."""

from django.db import models

from profiles.models.submitted import Profile


class KeptFactors(models.Model):
    """The row of ``rules.kept.Kept`` of a profile as it was sent last, packed as ``profiles.keeping`` says.

    It is true before ``until`` for rules of the same ``basis``. ``version`` is that of all parameters when it was read
    from the facts: what the pool says about the next change rests on them.
    """

    profile = models.OneToOneField(Profile, on_delete=models.PROTECT, primary_key=True, related_name="kept")
    basis = models.CharField(max_length=16)
    version = models.CharField(max_length=16)
    until = models.DateField()
    packed = models.BinaryField()

    class Meta:
        db_table = "pool_factors"
        verbose_name = "kept factors"
        verbose_name_plural = "kept factors"
        indexes = [
            models.Index(fields=["version"], name="factors_by_version"),
            models.Index(fields=["basis"], name="factors_by_basis"),
            models.Index(fields=["until"], name="factors_until"),
        ]

    def __str__(self) -> str:
        return f"{self.profile_id}: until {self.until}"
