"""From whom an application is kept: by an applicant from within the house, and by a client's people until its
candidate has said yes to being put forward there (`candidates/submissions`)."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from ats.kernel.models import Stamped, goes_with
from candidates.applications.models import Application
from candidates.people.models import Candidate

KEPT_FROM_ANYBODY = "(SELECT application_id FROM candidates_keptfrom WHERE lifted_at IS NULL)"
"""Applications that are in no figure which all partners of a role share: one of the house must not know of them, and
would read of them from what the others see. Nor in those of the whole house (medians, "usual here"): each stands with
how many cases it rests on, and in an organisation with one role the difference to the role's own would be a person."""


class KeptFromQuerySet(models.QuerySet["KeptFrom"]):
    def in_force(self) -> Self:
        return self.filter(lifted_at__isnull=True)

    def from_within(self) -> Self:
        """Those because the applicant works here."""
        return self.filter(until_put_forward=False)

    def until_put_forward(self) -> Self:
        """Those because they are not put forward to the client yet."""
        return self.filter(until_put_forward=True)


class KeptFrom(Stamped):
    """Somebody who must not see this application: the applicant works for them and has not said that they may know.

    `stand_in` is their part in it meanwhile, where they lead or approve the role; the recruiter chooses.

    Or they are of the client whose role it is, and the candidate has not said yes to being put forward
    (`until_put_forward`): a row of its own beside the other, for the one yes is not the other.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="kept_from")
    user = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="+")
    stand_in = models.ForeignKey(
        "ats.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who is the partner on this application in their place.",
    )
    until_known = models.BooleanField(
        default=False,
        db_default=False,
        help_text="The role's own manager, until a recruiter knows for whom the applicant works.",
    )
    until_put_forward = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Somebody of a client, until the candidate has said yes to being put forward there.",
    )
    doubted_at = models.DateTimeField(null=True, blank=True)
    doubted_by = models.ForeignKey(
        "ats.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who says that the applicant does not work here; a lead confirms it.",
    )
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        Candidate,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        help_text="The candidate, who alone lifts what is kept from their manager.",
    )
    wrong_by = models.ForeignKey(
        "ats.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who confirmed that the applicant does not work here.",
    )

    objects = KeptFromQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "user", "until_put_forward"],
                name="kept_from_once",
                violation_error_message="It is kept from this person already.",
            ),
            models.CheckConstraint(
                name="kept_from_lifted_by",
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True, wrong_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False, wrong_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=True, wrong_by__isnull=False),
                violation_error_message="What is lifted names the candidate who said so, or who confirmed it.",
            ),
            goes_with(
                "kept_from_doubted_by",
                state=Q(doubted_at__isnull=False),
                field="doubted_by",
                message="What is doubted says by whom.",
            ),
            models.CheckConstraint(
                name="kept_from_wrong_by_two",
                condition=Q(wrong_by__isnull=True)
                | Q(until_known=True, doubted_by__isnull=False) & ~Q(wrong_by=F("doubted_by")),
                violation_error_message="That it was wrong is said by one and confirmed by another.",
            ),
            models.CheckConstraint(
                name="kept_from_stand_in_other",
                condition=Q(stand_in__isnull=True) | ~Q(stand_in=F("user")),
                violation_error_message="Nobody stands in for themselves.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["user", "application"], name="kept_from_in_force", condition=Q(lifted_at__isnull=True)
            ),
            models.Index(
                fields=["stand_in", "application"],
                name="kept_from_stand_in",
                condition=Q(lifted_at__isnull=True, stand_in__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} is kept from {self.user}"

    def about(self) -> dict[str, int]:
        return self.application.about()
