"""Declined requests: what a recruiter refused, on record for them; added to, never changed or removed."""

from typing import Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from ats.kernel.access import GuardedQuerySet
from ats.kernel.models import one_of
from ats.kernel.staff_words import gettext_lazy
from candidates.models import Candidate
from requisitions.models import Requisition


class Ground(models.TextChoices):
    ILLEGAL = "illegal", gettext_lazy("Illegal")
    UNETHICAL = "unethical", gettext_lazy("Unethical")
    BAD_PRACTICE = "bad_practice", gettext_lazy("Bad practice")


class Way(models.TextChoices):
    """How it was asked."""

    TALK = "talk", gettext_lazy("In a talk")
    CALL = "call", gettext_lazy("On the telephone or in a video call")
    MESSAGE = "message", gettext_lazy("By mail or chat")
    HERE = "here", gettext_lazy("In writing in Accord")
    OTHER = "other", gettext_lazy("In another way")


class Addition(models.TextChoices):
    """What can be added to a record."""

    NOTE = "note", gettext_lazy("Note")
    OUTCOME = "outcome", gettext_lazy("What came of it")
    ANSWERED = "answered", gettext_lazy("Ordinary answer given")
    SUPPORT = "support", gettext_lazy("Support asked for")
    SUPPORTED = "supported", gettext_lazy("Support given")
    EXPORTED = "exported", gettext_lazy("Handed out whole")
    FORGOTTEN = "forgotten", gettext_lazy("Name of a candidate erased")


ERASED = "[name erased]"
"""What stands where the name of an erased candidate stood."""
SETTING = "accord.forgetting"
"""The database's setting that names who is being forgotten: JSON of `candidate`, `full` and `parts` (see `kept`)."""

FORGET = """
    IF TG_OP = 'UPDATE' AND coalesce(current_setting('accord.forgetting', true), '') <> '' THEN
        wanted := current_setting('accord.forgetting')::jsonb;
        left_over := OLD;
        {candidate}
        FOR called IN SELECT * FROM jsonb_array_elements_text(wanted -> 'full')
            UNION ALL SELECT * FROM jsonb_array_elements_text(wanted -> 'parts') WHERE is_theirs
        LOOP
            pattern := '\\m' || regexp_replace(called, '([^[:alnum:][:space:]])', '\\\\\\1', 'g') || '\\M';
            {columns}
        END LOOP;
        RETURN left_over;
    END IF;
    RAISE EXCEPTION 'a declined request is added to, never changed or removed' USING ERRCODE = 'restrict_violation';
"""
"""Whatever an update asks for, all that it does is to replace the erased name in the columns named here."""


def kept(candidate: str, *columns: str) -> list[pgtrigger.Trigger]:
    """The triggers that hold a table: nothing is changed, taken out or emptied, but for a name that is erased."""
    replaced = [
        f"left_over.{name} := regexp_replace(left_over.{name}, pattern, '{ERASED}', 'gi');"
        for name in columns
    ]
    func = FORGET.replace("{candidate}", candidate).replace("{columns}", "\n            ".join(replaced))
    declared = [
        ("wanted", "jsonb"), ("left_over", "record"), ("called", "text"), ("pattern", "text"), ("is_theirs", "boolean"),
    ]  # fmt: skip
    return [
        pgtrigger.Trigger(
            name="added_to_only",
            when=pgtrigger.Before,
            operation=pgtrigger.Update | pgtrigger.Delete,
            declare=declared,
            func=func,
        ),
        pgtrigger.Trigger(
            name="never_emptied",
            when=pgtrigger.Before,
            level=pgtrigger.Statement,
            operation=pgtrigger.Truncate,
            declare=[("holds", "boolean")],
            func=REFUSE_EMPTYING,
        ),
    ]


REFUSE_EMPTYING = """
    EXECUTE 'SELECT EXISTS (SELECT FROM ' || TG_RELID::regclass || ')' INTO STRICT holds;
    IF holds THEN
        RAISE EXCEPTION 'a declined request is added to, never changed or removed'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
"""


class DeclinedRequestQuerySet(GuardedQuerySet["DeclinedRequest"]):
    """Who sees which is said in `queries/sight.py`."""

    def whole(self) -> Self:
        """With everybody and everything that a page shows of it."""
        return self.select_related("recorded_by", "asked_by", "requisition").prefetch_related("additions__by")


class DeclinedRequest(models.Model):
    """A request that a recruiter declined: by whom it was made, the ground, the rule, and the lawful alternative.

    It protects who recorded it. Whoever asked, and whoever works for them, never learns that it is there:
    no activity, no mail and no due work is written about it, for administrators read those. What it is
    about is referred to without constraints, so that nothing anybody does elsewhere is refused on its account.
    """

    recorded_by = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        "ats.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_by_name = models.CharField(
        max_length=200, blank=True, help_text="Somebody without an account here."
    )
    asked_at = models.DateTimeField()
    asked_how = models.CharField(max_length=10, choices=Way)
    asked = models.TextField(help_text="What was asked, as far as possible in their words.")
    subject = models.CharField(max_length=80, help_text="What it is about, such as Age.")
    ground = models.CharField(max_length=15, choices=Ground)
    rule = models.TextField(help_text="The law, or the words of the policy.")
    alternative = models.TextField(help_text="The lawful way that was offered instead.")
    requisition = models.ForeignKey(
        Requisition, on_delete=models.DO_NOTHING, db_constraint=False, null=True, blank=True, related_name="+"
    )
    candidate = models.ForeignKey(
        Candidate, on_delete=models.DO_NOTHING, db_constraint=False, null=True, blank=True, related_name="+"
    )
    candidate_name = models.CharField(max_length=200, blank=True)
    kept_from = ArrayField(
        models.BigIntegerField(), default=list, blank=True, help_text="Who else must not see it, by number."
    )

    objects = DeclinedRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("declined_ground_known", "ground", Ground),
            one_of("declined_way_known", "asked_how", Way),
            models.CheckConstraint(
                name="declined_asked_by_one",
                condition=Q(asked_by__isnull=False, asked_by_name="")
                | (Q(asked_by__isnull=True) & ~Q(asked_by_name="")),
                violation_error_message="Say who asked: somebody of the house, or the name of somebody else.",
            ),
            models.CheckConstraint(
                name="declined_asked_by_another",
                condition=Q(asked_by__isnull=True) | ~Q(asked_by=F("recorded_by")),
                violation_error_message="What one asks oneself is no request to decline.",
            ),
            models.CheckConstraint(
                name="declined_says_all",
                condition=~Q(asked="") & ~Q(subject="") & ~Q(rule="") & ~Q(alternative=""),
                violation_error_message="Say what was asked, against which rule it is, and what was offered instead.",
            ),
        ]
        indexes = [
            models.Index(fields=["recorded_by", "-recorded_at"], name="declined_of_recorder"),
            models.Index(fields=["candidate"], name="declined_about", condition=Q(candidate__isnull=False)),
        ]
        triggers = kept(
            """is_theirs := coalesce(OLD.candidate_id = (wanted ->> 'candidate')::bigint, false);
        IF is_theirs THEN
            left_over.candidate_id := NULL;
            left_over.candidate_name := '';
        END IF;""",
            "asked",
            "rule",
            "alternative",
            "candidate_name",
        )

    def __str__(self) -> str:
        return f"Declined request {self.pk}"

    @property
    def asker(self) -> str:
        return str(self.asked_by) if self.asked_by else self.asked_by_name

    def about(self) -> dict[str, int]:
        """Nothing: it stands in no record but its own."""
        return {}


class DeclinedAddition(models.Model):
    """What was added to a record later, by whom and when; `due_at` is by when support was asked for."""

    record = models.ForeignKey(DeclinedRequest, on_delete=models.PROTECT, related_name="additions")
    kind = models.CharField(max_length=10, choices=Addition)
    text = models.TextField(blank=True)
    by = models.ForeignKey("ats.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("at", "pk")
        constraints = [
            one_of("declined_addition_known", "kind", Addition),
            models.CheckConstraint(
                name="declined_support_is_due",
                condition=Q(kind="support", due_at__isnull=False)
                | (~Q(kind="support") & Q(due_at__isnull=True)),
                violation_error_message="Support is asked for by a time, and nothing else is.",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], name="declined_support", condition=Q(kind="support"))]
        triggers = kept(
            """SELECT coalesce(candidate_id = (wanted ->> 'candidate')::bigint, false) INTO is_theirs
            FROM partners_declinedrequest WHERE id = OLD.record_id;""",
            "text",
        )

    def __str__(self) -> str:
        return self.get_kind_display()

    def about(self) -> dict[str, int]:
        return {}


class DeclinedPart(models.TextChoices):
    """Why somebody is named: HR sees all but their own; the next in line sees what somebody else may not."""

    HR = "hr", gettext_lazy("HR")
    NEXT = "next", gettext_lazy("Next in line")


class DeclinedReader(models.Model):
    """Somebody who is named to see declined requests, in their place of the order."""

    user = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, choices=DeclinedPart)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("part", "position", "pk")
        constraints = [
            one_of("declined_part_known", "part", DeclinedPart),
            models.UniqueConstraint(
                fields=["user", "part"],
                name="declined_reader_once",
                violation_error_message="This person is named already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_part_display()}"

    def about(self) -> dict[str, int]:
        return {}
