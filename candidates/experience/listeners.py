"""What higher slices do with a candidate and the promise policy has a rule for."""

from ats.activity.models import Activity
from ats.activity.record import Actor, subscribe
from candidates.experience import promises
from candidates.experience.policy import Event


class _By:
    """Whoever did it, as the record of it says."""

    def __init__(self, activity: Activity) -> None:
        self._actor = Actor(kind=activity.actor_kind, id=activity.actor_id, name=activity.actor_name)

    def actor(self) -> Actor:
        return self._actor


@subscribe(Event.REVIEWED)
def reviewed(activity: Activity) -> None:
    """The hiring manager's view passes the move on; that of somebody else in the team does not."""
    if activity.data.get("side") == "team":
        return
    """With the hiring manager's answer the next move is the recruiter's; with another's, if theirs is not asked."""
    application = promises.found(activity.application_id or 0)
    if application is None:
        return
    manager = application.requisition.hiring_manager
    if not application.reviews.filter(state="open", reviewer=manager).exists():
        promises.happened(Event.REVIEWED, application=application, by=_By(activity), now=activity.occurred_at)
