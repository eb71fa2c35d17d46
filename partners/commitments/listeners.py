"""Who hears that something happened on which commitments rest."""

from ats.activity.actors import user_of
from ats.activity.models import Activity
from ats.activity.record import subscribe, subscribe_to_all
from ats.organisation.domain import working_time
from candidates.models import Slate
from candidates.reviews.actions import change_due
from candidates.scorecards.actions import agree_hours
from partners.commitments.actions import touch, touch_all
from partners.commitments.domain.obligations import PRESENTED, RELEVANT
from partners.partnerships.models import AgreementState, Term
from requisitions.interview_plan.actions import agree_scorecard_hours


@subscribe_to_all(*sorted(RELEVANT), "agreement.accepted")
def on_relevant(activities: list[Activity]) -> None:
    touch_all((each.requisition_id, each.application_id) for each in activities)


@subscribe(
    "application.kept_from_manager",
    "application.manager_wanted",
    "application.manager_may_know",
    "application.works_here_wrong",
)
def on_kept(activity: Activity) -> None:
    """Whether the partners may know of somebody has changed: all of the role is looked at again."""
    if activity.requisition_id is not None:
        touch(requisition_id=activity.requisition_id, application_id=None)


@subscribe(PRESENTED)
def on_slate(activity: Activity) -> None:
    """The manager's views are due as the partners agreed, or as the house proposes until they have."""
    terms = Term.objects.filter(
        agreement__partnership__requisition=activity.requisition_id, kind="slate_reviewed"
    )
    term = terms.filter(agreement__state=AgreementState.ACCEPTED).first() or terms.order_by("pk").first()
    if term is not None:
        slate = Slate.objects.select_related("requisition__organisation__calendar").get(
            pk=activity.subject_id
        )
        calendar = slate.requisition.organisation.calendar
        due = working_time.after_days(calendar, activity.occurred_at, term.time)
        change_due(slate_id=slate.pk, due_at=due)


@subscribe("agreement.accepted")
def on_agreement(activity: Activity) -> None:
    """Once both have accepted it, every interviewer is asked for their evidence by then: what is owed, what comes."""
    if not activity.data["in_force"] or activity.requisition_id is None:
        return
    term = Term.objects.filter(agreement=activity.subject_id, kind="evidence").first()
    if term is None:
        return
    by = user_of(activity)
    role, now = activity.requisition_id, activity.occurred_at
    agree_scorecard_hours(requisition_id=role, hours=term.time, by=by, now=now)
    agree_hours(requisition_id=role, hours=term.time, now=now)
