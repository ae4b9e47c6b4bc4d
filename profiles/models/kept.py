"""What is kept of each profile in the pool, so that a change of the tables re-scores all without their facts."""

from django.db import models

from profiles.models.submitted import Profile


class KeptFactors(models.Model):
    """The row of ``rules.kept.Kept`` of a profile as it was sent last; its columns have the names of the row's fields.

    It is true before ``until`` for rules of the same ``basis``. ``version`` is that of all parameters when it was read
    from the facts: what the pool says about the next change rests on them.
    """

    profile = models.OneToOneField(Profile, on_delete=models.PROTECT, primary_key=True, related_name="kept")
    basis = models.CharField(max_length=16)
    version = models.CharField(max_length=16)
    until = models.DateField()
    born = models.IntegerField()
    sent = models.IntegerField()
    funds = models.IntegerField()
    family_size = models.SmallIntegerField()
    with_spouse = models.SmallIntegerField()
    education = models.SmallIntegerField()
    first_language = models.SmallIntegerField()
    second_language = models.SmallIntegerField()
    canadian_years = models.SmallIntegerField()
    foreign_years = models.SmallIntegerField()
    spouse_education = models.SmallIntegerField()
    spouse_language = models.SmallIntegerField()
    spouse_canadian_years = models.SmallIntegerField()
    certificate = models.SmallIntegerField()
    nomination = models.SmallIntegerField()
    offer = models.SmallIntegerField()
    canadian_study = models.SmallIntegerField()
    french_first = models.SmallIntegerField()
    sibling = models.SmallIntegerField()
    quebec = models.SmallIntegerField()
    cec_work = models.SmallIntegerField()
    cec_high = models.SmallIntegerField()
    fsw_work = models.SmallIntegerField()
    trade = models.SmallIntegerField()
    fst_work = models.SmallIntegerField()
    fst_offer = models.SmallIntegerField()
    trade_certificate = models.SmallIntegerField()
    offer_permit = models.SmallIntegerField()
    skilled_years = models.SmallIntegerField()
    applicant_study = models.SmallIntegerField()
    applicant_work = models.SmallIntegerField()
    relative = models.SmallIntegerField()
    spouse_study = models.SmallIntegerField()
    spouse_work = models.SmallIntegerField()
    spouse_step = models.SmallIntegerField()
    categories = models.SmallIntegerField()

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
