"""A mailed code for who cannot be told from somebody who guesses: asked for, tried, used once."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F

from ats.accounts.actions import notify
from ats.accounts.domain import codes
from ats.accounts.models import SignInCode, User
from ats.mail.outbox import To, queue, write


@transaction.atomic
def ask_code(*, email: str, now: datetime) -> SignInCode | None:
    """A question for a code, which this browser alone can answer; of an address that is nobody's there is none.

    A code that is under way is good for whoever asks meanwhile: it stands in one mailbox all the same.
    """
    user = User.objects.filter(email__iexact=email, is_active=True).select_for_update(no_key=True).first()
    if user is None:
        return None
    mine = SignInCode.objects.filter(user=user)
    mine.filter(expires_at__lte=now).delete()
    sent = mine.filter(used_at=None, sent_at__gt=now - codes.ANOTHER_AFTER).order_by("-sent_at").first()
    if sent is not None:
        return SignInCode.objects.create(
            user=user, code_hash=sent.code_hash, sent_at=sent.sent_at, expires_at=sent.expires_at
        )
    return _send(user, now)


def _send(user: User, now: datetime) -> SignInCode:
    code, until = codes.new_code(), now + codes.VALID_FOR
    asked = SignInCode.objects.create(
        user=user, code_hash=codes.hash_of(code, user.pk), sent_at=now, expires_at=until
    )
    values = {
        "name": user.get_short_name(),
        "code": codes.for_people(code),
        "until": f"{until.astimezone(user.zone):%H:%M} ({user.time_zone})",
    }
    queue(
        "account.sign_in_code",
        to=To(address=user.email, name=user.name),
        message=write("account.sign_in_code", values=values, organisation=None, language=user.language),
        key=f"account.sign_in_code:{asked.pk}",
        now=now,
        not_after=until,
    )
    return asked


@dataclass(frozen=True)
class Tried:
    right: bool
    left: int


def try_code(*, code_id: int, typed: str, now: datetime) -> Tried:
    """Whether this is the code; every try counts, whatever comes of it."""
    still = SignInCode.objects.filter(
        pk=code_id, used_at=None, expires_at__gt=now, tries__lt=codes.MOST_TRIES
    )
    if not still.update(tries=F("tries") + 1):
        return Tried(right=False, left=0)
    asked = SignInCode.objects.get(pk=code_id)
    right = codes.is_right(typed, user_id=asked.user_id, kept=asked.code_hash)
    return Tried(right=right, left=codes.MOST_TRIES - asked.tries)


def note_wrong_code(code_id: int, *, data: dict[str, str]) -> None:
    """In the security log of whom it was for."""
    user = User.objects.filter(sign_in_codes=code_id).first()
    if user is not None:
        notify.note("user.code_failed", user, by=None, data=data)


@transaction.atomic
def use_code(*, code_id: int, now: datetime) -> bool:
    """It let somebody in and lets nobody else in, from whichever browser; False if it has done so already."""
    asked = SignInCode.objects.select_for_update(no_key=True).filter(pk=code_id, used_at=None).first()
    if asked is None:
        return False
    same = SignInCode.objects.filter(user=asked.user_id, code_hash=asked.code_hash)
    same.update(used_at=now)
    return True
