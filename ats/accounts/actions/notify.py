"""What is noted, and what is written to people, about their own access."""

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from ats.accounts.actions import attempts
from ats.accounts.models import User
from ats.activity.record import CanAct, record
from ats.duework.tasks import hurry, plan
from ats.kernel.kept import kept
from ats.mail.outbox import To, queue, write
from ats.web.client_address import ip_and_device

NOTICES = {
    "account/email/password_changed": kept("your password was changed"),
    "account/email/password_reset": kept("your password was set anew by a link in a message"),
    "account/email/password_set": kept("a password was set"),
    "mfa/email/totp_activated": kept("an authenticator app was turned on"),
    "mfa/email/totp_deactivated": kept("your authenticator app was turned off"),
    "mfa/email/recovery_codes_generated": kept("new recovery codes were made"),
    "mfa/email/webauthn_added": kept("a passkey was added"),
    "mfa/email/webauthn_removed": kept("a passkey was removed"),
}

NOTE_FAILED = "accounts.note_failed"
GUESSED = "your password was right and the second step wrong, many times"


def note(
    verb: str, user: User, *, by: CanAct | None, data: dict[str, Any], now: datetime | None = None
) -> None:
    """Record something about somebody's access, in a transaction of its own if there is none."""
    with transaction.atomic():
        record(verb, subject=user, by=by, now=now or timezone.now(), data=data)


def note_later(verb: str, user_id: int, *, data: dict[str, str], now: datetime) -> None:
    """What failed is noted apart from the request, for nobody (0) as well: how long it takes tells nothing."""
    payload = {"verb": verb, "at": now.isoformat(), **data}
    with transaction.atomic():
        plan(
            NOTE_FAILED, subject_id=user_id, due_at=now, key=f"{NOTE_FAILED}:{uuid.uuid4()}", payload=payload
        )
        hurry("tasks")


def note_failed(*, user_id: int, payload: dict[str, str]) -> None:
    """In the security log of whom it was about; of an address that is nobody's there is nothing to keep."""
    user = User.objects.filter(pk=user_id).first()
    if user is not None:
        where = {name: payload[name] for name in ("ip", "device")}
        at = datetime.fromisoformat(payload["at"])
        note(payload["verb"], user, by=None, data={"name": user.name, **where}, now=at)


def tell_of_guesses(request: HttpRequest, user: User, *, now: datetime) -> None:
    """Once a day to whose password somebody knows, if it is not they who mistype the second step."""
    if attempts.is_to_be_told(request, user):
        where = ip_and_device(request)
        told = {"ip": where["ip"], "user_agent": where["device"]}
        with transaction.atomic():
            send_notice(user, what=GUESSED, context=told, now=now)


def send_reset_link(user: User, *, link: str, now: datetime) -> None:
    values = {"name": user.get_short_name(), "link": link}
    _send("account.password_reset", user, values, now=now)


def send_notice(user: User, *, what: str, context: dict[str, Any], now: datetime) -> None:
    local = now.astimezone(user.zone)
    values = {
        "name": user.get_short_name(),
        "what": what,
        "when": f"{local:%-d %B %Y, %H:%M} ({user.time_zone})",
        "ip": str(context.get("ip", "")),
        "device": str(context.get("user_agent", "")),
    }
    _send("account.security_notice", user, values, now=now)


def tell_second_steps_forgotten(user: User, *, by: User, now: datetime) -> None:
    local = now.astimezone(user.zone)
    when = f"{local:%-d %B %Y, %H:%M} ({user.time_zone})"
    values = {"name": user.get_short_name(), "by": by.name, "when": when}
    _send("account.second_steps_forgotten", user, values, now=now)


def _send(role: str, user: User, values: dict[str, str], *, now: datetime) -> None:
    queue(
        role,
        to=To(address=user.email, name=user.name),
        message=write(role, values=values, organisation=None, language=user.language),
        key=f"{role}:{uuid.uuid4()}",
        now=now,
    )
