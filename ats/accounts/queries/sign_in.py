"""What is known before somebody has signed in: their device, and what the house asks for."""

from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.db.models import Count, Exists, OuterRef

from ats.accounts.domain import devices
from ats.accounts.models import KnownDevice, Role, SignInPolicy, User

SECOND_STEPS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def policy() -> SignInPolicy:
    return SignInPolicy.objects.filter(pk=1).first() or SignInPolicy(pk=1)


def device_of(email: str, tokens: list[str], *, now: datetime) -> KnownDevice | None:
    """Whether this browser is one in which the person of this address has signed in."""
    if not tokens:
        return None
    rows = KnownDevice.objects.filter(user__email__iexact=email, user__is_active=True)
    since = now - timedelta(seconds=devices.LASTS)
    hashes = [devices.hash_of(token) for token in tokens]
    return rows.filter(token_hash__in=hashes, used_at__gt=since).order_by("-used_at").first()


def people_without_second_step() -> dict[str, int]:
    """How many of each role a password alone signs in, by the role's name for people."""
    theirs = Authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND_STEPS)
    rows = User.objects.filter(~Exists(theirs), is_active=True).values("role").annotate(many=Count("pk"))
    found = {row["role"]: row["many"] for row in rows.order_by("role")}
    return {str(role.label): found[role] for role in Role if role in found}


def takes_second_step(user: User) -> bool:
    """Whether a password alone is not enough for them: their role asks for more, or they have set up more."""
    if user.role in policy().second_step_roles:
        return True
    return Authenticator.objects.filter(user=user, type__in=SECOND_STEPS).exists()


def second_step_is_owed(user: User, rules: SignInPolicy) -> bool:
    """Whether their role needs a second step and they have none."""
    if user.role not in rules.second_step_roles:
        return False
    return not Authenticator.objects.filter(user=user, type__in=SECOND_STEPS).exists()
