"""Offers: versioned terms, approved, sent as a letter, answered by the candidate."""

from typing import Self

import pgtrigger
from django.db import models
from django.db.models import F, Q

from ats.kernel.access import GuardedQuerySet
from ats.kernel.models import Stamped, goes_with, one_of
from ats.kernel.staff_words import gettext_lazy
from ats.organisation.models import HiringOrganisation
from candidates.applications.models import Application
from requisitions.models import EmploymentType, Opening, PayPeriod, RemoteMode


class OfferState(models.TextChoices):
    DRAFT = "draft", gettext_lazy("Draft")
    APPROVAL = "approval", gettext_lazy("Waiting for approval")
    APPROVED = "approved", gettext_lazy("Approved")
    SENT = "sent", gettext_lazy("With the candidate")
    ACCEPTED = "accepted", gettext_lazy("Accepted")
    DECLINED = "declined", gettext_lazy("Declined")
    EXPIRED = "expired", gettext_lazy("Run out")
    WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn")
    RENEGED = "reneged", gettext_lazy("Accepted, then did not come")


class NextState(models.TextChoices):
    """How far the next version of a sent offer has come."""

    NONE = "", gettext_lazy("None")
    DRAFT = "draft", gettext_lazy("Draft")
    APPROVAL = "approval", gettext_lazy("Waiting for approval")
    APPROVED = "approved", gettext_lazy("Approved")


LIVE = ("draft", "approval", "approved", "sent")
"""States in which an offer may still become an acceptance."""

ONLY_FOR_WHO_IS_IN_PLAY = """
    IF EXISTS (
        SELECT 1 FROM candidates_offer o JOIN candidates_application a ON a.id = o.application_id
        WHERE o.id = NEW.id AND o.state IN ('draft', 'approval', 'approved', 'sent') AND a.state <> 'active'
    ) THEN
        RAISE EXCEPTION 'offer % is live and application % is not active', NEW.id, NEW.application_id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'offer_only_for_active';
    END IF;
    IF EXISTS (
        SELECT 1 FROM candidates_offer o JOIN requisitions_opening s ON s.id = o.opening_id
        WHERE o.id = NEW.id AND o.state = 'sent' AND s.state <> 'open'
    ) THEN
        RAISE EXCEPTION 'offer % is sent and its opening is not open', NEW.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'offer_only_open_seat';
    END IF;
    RETURN NULL;
"""
"""At commit: nobody who was declined, withdrew or is hired has an offer open, nor is a taken seat offered."""


class OfferQuerySet(GuardedQuerySet["Offer"]):
    def live(self) -> Self:
        return self.filter(state__in=LIVE)


class Offer(Stamped):
    """An offer to one candidate for one seat; its terms stand in versions (`OfferTerms`).

    While one is with the candidate the next version of it may be in the making (`next_…`): what they have
    stays as it is until that is sent, and takes its place in the same row. So there are never two.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="offers")
    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="offers")
    state = models.CharField(max_length=10, choices=OfferState, default=OfferState.DRAFT)
    number = models.PositiveSmallIntegerField(default=1, help_text="The version of its terms that holds.")
    made_by = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="offers_made")
    valid_days = models.PositiveSmallIntegerField(
        default=5, help_text="Working days the candidate has once it is sent."
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    remind_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.TextField(blank=True, help_text="Why it was declined, withdrawn or reneged.")
    next_state = models.CharField(max_length=10, choices=NextState, default=NextState.NONE, blank=True)
    next_number = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="The version in the making."
    )
    next_days = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Its `valid_days`.")
    renewed_at = models.DateTimeField(null=True, blank=True, help_text="When the last version took over.")
    renewed_from = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="The version that the candidate had before."
    )

    objects = OfferQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("offer_state_known", "state", OfferState),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state__in=LIVE),
                name="offer_one_live",
                violation_error_message="There is an offer for this application already.",
            ),
            models.UniqueConstraint(
                fields=["opening"],
                condition=Q(state__in=["sent", "accepted"]),
                name="offer_one_for_an_opening",
                violation_error_message="Another offer for this opening is out or accepted.",
            ),
            goes_with(
                "offer_settled_at",
                state=~Q(state__in=LIVE),
                field="settled_at",
                message="An offer that is over says since when, and no other does.",
            ),
            models.CheckConstraint(
                name="offer_sent_has_dates",
                condition=~Q(state__in=["sent", "accepted", "declined", "expired", "reneged"])
                | Q(sent_at__isnull=False, expires_at__isnull=False),
                violation_error_message="An offer that was sent says when, and until when it stands.",
            ),
            models.CheckConstraint(
                name="offer_next_while_sent",
                condition=Q(next_state="", next_number__isnull=True, next_days__isnull=True)
                | Q(
                    state="sent",
                    next_state__in=["draft", "approval", "approved"],
                    next_number__gt=F("number"),
                    next_days__isnull=False,
                ),
                violation_error_message="New terms stand beside an offer that is out, with a higher number.",
            ),
            goes_with(
                "offer_renewed_from",
                state=Q(renewed_at__isnull=False),
                field="renewed_from",
                message="A renewed offer says until when it stood before.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="offer_only_for_active",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                timing=pgtrigger.Deferred,
                func=ONLY_FOR_WHO_IS_IN_PLAY,
            )
        ]

    def __str__(self) -> str:
        return f"Offer for application {self.application_id}"

    def about(self) -> dict[str, int]:
        return self.application.about()

    def days_of(self, number: int) -> int:
        """The working days to answer that this version of the terms gives."""
        return self.next_days if self.next_days and number == self.next_number else self.valid_days


class OfferTerms(models.Model):
    """One version of an offer's terms; `changes` says what is other than in the version before."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="terms")
    number = models.PositiveSmallIntegerField()
    pay = models.DecimalField(max_digits=12, decimal_places=2)
    pay_currency = models.CharField(max_length=3)
    pay_period = models.CharField(max_length=10, choices=PayPeriod)
    range_reason = models.TextField(blank=True, help_text="Why the pay lies outside the approved range.")
    starts_on = models.DateField()
    employment_type = models.CharField(max_length=20, choices=EmploymentType)
    ends_on = models.DateField(null=True, blank=True, help_text="For a fixed term.")
    hours_a_week = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    remote_mode = models.CharField(max_length=10, choices=RemoteMode)
    bonus = models.CharField(max_length=300, blank=True)
    equity = models.CharField(max_length=300, blank=True)
    custom = models.JSONField(default=list, blank=True, help_text='A list of {"label", "text"}.')
    letter = models.TextField(help_text="The letter in the placeholder language, as edited for this person.")
    language = models.CharField(
        max_length=10,
        default="",
        db_default="",
        blank=True,
        help_text="That of the letter; empty where nobody said it yet: the organisation's first.",
    )
    changes = models.JSONField(default=list, blank=True)
    made_by = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "offer terms"
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "number"],
                name="offer_terms_number_once",
                violation_error_message="The offer has terms with this number already.",
            ),
            models.CheckConstraint(
                name="offer_terms_pay",
                condition=Q(pay__gt=0),
                violation_error_message="The pay has to be more than nothing.",
            ),
            one_of("offer_terms_period_known", "pay_period", PayPeriod),
            one_of("offer_terms_employment_known", "employment_type", EmploymentType),
            one_of("offer_terms_remote_known", "remote_mode", RemoteMode),
        ]
        triggers = [pgtrigger.Protect(name="offer_terms_are_kept", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"Version {self.number}"

    @property
    def tongue(self) -> str:
        """The language of its letter: of its words, its terms and its days."""
        return self.language or self.offer.application.requisition.organisation.language


class OfferLetterTemplate(Stamped):
    """The words of an offer letter in one language, with placeholders; without an organisation, for all."""

    organisation = models.ForeignKey(
        HiringOrganisation, on_delete=models.CASCADE, null=True, blank=True, related_name="offer_letters"
    )
    name = models.CharField(max_length=100)
    language = models.CharField(max_length=10, default="en", db_default="en")
    body = models.TextField()
    is_default = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "language"],
                condition=Q(is_default=True),
                name="offer_letter_one_in_each_language",
                nulls_distinct=False,
                violation_error_message="Another letter is the usual one in this language already.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def about(self) -> dict[str, int]:
        return {"organisation_id": self.organisation_id} if self.organisation_id else {}


class OfferDocumentKind(models.TextChoices):
    LETTER = "letter", gettext_lazy("Letter")
    SIGNED = "signed", gettext_lazy("Signed letter")


class OfferDocument(models.Model):
    """A PDF of an offer, kept byte for byte as the candidate got it."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="documents")
    number = models.PositiveSmallIntegerField(help_text="The version of the terms that it says.")
    kind = models.CharField(max_length=10, choices=OfferDocumentKind)
    file = models.FileField(upload_to="offers/")
    sha256 = models.CharField(max_length=64)
    says = models.JSONField(
        default=list, db_default=[], blank=True, help_text="What a letter was meant to say, block by block."
    )
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            one_of("offer_document_kind_known", "kind", OfferDocumentKind),
            models.UniqueConstraint(
                fields=["offer", "number", "kind"],
                name="offer_document_once",
                violation_error_message="There is a document of this kind for these terms already.",
            ),
        ]
        triggers = [pgtrigger.Protect(name="offer_document_is_kept", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return self.get_kind_display()


class Signature(models.Model):
    """The evidence of an acceptance: who typed what, when, from where, under which bytes."""

    offer = models.OneToOneField(Offer, on_delete=models.CASCADE, related_name="signature")
    typed_name = models.CharField(max_length=200)
    signed_at = models.DateTimeField()
    ip = models.GenericIPAddressField(null=True, blank=True)
    user_agent = models.CharField(max_length=300, blank=True)
    document_sha256 = models.CharField(max_length=64)

    class Meta:
        triggers = [pgtrigger.Protect(name="signature_is_kept", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return self.typed_name
