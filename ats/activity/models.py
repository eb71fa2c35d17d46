"""The append-only record of what happened; the one source of every clock."""

from typing import Any

import pgtrigger
from django.db import models

from ats.kernel.models import one_of


class ActorKind(models.TextChoices):
    USER = "user", "User"
    CANDIDATE = "candidate", "Candidate"
    SYSTEM = "system", "Accord"


class About(models.Model):
    """What a row is about, as plain numbers: no foreign key may keep a record from being written or kept."""

    organisation_id = models.BigIntegerField(null=True, blank=True)
    requisition_id = models.BigIntegerField(null=True, blank=True)
    application_id = models.BigIntegerField(null=True, blank=True)
    candidate_id = models.BigIntegerField(null=True, blank=True)
    partnership_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        abstract = True


ABOUT_FIELDS = frozenset(field.name for field in About._meta.local_fields)


class Activity(About):
    """One thing that happened: who did what to what, and when.

    While it is being recorded, listeners find in `subject` and `by` the very rows that the action holds, and
    need not read them again; an activity that was read from the record has neither.
    """

    subject: Any = None
    by: Any = None

    verb = models.CharField(max_length=80)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    request_id = models.UUIDField(null=True, blank=True)
    channel = models.CharField(max_length=10, default="system")
    actor_kind = models.CharField(max_length=10, choices=ActorKind)
    actor_id = models.BigIntegerField(null=True, blank=True)
    actor_name = models.CharField(max_length=200, blank=True)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    data = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "activities"
        constraints = [one_of("activity_actor_kind", "actor_kind", ActorKind)]
        indexes = [
            models.Index(
                fields=["application_id", "-occurred_at"],
                name="activity_of_application",
                condition=models.Q(application_id__isnull=False),
            ),
            models.Index(
                fields=["candidate_id", "-occurred_at"],
                name="activity_of_candidate",
                condition=models.Q(candidate_id__isnull=False),
            ),
            models.Index(
                fields=["requisition_id", "-id"],
                name="activity_of_requisition",
                condition=models.Q(requisition_id__isnull=False),
            ),
            models.Index(
                fields=["partnership_id", "-occurred_at"],
                name="activity_of_partnership",
                condition=models.Q(partnership_id__isnull=False),
            ),
            models.Index(fields=["verb", "-occurred_at"], name="activity_of_verb"),
            models.Index(
                fields=["subject_id", "-occurred_at"],
                name="activity_of_access",
                condition=models.Q(subject_type__in=["user", "outgoingmail"]),
            ),
        ]
        triggers = [
            # Erasure of a person's data is the one reason to touch a record, and says so (see `erase`). Whom it is
            # about may be said anew where two of them were put together; nothing else of it then.
            pgtrigger.Trigger(
                name="append_only",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF TG_OP = 'UPDATE' AND current_setting('accord.erasing', true) = 'on' THEN
                        RETURN NEW;
                    END IF;
                    IF TG_OP = 'UPDATE' AND current_setting('accord.merging', true) = 'on'
                            AND to_jsonb(NEW) - 'candidate_id' = to_jsonb(OLD) - 'candidate_id' THEN
                        RETURN NEW;
                    END IF;
                    RAISE EXCEPTION 'the activity record is append-only' USING ERRCODE = 'restrict_violation';
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type} {self.subject_id}"


class HeardTo(models.Model):
    """How far somebody who reads the record afterwards has come: one row for each who does."""

    name = models.CharField(max_length=40, primary_key=True)
    heard_to = models.DateTimeField()
    heard_id = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name}: {self.heard_to}"
