"""Decisions as the tests make them, hours after `NOW`."""

from candidates.applications import actions
from candidates.models import Application
from tests.candidates.helpers import hours

NO = ("Your application", "Dear {{ candidate.first_name }},\n\nwe will not go on. {{ reason }}")


def reject(application: Application, now: float = 1, **more: object) -> Application:
    given = {
        "reason": "stronger-match",
        "by": application.requisition.recruiter,
        "message": NO,
        "now": hours(now),
    }
    return actions.reject(application_id=application.pk, **(given | more))


def hire(application: Application, now: float = 1, **more: object) -> Application:
    given = {"by": application.requisition.recruiter, "now": hours(now)} | more
    return actions.hire(application_id=application.pk, **given)


def undo(application: Application, now: float, **more: object) -> Application:
    given = {"by": application.requisition.recruiter, "now": hours(now)} | more
    return actions.undo_decision(application_id=application.pk, **given)
