"""Inviting somebody, and making the access that a link promises."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from ats.accounts.actions.permit import permit
from ats.accounts.actions.work_for import in_words, known
from ats.accounts.domain import invitation as links
from ats.accounts.models import Invitation, Role, User
from ats.accounts.queries.invitation import by_token
from ats.activity.record import record
from ats.kernel.errors import ActionError, Invalid, Missing, WrongState
from ats.kernel.languages import recorded
from ats.kernel.staff_words import gettext
from ats.mail.outbox import To, queue, write


@transaction.atomic
def invite(
    *,
    email: str,
    name: str,
    role: str,
    by: User,
    now: datetime,
    organisations: Collection[int] | None = None,
) -> Invitation:
    """Send somebody a link with which they make their access; an older link of theirs stops working.

    With it they see these organisations alone, or the whole house.
    """
    permit(by)
    works_for = known(organisations, role=role)
    email = email.strip().lower()
    somebody = User.objects.filter(email__iexact=email).first()
    if somebody is not None:
        what = "has access already" if somebody.is_active else "had access before: give it back on their page"
        raise Invalid(f"{somebody.name} {what}.", field="email")
    for older in Invitation.objects.open().filter(email__iexact=email).select_for_update():
        _revoke(older, by=by, now=now)
    token = links.new_token()
    invitation = Invitation.objects.create(
        email=email,
        name=name.strip(),
        role=role,
        works_for=works_for,
        token_hash=links.hash_of(token),
        invited_by=by,
        expires_at=now + links.VALID_FOR,
    )
    record(
        "user.invited",
        subject=invitation,
        by=by,
        now=now,
        data={"email": email, "role": recorded(Role(role).label)}
        | ({"what": in_words(works_for)} if works_for else {}),
    )
    queue(
        "account.invitation",
        to=To(address=email, name=invitation.name, reply_to=by.email),
        message=write(
            "account.invitation",
            values={
                "name": invitation.name.split()[0] if invitation.name else "there",
                "inviter": by.name,
                "role": recorded(Role(role).label),
                "link": links.link_for(token),
                "expires": f"{invitation.expires_at.astimezone(by.zone):%-d %B %Y}",
            },
            organisation=None,
        ),
        key=f"account.invitation:{invitation.pk}",
        now=now,
        not_after=invitation.expires_at,
    )
    return invitation


class OneRefused(Exception):
    """One of those who were to be invited together cannot be: its place among them, and why."""

    def __init__(self, place: int, error: ActionError) -> None:
        super().__init__(str(error))
        self.place, self.error = place, error


@transaction.atomic
def invite_together(wanted: Sequence[Mapping[str, Any]], *, by: User, now: datetime) -> list[Invitation]:
    """Invite all of these or none; `OneRefused` says who was in the way."""
    made = []
    for place, one in enumerate(wanted):
        try:
            made.append(invite(**one, by=by, now=now))
        except ActionError as error:
            raise OneRefused(place, error) from error
    return made


@transaction.atomic
def revoke_invitation(*, invitation_id: int, by: User, now: datetime) -> Invitation:
    permit(by)
    invitation = Invitation.objects.open().select_for_update().filter(pk=invitation_id).first()
    if invitation is None:
        raise Missing(gettext("This invitation is not open any more."))
    return _revoke(invitation, by=by, now=now)


def _revoke(invitation: Invitation, *, by: User, now: datetime) -> Invitation:
    invitation.revoked_at = now
    invitation.save(update_fields=["revoked_at"])
    record("user.invitation_revoked", subject=invitation, by=by, now=now, data={"email": invitation.email})
    return invitation


@transaction.atomic
def accept_invitation(*, token: str, name: str, password: str, now: datetime) -> User:
    """Make the access that a link promises; once."""
    invitation = by_token(token, now=now, for_update=True)
    if invitation is None:
        raise WrongState(gettext("This link does not work any more. Ask for a new one."))
    user = User(
        email=invitation.email,
        name=name.strip(),
        role=invitation.role,
        works_for=invitation.works_for,
    )
    _check_password(password, user)
    user.time_zone = invitation.invited_by.time_zone
    user.set_password(password)
    user.save()
    invitation.accepted_at, invitation.accepted_by = now, user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    record("user.joined", subject=user, by=user, now=now, data={"role": recorded(Role(user.role).label)})
    return user


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid(" ".join(error.messages), field="password") from error
