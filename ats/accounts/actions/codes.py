"""A mailed code for who cannot be told from somebody who guesses: asked for, tried, used once."""

import uuid
from datetime import datetime

from django.db import transaction
from django.db.models import F

from ats.accounts.actions import notify
from ats.accounts.domain import codes
from ats.accounts.models import SignInCode, User
from ats.duework.tasks import hurry, plan
from ats.mail.outbox import To, queue, write

SEND_CODE = "accounts.send_code"


def ask_code(*, email: str, now: datetime) -> str:
    """A question for a code, which this browser alone can answer.

    The code is made and sent apart from the request, so that an address that is nobody's costs as much.
    """
    question = str(uuid.uuid4())
    user_id = User.objects.filter(email__iexact=email, is_active=True).values_list("pk", flat=True).first()
    with transaction.atomic():
        key, payload = f"{SEND_CODE}:{question}", {"question": question}
        plan(SEND_CODE, subject_id=user_id or 0, due_at=now, key=key, payload=payload)
        hurry("tasks")
    return question


@transaction.atomic
def send_code(*, user_id: int, question: str, now: datetime) -> None:
    """Mail a code for this question; nothing for an address that is nobody's.

    A code that is under way is good for whoever asks meanwhile: it stands in one mailbox all the same.
    """
    user = User.objects.filter(pk=user_id, is_active=True).select_for_update(no_key=True).first()
    if user is None:
        return
    mine = SignInCode.objects.filter(user=user)
    mine.filter(expires_at__lte=now).delete()
    sent = mine.filter(used_at=None, sent_at__gt=now - codes.ANOTHER_AFTER).order_by("-sent_at").first()
    if sent is None:
        _send(user, question, now)
        return
    SignInCode.objects.create(
        user=user,
        question=question,
        code_hash=sent.code_hash,
        sent_at=sent.sent_at,
        expires_at=sent.expires_at,
    )


def _send(user: User, question: str, now: datetime) -> None:
    code, until = codes.new_code(), now + codes.VALID_FOR
    asked = SignInCode.objects.create(
        user=user,
        question=question,
        code_hash=codes.hash_of(code, user.pk),
        sent_at=now,
        expires_at=until,
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


def try_code(*, question: str, typed: str, where: dict[str, str], now: datetime) -> bool:
    """Whether this is the code; every try counts, and a wrong one is noted for whom it was.

    A question about an address that is nobody's is asked the same of the tables.
    """
    asked = SignInCode.objects.filter(question=question)
    still = asked.filter(used_at=None, expires_at__gt=now, tries__lt=codes.MOST_TRIES)
    counts = still.update(tries=F("tries") + 1)
    row = asked.first() or SignInCode(user_id=0)
    if codes.is_right(typed, user_id=row.user_id, kept=row.code_hash) and counts:
        return True
    notify.note_later("user.code_failed", row.user_id, data=where, now=now)
    return False


@transaction.atomic
def use_code(*, question: str, now: datetime) -> bool:
    """It let somebody in and lets nobody else in, from whichever browser; False if it has done so already."""
    asked = SignInCode.objects.select_for_update(no_key=True).filter(question=question, used_at=None).first()
    if asked is None:
        return False
    same = SignInCode.objects.filter(user=asked.user_id, code_hash=asked.code_hash)
    same.update(used_at=now)
    return True
