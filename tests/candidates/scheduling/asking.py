"""Asking somebody when they can, and what they say."""

from ats.models import Activity
from candidates.models import AvailabilityRequest
from candidates.scheduling.actions import ask_interviewers
from tests.candidates.interviews.builders import later
from tests.factories import NOW


def ask(application, planned, person, *, now=NOW, **facts):
    return ask_interviewers.ask(
        application_id=application.pk,
        planned_id=planned.pk,
        interviewer_id=person.pk,
        by=facts.pop("by", application.requisition.recruiter),
        now=now,
        **facts,
    )


def give(asked, *times, by=None, now=NOW):
    return ask_interviewers.give(request_id=asked.pk, times=times, by=by or asked.interviewer, now=now)


def overdue(asked):
    AvailabilityRequest.objects.filter(pk=asked.pk).update(due_at=later(hours=-1))


def verbs(application):
    rows = Activity.objects.filter(application_id=application.pk, verb__startswith="availability")
    return list(rows.order_by("id").values_list("verb", "data__why"))
