"""Every write about people and their access."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from ats.accounts import invitations, sessions, succession
from ats.accounts.models import Invitation, Role, User
from ats.activity.record import record
from ats.kernel.access import get_for
from ats.kernel.errors import Invalid, Missing, NotAllowed, WrongState
from ats.mail.outbox import To, queue, write

MANAGE = "ats.manage_people"


def _permit(user: User) -> None:
    if not user.has_perm(MANAGE):
        raise NotAllowed("Only administrators look after people.")


def _permit_for(user_id: int, by: User) -> None:
    """Before anything is locked; looked at again once it is."""
    get_for(User.objects.all(), user_id, user=by, permission=MANAGE)


@transaction.atomic
def invite(*, email: str, name: str, role: str, by: User, now: datetime) -> Invitation:
    """Send somebody a link with which they make their access; an older link of theirs stops working."""
    _permit(by)
    email = email.strip().lower()
    known = User.objects.filter(email__iexact=email).first()
    if known is not None:
        what = "has access already" if known.is_active else "had access before: give it back on their page"
        raise Invalid(f"{known.name} {what}.", field="email")
    for older in Invitation.objects.open().filter(email__iexact=email).select_for_update():
        _revoke(older, by=by, now=now)
    token = invitations.new_token()
    invitation = Invitation.objects.create(
        email=email,
        name=name.strip(),
        role=role,
        token_hash=invitations.hash_of(token),
        invited_by=by,
        expires_at=now + invitations.VALID_FOR,
    )
    record(
        "user.invited", subject=invitation, by=by, now=now, data={"email": email, "role": Role(role).label}
    )
    queue(
        "account.invitation",
        to=To(address=email, name=invitation.name, reply_to=by.email),
        message=write(
            "account.invitation",
            values={
                "name": invitation.name.split()[0] if invitation.name else "there",
                "inviter": by.name,
                "role": Role(role).label,
                "link": invitations.link_for(token),
                "expires": f"{invitation.expires_at.astimezone(by.zone):%-d %B %Y}",
            },
            organisation=None,
        ),
        key=f"account.invitation:{invitation.pk}",
        now=now,
        not_after=invitation.expires_at,
    )
    return invitation


@transaction.atomic
def revoke_invitation(*, invitation_id: int, by: User, now: datetime) -> Invitation:
    _permit(by)
    invitation = Invitation.objects.open().select_for_update().filter(pk=invitation_id).first()
    if invitation is None:
        raise Missing("This invitation is not open any more.")
    return _revoke(invitation, by=by, now=now)


def _revoke(invitation: Invitation, *, by: User, now: datetime) -> Invitation:
    invitation.revoked_at = now
    invitation.save(update_fields=["revoked_at"])
    record("user.invitation_revoked", subject=invitation, by=by, now=now, data={"email": invitation.email})
    return invitation


@transaction.atomic
def accept_invitation(*, token: str, name: str, password: str, now: datetime) -> User:
    """Make the access that a link promises; once."""
    invitation = invitations.by_token(token, now=now, for_update=True)
    if invitation is None:
        raise WrongState("This link does not work any more. Ask for a new one.")
    user = User(email=invitation.email, name=name.strip(), role=invitation.role)
    _check_password(password, user)
    user.time_zone = invitation.invited_by.time_zone
    user.set_password(password)
    user.save()
    invitation.accepted_at, invitation.accepted_by = now, user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    record("user.joined", subject=user, by=user, now=now, data={"role": user.get_role_display()})
    return user


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), field="password") from error


@transaction.atomic
def change_role(
    *, user_id: int, role: str, by: User, now: datetime, successors: Mapping[str, int] | None = None
) -> User:
    """Give somebody another role in the house; what they may not do in it goes to `successors`, by part.

    Interviews, and the evidence about them, stay theirs.
    """
    _permit_for(user_id, by)
    succession.hold(user_id, successors=(successors or {}).values())
    user = get_for(User.objects.all(), user_id, user=by, permission=MANAGE)
    before, label = user.role, user.get_role_display()
    if before == role:
        return user
    _keep_an_administrator(user)
    lost = succession.lost_with(succession.held_by(user), role) if user.is_active else []
    heirs = succession.named(user, lost, successors or {})
    user.role = role
    user.save(update_fields=["role"])
    data = {"name": user.name, "from_role": label, "to_role": user.get_role_display(), **heirs}
    data["before"] = before
    record("user.role_changed", subject=user, by=by, now=now, data=data)
    queue(
        "account.role_changed",
        to=To(address=user.email, name=user.name, reply_to=by.email),
        message=write(
            "account.role_changed",
            values={"name": user.get_short_name(), "by": by.name, "role": user.get_role_display()},
            organisation=None,
        ),
        key=f"account.role_changed:{user.pk}:{now.isoformat()}",
        now=now,
    )
    return user


@transaction.atomic
def deactivate(*, user_id: int, by: User, now: datetime, successors: Mapping[str, int] | None = None) -> User:
    """End somebody's access: sessions and API tokens with it. What they did stays theirs.

    What they owe goes to `successors`, by part (see `succession.py`): nobody waits for a person who is gone.
    """
    _permit_for(user_id, by)
    succession.hold(user_id, successors=(successors or {}).values())
    user = get_for(User.objects.all(), user_id, user=by, permission=MANAGE)
    if user == by:
        raise Invalid("You cannot end your own access. Another administrator can.")
    if not user.is_active:
        raise WrongState(f"{user.name} has no access already.")
    _keep_an_administrator(user)
    heirs = succession.named(user, succession.held_by(user), successors or {})
    user.is_active = False
    user.save(update_fields=["is_active"])
    sessions.end_all(user)
    user.api_tokens.filter(revoked_at=None).update(revoked_at=now)
    record("user.deactivated", subject=user, by=by, now=now, data={"name": user.name, **heirs})
    return user


@transaction.atomic
def reactivate(*, user_id: int, by: User, now: datetime) -> User:
    user = get_for(User.objects.all(), user_id, user=by, permission=MANAGE, for_update=True)
    if user.is_active:
        raise WrongState(f"{user.name} has access already.")
    user.is_active = True
    user.save(update_fields=["is_active"])
    record("user.reactivated", subject=user, by=by, now=now, data={"name": user.name})
    return user


@transaction.atomic
def end_sessions(*, user_id: int, by: User, now: datetime) -> User:
    """Sign somebody out everywhere: a lost laptop."""
    user = get_for(User.objects.all(), user_id, user=by, permission=MANAGE, for_update=True)
    sessions.end_all(user)
    record("user.sessions_ended", subject=user, by=by, now=now, data={"name": user.name})
    return user


def _keep_an_administrator(user: User) -> None:
    """Of two administrators who take each other's role at once, the second is refused: both are locked."""
    if user.role != Role.ADMIN or not user.is_active:
        return
    others = User.objects.filter(role=Role.ADMIN, is_active=True).exclude(pk=user.pk)
    if not others.exists():
        raise WrongState("There must be an administrator. Make somebody else one first.")


PROFILE = frozenset({"name", "title", "time_zone", "language"})


@transaction.atomic
def change_profile(*, user: User, now: datetime, **facts: str) -> User:
    """What a person says about themselves."""
    if unknown := set(facts) - PROFILE:
        raise TypeError(f"A profile has no {', '.join(sorted(unknown))}.")
    user = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    changed = [name for name, value in facts.items() if getattr(user, name) != value]
    if changed:
        for name in changed:
            setattr(user, name, facts[name])
        user.save(update_fields=changed)
        record("user.profile_changed", subject=user, by=user, now=now, data={"fields": _words(changed)})
    return user


def _words(names: Iterable[str]) -> str:
    return ", ".join(name.replace("_", " ") for name in names)
