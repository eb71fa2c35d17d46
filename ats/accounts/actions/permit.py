"""Who may look after people, and that somebody always can."""

from ats.accounts.models import Role, User
from ats.kernel.access import get_for
from ats.kernel.errors import NotAllowed, WrongState
from ats.kernel.staff_words import gettext

MANAGE = "ats.manage_people"


def permit(user: User) -> None:
    if not user.has_perm(MANAGE):
        raise NotAllowed(gettext("Only administrators look after people."))


def permit_for(user_id: int, by: User) -> None:
    """Before anything is locked; looked at again once it is."""
    get_for(User.objects.all(), user_id, user=by, permission=MANAGE)


def keep_an_administrator(user: User) -> None:
    """Of two administrators who take each other's role at once, the second is refused: both are locked."""
    if user.role != Role.ADMIN or not user.is_active:
        return
    others = User.objects.filter(role=Role.ADMIN, is_active=True).exclude(pk=user.pk)
    if not others.exists():
        raise WrongState(gettext("There must be an administrator. Make somebody else one first."))
