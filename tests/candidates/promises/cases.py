"""Somebody who waits for something, and what happens to them, for the tests of what follows."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from ats.activity.models import Activity
from candidates.models import Application, Promise
from candidates.promises import effects
from tests.candidates.helpers import open_one, whole
from tests.factories import NOW, make_application

TIME = ("stage", "A time for your interview", "scheduling")
CHOICE = ("time", "Choosing a time for the interview", "candidate")
NEWS_AFTER = ("interview", "News about your interview", "recruiter")
NEWS = ("news", "News about your interview", "recruiter")
WORD = ("news", "Word on how we go on", "recruiter")
ANSWER = ("answer", "Answer to your message", "recruiter")


def evening(day: int) -> datetime:
    """The end of work on this day of November 2026, whose 24th is the Tuesday of `NOW`."""
    return NOW.replace(day=1, hour=17) + timedelta(days=day - 1)


def waiting_for(
    kind: str,
    what: str,
    side: str,
    *,
    stage_kind: str = "interview",
    due_at: datetime | None = None,
    **facts: Any,
) -> Application:
    application = make_application(stage_kind=stage_kind, due_at=due_at)
    application.promises.update(kind=kind, what=what, side=side, **facts)
    return application


def happen(event: str, application: Application, now: datetime, **more: Any) -> None:
    """It happens by the recruiter, who did then all that is on record of its promise."""
    by = application.requisition.recruiter
    known = set(on_record(application).values_list("pk", flat=True))
    with transaction.atomic():
        effects.happened(event, application=whole(application), by=by, now=now, **more)
    fresh = on_record(application).exclude(pk__in=known)
    assert {(entry.actor_id, entry.occurred_at) for entry in fresh} <= {(by.pk, now)}


def on_record(application: Application) -> QuerySet[Activity]:
    return Activity.objects.filter(application_id=application.pk, verb__startswith="promise.")


def owed(application: Application) -> tuple[tuple[str, str, str], datetime]:
    """What is promised now and by when; its owner answers for that side, and it follows the one before."""
    one = open_one(application)
    role = application.requisition
    assert one.owner == (role.hiring_manager if one.side == "manager" else role.recruiter)
    before = Promise.objects.filter(application=application).exclude(pk=one.pk).order_by("-id").first()
    assert one.previous == before
    return (one.kind, one.what, one.side), one.due_at


def states(application: Application) -> list[str]:
    return list(application.promises.order_by("id").values_list("state", flat=True))


def why(application: Application) -> tuple[str, dict[str, Any]]:
    """How the last promise that was settled ended, as the record says it."""
    verbs = ("promise.kept", "promise.broken", "promise.released", "promise.corrected")
    last = Activity.objects.filter(application_id=application.pk, verb__in=verbs).order_by("-id").first()
    assert last is not None
    return last.verb, {key: last.data[key] for key in ("reason",) if key in last.data}
