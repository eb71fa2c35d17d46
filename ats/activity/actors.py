"""Who did it, from an activity: what a listener does, it does in the name of whoever did what it heard of."""

from ats.accounts.models import User
from ats.activity.models import Activity, ActorKind
from ats.activity.record import Actor


class AsRecorded:
    """Whoever did it, as the record of it says; asks the database nothing."""

    def __init__(self, activity: Activity) -> None:
        self._actor = Actor(kind=activity.actor_kind, id=activity.actor_id, name=activity.actor_name)

    def actor(self) -> Actor:
        return self._actor


def user_of(activity: Activity) -> User | None:
    """The colleague who did it: the row that the action holds, else read. None for candidates and for Accord."""
    if isinstance(activity.by, User):
        return activity.by
    if activity.actor_kind != ActorKind.USER:
        return None
    return User.objects.filter(pk=activity.actor_id or 0).first()
