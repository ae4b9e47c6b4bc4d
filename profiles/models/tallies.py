"""How many are in the pool at each score, kept beside the pool so that nobody has to count it."""

from django.db import models


class PoolTally(models.Model):
    """A change in how many rows ``in_pool`` have a score: the sum by score is what counting the pool would give.

    The database appends it itself, in the transaction that changed the pool (``profiles.tallying``), so that two
    writers never wait for each other's numbers; a job folds them.
    """

    score = models.PositiveSmallIntegerField()
    change = models.IntegerField()

    class Meta:
        db_table = "pool_tally"
        verbose_name = "pool tally"
        verbose_name_plural = "pool tallies"

    def __str__(self) -> str:
        return f"{self.score}: {self.change:+}"
