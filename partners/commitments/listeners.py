"""Who hears that something happened on which commitments rest."""

from ats.activity.models import Activity
from ats.activity.record import subscribe
from ats.organisation import working
from candidates.models import Slate
from candidates.reviews.actions import change_due
from partners.commitments.actions import touch
from partners.commitments.occasions import PRESENTED, RELEVANT
from partners.partnerships.models import AgreementState, Term


@subscribe(*sorted(RELEVANT), "agreement.accepted")
def on_relevant(activity: Activity) -> None:
    if activity.requisition_id is not None:
        touch(requisition_id=activity.requisition_id, application_id=activity.application_id)


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
        due = working.after_days(calendar, activity.occurred_at, term.working_days)
        change_due(slate_id=slate.pk, due_at=due)
