"""Approvals: who must agree to something, in which order, and what each of them said."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from ats.accounts.models import Role
from ats.duework.models import Attempts
from ats.kernel.access import without_kept
from ats.kernel.models import Stamped, goes_with, one_of
from ats.kernel.staff_words import gettext_lazy
from ats.organisation.models import HiringOrganisation

if TYPE_CHECKING:
    from ats.accounts.models import User


class ApprovalChain(Stamped):
    """The steps that one kind of thing (`domain/kinds.py`) has to go through; without an organisation, everywhere."""

    kind = models.CharField(max_length=40, help_text="What is approved, such as offer or opening.")
    organisation = models.ForeignKey(
        HiringOrganisation, on_delete=models.CASCADE, null=True, blank=True, related_name="approval_chains"
    )
    hours = models.PositiveSmallIntegerField(
        default=16, help_text="Within how many working hours each approver answers."
    )
    mail_links = models.BooleanField(
        default=True, help_text="Whether the link in the mail opens and answers without signing in."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "organisation"],
                name="approval_chain_once",
                nulls_distinct=False,
                violation_error_message="There is a chain of approvals for this already.",
            )
        ]

    def __str__(self) -> str:
        return self.kind

    def about(self) -> dict[str, int]:
        return {"organisation_id": self.organisation_id} if self.organisation_id else {}


class ApprovalStep(models.Model):
    """One approver of a chain; steps of the same position are asked at the same time.

    Asked is either a `person`, or whoever has this `part` on the matter at hand (its hiring manager, its
    recruiter) or this `role` in the house. `condition`: only asked where that holds; empty: always.
    """

    chain = models.ForeignKey(ApprovalChain, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    person = models.ForeignKey("ats.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    part = models.CharField(max_length=40, blank=True, help_text="Such as hiring_manager.")
    role = models.CharField(max_length=20, choices=Role, blank=True)
    label = models.CharField(max_length=80, blank=True, help_text="Such as Compensation.")
    condition = models.CharField(max_length=40, blank=True, help_text="Such as above_range.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="approval_step_asks_one",
                condition=Q(person__isnull=False, part="", role="")
                | Q(person__isnull=True, role="") & ~Q(part="")
                | Q(person__isnull=True, part="") & ~Q(role=""),
                violation_error_message="A step asks one person, one part of the team, or one role.",
            )
        ]

    def __str__(self) -> str:
        return self.label or self.part or self.role or str(self.person)


class ApprovalRequestState(models.TextChoices):
    WAITING = "waiting", gettext_lazy("Waiting for approval")
    APPROVED = "approved", gettext_lazy("Approved")
    REJECTED = "rejected", gettext_lazy("Sent back")
    CANCELLED = "cancelled", gettext_lazy("Taken back")


class ApprovalRequestQuerySet(models.QuerySet["ApprovalRequest"]):
    def visible_to(self, user: "User") -> Self:
        """Who asked, who is asked, and who oversees."""
        rows: Self = without_kept(self, user)
        if user.is_authenticated and user.works_for is not None:
            rows = rows.filter(organisation__in=user.works_for)
        if user.is_authenticated and user.oversees:
            return rows
        asked = Approval.objects.filter(approver=user).values("request")
        return rows.filter(Q(requested_by=user) | Q(pk__in=asked))


class ApprovalRequest(Stamped):
    """A thing in one version that waits for approval, or once did.

    `facts` is what the approvers are shown, as it was when asked: label and text, in order.
    """

    kind = models.CharField(max_length=40)
    chain = models.ForeignKey(
        ApprovalChain, on_delete=models.SET_NULL, null=True, blank=True, related_name="requests"
    )
    subject_id = models.BigIntegerField()
    subject_version = models.PositiveIntegerField(default=1)
    title = models.CharField(max_length=200)
    facts = models.JSONField(default=list)
    link = models.CharField(max_length=300, blank=True, help_text="The page of what is approved.")
    about_ids = models.JSONField(default=dict, help_text="What its activities and mails are about.")
    organisation = models.ForeignKey(
        HiringOrganisation, on_delete=models.PROTECT, related_name="approval_requests"
    )
    state = models.CharField(
        max_length=10, choices=ApprovalRequestState, default=ApprovalRequestState.WAITING
    )
    requested_by = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="approvals_requested")
    requested_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = ApprovalRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("approval_request_state_known", "state", ApprovalRequestState),
            goes_with(
                "approval_request_settled_at",
                state=~Q(state="waiting"),
                field="settled_at",
                message="An approval that is decided says since when, and no other does.",
            ),
            models.UniqueConstraint(
                fields=["kind", "subject_id"],
                condition=Q(state="waiting"),
                name="approval_one_waiting",
                violation_error_message="An approval of this is waiting already.",
            ),
        ]
        indexes = [models.Index(fields=["kind", "subject_id", "-requested_at"], name="approval_of_subject")]

    def __str__(self) -> str:
        return self.title

    def about(self) -> dict[str, int]:
        return self.about_ids

    @property
    def waited_for(self) -> str:
        """Those whose turn it is, of a request that was read with them as `open_now`."""
        return ", ".join(str(row.approver) for row in getattr(self, "open_now", ()))


class ApprovalState(models.TextChoices):
    LATER = "later", gettext_lazy("Not yet asked")
    OPEN = "open", gettext_lazy("Asked")
    APPROVED = "approved", gettext_lazy("Approved")
    REJECTED = "rejected", gettext_lazy("Sent back")
    DELEGATED = "delegated", gettext_lazy("Passed on")
    CANCELLED = "cancelled", gettext_lazy("Not needed any more")


class ApprovalQuerySet(models.QuerySet["Approval"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(request__in=ApprovalRequest.objects.visible_to(user))

    def open(self) -> Self:
        return self.filter(state=ApprovalState.OPEN)

    def unsettled(self) -> Self:
        return self.filter(state__in=[ApprovalState.LATER, ApprovalState.OPEN])

    def left_behind(self, now: datetime) -> Self:
        """Those of people who do not sign in any more."""
        return self.unsettled().filter(Attempts.may_try(now), approver__is_active=False)

    def to_remind(self, now: datetime) -> Self:
        return self.open().filter(Attempts.may_try(now), remind_at__lte=now)


class Approval(Attempts, Stamped):
    """One person's yes or no to a request; `delegated_by` was asked first and passed it on.

    Those with the same position and label are asked side by side, and the answer of one is enough.
    """

    request = models.ForeignKey(ApprovalRequest, on_delete=models.CASCADE, related_name="approvals")
    position = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=80, help_text="In which capacity, such as Compensation.")
    approver = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="approvals")
    delegated_by = models.ForeignKey(
        "ats.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=ApprovalState, default=ApprovalState.LATER)
    asked_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    because = models.CharField(
        max_length=200, blank=True, help_text="Why this person is asked and not whom the step names."
    )
    remind_at = models.DateTimeField(null=True, blank=True, help_text="When Accord next speaks up.")
    reminders = models.PositiveSmallIntegerField(default=0, help_text="How often it has, by itself.")
    reminded_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    note = models.TextField(blank=True, help_text="The reason, which a no must have.")
    token_hash = models.CharField(
        max_length=64, null=True, blank=True, unique=True, help_text="Of the link in the mail."
    )
    link_ended_at = models.DateTimeField(
        null=True, blank=True, help_text="When the links sent before ended with the keys of the approver."
    )

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("approval_state_known", "state", ApprovalState),
            goes_with(
                "approval_settled_at",
                state=~Q(state__in=["later", "open"]),
                field="settled_at",
                message="An answer that is given says since when, and no other does.",
            ),
            models.CheckConstraint(
                name="approval_asked_has_date",
                condition=~Q(state="open") | Q(asked_at__isnull=False, due_at__isnull=False),
                violation_error_message="Who is asked for an approval has a date to answer by.",
            ),
            models.CheckConstraint(
                name="approval_no_says_why",
                condition=~Q(state="rejected") | ~Q(note=""),
                violation_error_message="A no says why.",
            ),
            models.UniqueConstraint(
                fields=["request", "position", "label", "approver"],
                condition=Q(state__in=["later", "open"]),
                name="approval_asked_once",
                violation_error_message="This person is asked in this step already.",
            ),
        ]
        indexes = [
            models.Index(fields=["approver", "due_at"], name="approval_waiting", condition=Q(state="open")),
            models.Index(fields=["remind_at"], name="approval_to_remind", condition=Q(state="open")),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.approver}"

    @property
    def is_late(self) -> bool:
        """Asked, and not answered when it was due."""
        return self.state == ApprovalState.OPEN and self.due_at is not None and self.due_at < timezone.now()

    def about(self) -> dict[str, int]:
        return self.request.about()
