"""The coordinator of the demo company asks the data role's manager when he can: it waits for him on his dashboard."""

from datetime import datetime

from ats.demo.company.house import House
from candidates.models import Application, InterviewState, KeptFrom
from candidates.scheduling.actions import ask_interviewers
from requisitions.models import PlannedInterview, StageKind

DAYS = 3


def ask_manager(house: House, now: datetime) -> None:
    """About whoever of his role has come farthest and has no talk with him yet."""
    manager = house["manager"]
    talk = PlannedInterview.objects.filter(
        requisition__hiring_manager=manager, interviewers=manager, retired=False
    ).first()
    if talk is None:
        return
    rows = Application.objects.active().filter(requisition=talk.requisition_id)
    rows = rows.exclude(pk__in=KeptFrom.objects.in_force().values("application"))
    met = [InterviewState.BOOKED, InterviewState.HELD]
    rows = rows.exclude(interviews__planned=talk, interviews__state__in=met)
    in_time = rows.filter(stage__kind__in=[StageKind.REVIEW, StageKind.INTERVIEW])
    application = in_time.order_by("-stage__position", "applied_at", "pk").first()
    if application is not None:
        ask_interviewers.ask(
            application_id=application.pk,
            planned_id=talk.pk,
            interviewer_id=manager.pk,
            by=house["coordinator"],
            now=now,
            days=DAYS,
        )
