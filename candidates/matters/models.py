"""What a colleague says of a point that matters to somebody: whether this role meets it."""

from django.db import models
from django.db.models import Q

from ats.kernel.models import Stamped, one_of
from ats.kernel.staff_words import gettext_lazy
from candidates.applications.models import Application


class Met(models.TextChoices):
    MET = "met", gettext_lazy("Met")
    NOT_MET = "not_met", gettext_lazy("Not met")
    UNKNOWN = "unknown", gettext_lazy("Not known")


class MatterMark(Stamped):
    """A point of what somebody said matters to them (`Application.matters`), and whether the role meets it.

    `key` is how the point is known again while its words stay (`domain/points.py`); a point without a mark is not
    known. Where the words change, marks of points that are gone go with them.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="matter_marks")
    key = models.CharField(max_length=16)
    met = models.CharField(max_length=10, choices=Met)
    why = models.CharField(max_length=300, blank=True)
    marked_by = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField()

    class Meta:
        constraints = [
            one_of("matter_mark_known", "met", Met),
            models.UniqueConstraint(
                fields=["application", "key"],
                name="matter_mark_once",
                violation_error_message="Somebody has marked this point already.",
            ),
            models.CheckConstraint(
                name="matter_mark_says_why",
                condition=Q(met="unknown") | ~Q(why=""),
                violation_error_message="Say in a few words why.",
            ),
        ]

    def __str__(self) -> str:
        return self.get_met_display()

    def about(self) -> dict[str, int]:
        return self.application.about()
