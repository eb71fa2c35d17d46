"""The path of a manager: that they have read how we work together, and that they have tried out the exercise."""

from typing import Self

from django.db import models

from partners.partnerships.models import Partnership
from partners.path.domain.pages import VERSION


class PathReadQuerySet(models.QuerySet["PathRead"]):
    def of_today(self) -> Self:
        """The text as it is now, or a later one that a newer build has shown."""
        return self.filter(version__gte=VERSION)


class PathRead(models.Model):
    """Somebody has read the path to its end: on which role, in which version of its text and of the agreement."""

    user = models.ForeignKey("ats.User", on_delete=models.CASCADE, related_name="+")
    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    version = models.PositiveSmallIntegerField(help_text="Of the text (see `domain/pages.py`).")
    agreement = models.PositiveSmallIntegerField(help_text="The version of the agreement that it showed.")
    read_at = models.DateTimeField()

    objects = PathReadQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "version"],
                name="path_read_once",
                violation_error_message="This person has read this version already.",
            )
        ]

    def __str__(self) -> str:
        return f"Version {self.version}, read by {self.user}"

    def about(self) -> dict[str, int]:
        return self.partnership.about()


class ExerciseDone(models.Model):
    """Somebody has done the exercise on made-up evidence. What they marked is kept nowhere."""

    user = models.ForeignKey("ats.User", on_delete=models.CASCADE, related_name="+")
    version = models.PositiveSmallIntegerField(help_text="Of its notes (see `domain/exercise.py`).")
    done_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "version"],
                name="exercise_done_once",
                violation_error_message="This person has done this version already.",
            )
        ]

    def __str__(self) -> str:
        return f"Version {self.version}, done by {self.user}"

    def about(self) -> dict[str, int]:
        return {}
