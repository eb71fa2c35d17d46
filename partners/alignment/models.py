"""Alignment: who signs the brief of a role for which function, and where what they want contradicts itself."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from ats.duework.models import Attempts
from ats.kernel.models import Stamped, goes_with, one_of
from ats.kernel.staff_words import gettext_lazy
from ats.organisation.models import HiringOrganisation
from partners.intake.models import BriefVersion
from partners.partnerships.models import Partnership, PartnershipState

if TYPE_CHECKING:
    from ats.accounts.models import User

SIGN_DAYS, DECIDE_DAYS, MOST_DAYS = 3, 5, 30
"""Working days for a signature and for a decision: as a rule, and at most."""


class SigningFunction(models.TextChoices):
    """A part of the house that has a say in what a role is, says and pays."""

    BUSINESS = "business", gettext_lazy("Business")
    SALES = "sales", gettext_lazy("Sales")
    HR = "hr", gettext_lazy("HR")
    COMPENSATION = "compensation", gettext_lazy("Compensation")
    MARKETING = "marketing", gettext_lazy("Marketing")
    FINANCE = "finance", gettext_lazy("Finance")


class SigningRules(Stamped):
    """How signing goes in an organisation; no row: nobody signs there, and adverts wait for nothing.

    With `waits`, the adverts of roles that opened after `since` wait for the settled and signed brief.
    """

    organisation = models.OneToOneField(
        HiringOrganisation, on_delete=models.CASCADE, related_name="signing_rules"
    )
    sign_days = models.PositiveSmallIntegerField(default=SIGN_DAYS)
    decide_days = models.PositiveSmallIntegerField(default=DECIDE_DAYS)
    waits = models.BooleanField(default=True)
    since = models.DateTimeField(
        null=True, blank=True, help_text="Since when adverts wait; empty: they do not."
    )

    class Meta:
        verbose_name_plural = "signing rules"
        constraints = [
            models.CheckConstraint(
                name="signing_days",
                condition=Q(sign_days__range=(1, MOST_DAYS), decide_days__range=(1, MOST_DAYS)),
                violation_error_message=f"Give from 1 to {MOST_DAYS} working days.",
            )
        ]

    def __str__(self) -> str:
        return f"Signing at {self.organisation}"

    def about(self) -> dict[str, int]:
        return {"organisation_id": self.organisation_id}


class Signer(Stamped):
    """Who signs for a function in an organisation; a function without one is not asked."""

    organisation = models.ForeignKey(HiringOrganisation, on_delete=models.CASCADE, related_name="signers")
    function = models.CharField(max_length=20, choices=SigningFunction)
    person = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="signs_for")

    class Meta:
        constraints = [
            one_of("signer_function_known", "function", SigningFunction),
            models.UniqueConstraint(
                fields=["organisation", "function"],
                name="signer_once",
                violation_error_message="Somebody signs for this function already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} for {self.get_function_display()}"


class SignatureState(models.TextChoices):
    OPEN = "open", gettext_lazy("Asked")
    YES = "yes", gettext_lazy("Yes")
    CONCERN = "concern", gettext_lazy("Yes, with a concern")
    NO = "no", gettext_lazy("No")
    VOID = "void", gettext_lazy("Not asked any more")


GIVEN = (SignatureState.YES, SignatureState.CONCERN, SignatureState.NO)
AGREES = (SignatureState.YES, SignatureState.CONCERN)


class SignatureQuerySet(models.QuerySet["Signature"]):
    def visible_to(self, user: "User") -> Self:
        """Who was asked, and who sees the partnership."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(
            Q(person=user) | Q(version__partnership__in=Partnership.objects.visible_to(user))
        ).distinct()

    def open(self) -> Self:
        return self.filter(state=SignatureState.OPEN)

    def to_remind(self, now: datetime) -> Self:
        """Whoever has no access any more is not reminded: somebody else has to be named."""
        ready = self.open().filter(Attempts.may_try(now), remind_at__lte=now, person__is_active=True)
        return ready.filter(version__partnership__state=PartnershipState.ACTIVE)


class Signature(Attempts, Stamped):
    """What one function says of one version of a brief.

    `changed` are the fields of this function that are not what they were when it last signed; empty where it signs
    for the first time. With `carried_from`, it said this of an earlier version, and what is new does not touch it.
    """

    version = models.ForeignKey(BriefVersion, on_delete=models.CASCADE, related_name="signatures")
    function = models.CharField(max_length=20, choices=SigningFunction)
    person = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="signatures")
    state = models.CharField(max_length=10, choices=SignatureState, default=SignatureState.OPEN)
    changed = models.JSONField(default=list, blank=True)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    remind_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    signed_at = models.DateTimeField(null=True, blank=True)
    words = models.TextField(blank=True, help_text="The concern, or why not.")
    carried_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = SignatureQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("signature_function_known", "function", SigningFunction),
            one_of("signature_state_known", "state", SignatureState),
            models.UniqueConstraint(
                fields=["version", "function"],
                name="signature_once",
                violation_error_message="This function is asked about this version already.",
            ),
            goes_with(
                "signature_signed_at",
                state=Q(state__in=["yes", "concern", "no"]),
                field="signed_at",
                message="What is signed says since when, and nothing else does.",
            ),
            models.CheckConstraint(
                name="signature_says_why",
                condition=~Q(state__in=["concern", "no"]) | ~Q(words=""),
                violation_error_message="A concern and a no say why.",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "due_at"], name="signature_open", condition=Q(state="open")),
            models.Index(fields=["remind_at"], name="signature_to_remind", condition=Q(state="open")),
        ]

    def __str__(self) -> str:
        return f"{self.get_function_display()} on {self.version}"

    @property
    def agrees(self) -> bool:
        return self.state in AGREES

    def about(self) -> dict[str, int]:
        return self.version.about()


class ServedOutcome(Stamped):
    """Somebody has said which must-have this outcome of the role rests on; `outcome` is its line."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="served_outcomes")
    outcome = models.CharField(max_length=500)
    criterion = models.ForeignKey("requisitions.Criterion", on_delete=models.CASCADE, related_name="+")
    said_by = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "outcome"],
                name="served_outcome_once",
                violation_error_message="This outcome has its must-have already.",
            )
        ]

    def __str__(self) -> str:
        return self.outcome

    def about(self) -> dict[str, int]:
        return self.partnership.about()


class ContradictionState(models.TextChoices):
    OPEN = "open", gettext_lazy("To be decided")
    RESOLVED = "resolved", gettext_lazy("Resolved")
    ACCEPTED = "accepted", gettext_lazy("Accepted knowingly")
    GONE = "gone", gettext_lazy("Gone by itself")


class ContradictionQuerySet(models.QuerySet["Contradiction"]):
    def visible_to(self, user: "User") -> Self:
        """Who sees the partnership, who signs its brief, and who is to decide."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(partnership__in=aligned_by(user))

    def open(self) -> Self:
        return self.filter(state=ContradictionState.OPEN)

    def to_remind(self, now: datetime) -> Self:
        return self.open().filter(Attempts.may_try(now), remind_at__lte=now, decider__is_active=True)


class Contradiction(Attempts, Stamped):
    """Two things that are wanted of one role and cannot both be had, found by figures and in nobody's name.

    `key` is what it stands on: accepted knowingly, it is not raised again while that stays as it is. `above` says
    why this person decides. After `again_at` what was resolved is looked at again.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="contradictions")
    rule = models.CharField(max_length=40, help_text="See domain/contradictions.py.")
    state = models.CharField(max_length=10, choices=ContradictionState, default=ContradictionState.OPEN)
    said = models.TextField(help_text="What contradicts what, with its figures.")
    key = models.CharField(max_length=64)
    raised_at = models.DateTimeField()
    due_at = models.DateTimeField()
    decider = models.ForeignKey(
        "ats.User", on_delete=models.PROTECT, null=True, blank=True, related_name="contradictions"
    )
    above = models.CharField(max_length=200, blank=True)
    remind_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        "ats.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.TextField(blank=True)
    again_at = models.DateTimeField(null=True, blank=True)

    objects = ContradictionQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("contradiction_state_known", "state", ContradictionState),
            models.UniqueConstraint(
                fields=["partnership", "rule"],
                condition=Q(state="open"),
                name="contradiction_open_once",
                violation_error_message="This contradiction is raised already.",
            ),
            goes_with(
                "contradiction_settled_at",
                state=~Q(state="open"),
                field="settled_at",
                message="What is settled says since when, and nothing else does.",
            ),
            goes_with(
                "contradiction_settled_by",
                state=Q(state__in=["resolved", "accepted"]),
                field="settled_by",
                message="Who resolved or accepted a contradiction is named.",
            ),
            models.CheckConstraint(
                name="contradiction_says_why",
                condition=Q(state="open") | ~Q(reason=""),
                violation_error_message="What settles a contradiction says why.",
            ),
        ]
        indexes = [
            models.Index(fields=["decider", "due_at"], name="contradiction_open", condition=Q(state="open")),
            models.Index(fields=["remind_at"], name="contradiction_remind", condition=Q(state="open")),
            models.Index(fields=["raised_at"], name="contradiction_raised"),
        ]

    def __str__(self) -> str:
        return self.said

    def about(self) -> dict[str, int]:
        return self.partnership.about()


class LookQuerySet(models.QuerySet["Look"]):
    def ready(self, now: datetime) -> Self:
        """It is time, or the brief says something else than when it was last looked at."""
        other = ~Q(partnership__brief__revision=F("revision"))
        return self.filter(Attempts.may_try(now), Q(due_at__lte=now) | other)


class Look(Attempts):
    """When this role is next looked through for contradictions; there while somebody stands behind its brief.

    From the moment that both partners have settled one, or a lead has published without; `revision` is the
    brief's, as it was looked at.
    """

    partnership = models.OneToOneField(Partnership, on_delete=models.CASCADE, related_name="look")
    due_at = models.DateTimeField(db_index=True)
    revision = models.PositiveIntegerField(default=0)

    objects = LookQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Look at {self.partnership_id}"


def aligned_by(user: "User") -> models.QuerySet[Partnership]:
    """Of which somebody may see what each function signed: theirs, what they sign, and what they decide."""
    signs = Signature.objects.filter(version__partnership=OuterRef("pk"), person=user)
    decides = Contradiction.objects.filter(partnership=OuterRef("pk"), decider=user)
    seen = Q(pk__in=Partnership.objects.visible_to(user).values("pk"))
    asked = Q(Exists(signs.exclude(state=SignatureState.VOID))) | Q(Exists(decides))
    return Partnership.objects.filter(seen | asked) if user.is_active else Partnership.objects.none()
