"""What is owed to candidates."""

from datetime import datetime
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from ats.duework.models import Attempts
from ats.kernel.access import GuardedQuerySet
from ats.kernel.models import Stamped, goes_with, one_of
from ats.kernel.staff_words import gettext_lazy
from ats.mail.models import OutgoingMail
from ats.organisation.models import HiringOrganisation
from candidates.applications.models import (
    DECISION_MAILS,
    EVERY_ACTIVE_APPLICATION_HAS_A_PROMISE,
    Application,
)
from requisitions.models import Side


class PromiseState(models.TextChoices):
    OPEN = "open", gettext_lazy("Open")
    KEPT = "kept", gettext_lazy("Kept")
    BROKEN = "broken", gettext_lazy("Broken")
    RELEASED = "released", gettext_lazy("Released")
    CHANGED = "changed", gettext_lazy("Date changed")
    TELLING = "telling", gettext_lazy("Decided, to be told")


UNSETTLED = (PromiseState.OPEN, PromiseState.TELLING)
"""States of a promise that still waits for what keeps it."""


def waits_too_long(now: datetime, promise: str = "") -> Q:
    """Of an open promise (or of the one at the end of this relation): its candidate waits too long.

    A broken date lies behind it and nobody has answered since; or its own date has passed and the clock has
    not come to it yet. The one definition: whatever counts, lists or sorts people by it asks here, or
    `PromiseQuerySet.waiting_too_long`.
    """
    past = Q(**{f"{promise}due_at__lt": now}) & ~Q(**{f"{promise}side": Side.CANDIDATE})
    return Q(**{f"{promise}broken_before__gt": 0}) | past


OURS_WAITS_TOO_LONG = "(p.broken_before > 0 OR p.due_at < %(now)s)"
"""`waits_too_long` of an open promise `p` of which it is known that its candidate is not the one to act: not to
ask for its side again lets an index of such promises answer alone."""

WAITS_TOO_LONG = f"(p.broken_before > 0 OR p.due_at < %(now)s AND p.side <> '{Side.CANDIDATE}')"
"""`waits_too_long` of the open promise `p`, for plain statements; the two are held together by tests."""


class PromiseKind(models.TextChoices):
    """Where a promise comes from; what keeps it depends on this (see `promises/policy.py`)."""

    STAGE = "stage", gettext_lazy("What the stage promises")
    NEWS = "news", gettext_lazy("The next news, after the stage's promise was kept")
    ANSWER = "answer", gettext_lazy("An answer to a message of the candidate")
    TIME = "time", gettext_lazy("The candidate's choice of a time for an interview")
    INTERVIEW = "interview", gettext_lazy("The news after an interview that is booked")
    OFFER = "offer", gettext_lazy("The candidate's answer to an offer, which runs out by itself")
    REACH = "reach", gettext_lazy("Another way to reach them, after a message that did not arrive")
    DEBT = "debt", gettext_lazy("An answer without a date, after our word was broken too often")


QUESTIONS = (PromiseKind.ANSWER, PromiseKind.REACH)
"""Kinds that only words of a person's own, a call or a decision settle: they interrupt what was promised before."""


class PromiseQuerySet(GuardedQuerySet["Promise"]):
    def open(self) -> Self:
        return self.filter(state=PromiseState.OPEN)

    def waiting_too_long(self, now: datetime) -> Self:
        """Open ones of people who wait too long, by the one definition."""
        return self.open().filter(waits_too_long(now))

    def telling(self) -> Self:
        """Those of people about whom it is decided, and who have not been told."""
        return self.filter(state=PromiseState.TELLING)

    def by_the_clock(self) -> Self:
        """Those that the clock reminds of and settles.

        An offer has its own reminder and its own end; a debt has no end but an answer.
        """
        return self.open().exclude(kind__in=[PromiseKind.OFFER, PromiseKind.DEBT])

    def debts_to_remind(self, now: datetime) -> Self:
        """Debts of which whoever owes them has not heard, or not for as long as they may go without it."""
        unheard = Q(nudged_at__isnull=True) | Q(due_at__lte=now)
        return self.open().filter(Attempts.may_try(now), unheard, kind=PromiseKind.DEBT)

    def to_nudge(self, now: datetime) -> Self:
        return self.by_the_clock().filter(
            Attempts.may_try(now), nudge_at__lte=now, nudged_at__isnull=True, due_at__gt=now
        )

    def run_out(self, now: datetime) -> Self:
        return self.by_the_clock().filter(Attempts.may_try(now), due_at__lte=now)

    def untold_run_out(self, now: datetime) -> Self:
        """Of people about whom it is decided, without a message on its way to tell them."""
        on_its_way = OutgoingMail.objects.filter(
            application_id=OuterRef("application"), role__in=DECISION_MAILS, state__in=["queued", "sending"]
        )
        return self.telling().filter(Attempts.may_try(now), ~Exists(on_its_way), due_at__lte=now)

    def to_tell(self, now: datetime) -> Self:
        """Broken ones whose owner has not been told yet."""
        return self.filter(Attempts.may_try(now), state=PromiseState.BROKEN, owner_told_at__isnull=True)


class Promise(Attempts, Stamped):
    """What is owed to a candidate next: what, by when, who owes it.

    `previous` is the promise that this one took over from; `broken_before` how many in a row were broken
    before it without an answer since, `waiting_since` when the first of those was made, `changed_before` how
    often in a row its date was changed. `kept`: what was promised happened in time; `broken`: its time ran
    out; `changed`: a person gave another date before it passed; `released`: it fell away (the person
    withdrew, or something else was promised instead before its time, or it was the candidate's own move that
    did not come); `telling`: the outcome is decided, and it is kept when the candidate has been told.
    `told_by`: the message that kept it, for as long as that message has not failed. A *debt* is an answer that
    we owe without a date (`debts`): `due_at` is when its owner is reminded next, and no candidate is shown it.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="promises")
    kind = models.CharField(
        max_length=10, choices=PromiseKind, default=PromiseKind.STAGE, db_default=PromiseKind.STAGE
    )
    what = models.CharField(max_length=120)
    owner = models.ForeignKey(
        "ats.User", on_delete=models.PROTECT, related_name="promises", help_text="Who answers for it."
    )
    side = models.CharField(
        max_length=12, choices=Side, default=Side.RECRUITER, help_text="Whose move it is."
    )
    state = models.CharField(max_length=10, choices=PromiseState, default=PromiseState.OPEN)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    nudge_at = models.DateTimeField()
    nudged_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    owner_told_at = models.DateTimeField(
        null=True, blank=True, help_text="When the owner was told that it broke, or broke it knowingly."
    )
    previous = models.OneToOneField(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="next"
    )
    broken_before = models.PositiveSmallIntegerField(default=0)
    waiting_since = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When the first date was given that was broken without an answer since.",
    )
    changed_before = models.PositiveSmallIntegerField(default=0, db_default=0)
    asked_after_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When the candidate asked where it is, since they wait behind a broken date.",
    )
    told_by = models.ForeignKey(
        OutgoingMail, on_delete=models.SET_NULL, null=True, blank=True, related_name="kept_promises"
    )
    reason = models.CharField(
        max_length=300, blank=True, help_text="Why the date changed, for the candidate."
    )

    objects = PromiseQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("promise_state_known", "state", PromiseState),
            one_of("promise_kind_known", "kind", PromiseKind),
            one_of("promise_side_known", "side", Side),
            goes_with(
                "promise_settled_at",
                state=~Q(state__in=["open", "telling"]),
                field="settled_at",
                message="A promise that is over says since when, and no other does.",
            ),
            models.CheckConstraint(
                name="promise_waits_since_it_broke",
                condition=~Q(state="open")
                | Q(broken_before=0, waiting_since__isnull=True)
                | Q(broken_before__gt=0, waiting_since__isnull=False),
                violation_error_message="A promise that follows a broken one says since when the candidate waits.",
            ),
            models.CheckConstraint(
                name="promise_due_after_opened",
                condition=Q(due_at__gt=F("opened_at")),
                violation_error_message="A promise is due after it was made.",
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state="open"),
                # So that a board counts what is owed, to whom and since when, from the index alone.
                include=["due_at", "side", "broken_before"],
                name="promise_one_open",
                violation_error_message="This candidate has an open promise already.",
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state="telling"),
                name="promise_one_telling",
                violation_error_message="This candidate is being told already.",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="promise_due", condition=Q(state="open")),
            models.Index(
                fields=["nudge_at"], name="promise_nudge", condition=Q(state="open", nudged_at__isnull=True)
            ),
            models.Index(
                fields=["owner", "due_at"],
                # So that my day counts what waits too long from the index alone.
                include=["broken_before", "side", "waiting_since", "id"],
                name="promise_of_owner",
                condition=Q(state="open"),
            ),
            # The managers' moves are few: my day need not read all that is open for them.
            models.Index(
                fields=["application"],
                include=["due_at", "broken_before", "waiting_since", "owner", "id"],
                name="promise_of_managers",
                condition=Q(state="open", side="manager"),
            ),
            models.Index(
                fields=["owner"],
                name="promise_owner_untold",
                condition=Q(state="broken", owner_told_at__isnull=True),
            ),
            models.Index(fields=["application", "-opened_at"], name="promise_of_application"),
            models.Index(
                fields=["waiting_since"],
                name="promise_waits_too_long",
                condition=Q(state="open", broken_before__gt=0),
            ),
            # The tick asks for the few debts every minute.
            models.Index(fields=["due_at"], name="promise_debts", condition=Q(state="open", kind="debt")),
            models.Index(fields=["due_at"], name="promise_telling", condition=Q(state="telling")),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="leaves_nobody_waiting",
                when=pgtrigger.After,
                operation=pgtrigger.Update | pgtrigger.Delete,
                timing=pgtrigger.Deferred,
                func=EVERY_ACTIVE_APPLICATION_HAS_A_PROMISE.format(application="OLD.application_id"),
            )
        ]

    def __str__(self) -> str:
        return self.what

    def about(self) -> dict[str, int]:
        return self.application.about()


class ApprovedWords(models.Model):
    """A letter about the end of a promise, as a person found it right for their organisation; kept as it was.

    `digest` tells it from every other (`queries.digest_of`): words that were changed since are others.
    """

    organisation = models.ForeignKey(HiringOrganisation, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    approved_by = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "digest"],
                name="words_approved_once",
                violation_error_message="These words are approved already.",
            )
        ]

    def __str__(self) -> str:
        return self.subject
