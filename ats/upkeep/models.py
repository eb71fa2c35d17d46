"""What the house knows of its own upkeep."""

from django.db import models


class Pulse(models.Model):
    """One row that is written to find out whether the database can write at all."""

    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.written_at.isoformat()
