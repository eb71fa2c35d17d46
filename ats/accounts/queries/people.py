"""What the pages about people show."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db.models import Exists, OuterRef, Q, QuerySet

from ats.accounts.models import Invitation, User
from ats.activity.models import Activity
from ats.organisation.models import HiringOrganisation


def people(*, q: str = "", role: str = "", former: bool = False) -> QuerySet[User]:
    """Users by name, each with `second_step`: whether a password alone does not sign them in."""
    found = User.objects.annotate(second_step=Exists(Authenticator.objects.filter(user=OuterRef("pk"))))
    if not former:
        found = found.filter(is_active=True)
    if role:
        found = found.filter(role=role)
    if q:
        found = found.filter(Q(name__icontains=q) | Q(email__icontains=q))
    return found.order_by("name", "pk")


def anybody_else(user: User) -> bool:
    """Whether somebody beside this person can sign in."""
    return User.objects.filter(is_active=True).exclude(pk=user.pk).exists()


def open_invitations() -> QuerySet[Invitation]:
    return Invitation.objects.open().select_related("invited_by").order_by("-created_at")


def person(user_id: int) -> User | None:
    second_step = Exists(Authenticator.objects.filter(user=OuterRef("pk")))
    return User.objects.annotate(second_step=second_step).filter(pk=user_id).first()


def organisations_of(user: User) -> list[HiringOrganisation] | None:
    """Those for which they work; None where they see the whole house."""
    if user.works_for is None:
        return None
    return list(HiringOrganisation.objects.filter(pk__in=user.works_for).order_by("name", "pk"))


def has_keys(user: User) -> bool:
    """Whether something acts for them without their password: a token, the address of their calendar."""
    open_ones = (user.api_tokens, user.calendar_links)
    return any(rows.filter(revoked_at=None).exists() for rows in open_ones)


def session_list(user: User, *, limit: int = 20) -> list[UserSession]:
    return list(UserSession.objects.filter(user=user).order_by("-last_seen_at")[:limit])


def security_log(user: User, *, limit: int = 50) -> list[Activity]:
    """What happened to somebody's access, newest first."""
    of_them = Activity.objects.filter(subject_type="user", subject_id=user.pk)
    return list(of_them.order_by("-occurred_at", "-id")[:limit])
