"""A number, confirmed by a code that goes there, and what is sent to it; all of it ends with one click.

Who can open the page of one candidate must not be able to flood somebody else's telephone, or to guess: few codes go
out, to one number, for one person, and for the whole organisation; each holds for minutes and few tries; and whoever
answers STOP gets no more of them.
"""

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy

from ats.activity.record import CanAct, record
from ats.kernel.errors import Invalid, WrongState
from ats.kernel.languages import recorded
from ats.sms import actions as outbox
from ats.sms.actions.suppress import is_suppressed
from ats.sms.domain.numbers import mobile
from ats.sms.models import SmsAccount, SmsKind, SmsMessage
from candidates.people.models import Candidate
from candidates.sms import queries
from candidates.sms.domain import texts
from candidates.sms.models import SmsAbout, SmsChoice, SmsCode

MINUTES, TRIES, DIGITS = 10, 5, 6
BETWEEN = timedelta(seconds=60)
TO_ONE_NUMBER, BY_ONE_PERSON, OF_ALL = 4, 5, 60
"""Codes that go out to one number and for one person in a day, and for an organisation in an hour."""
SALT = "candidates.sms.code"
TOO_OFTEN = gettext_lazy(
    "Codes were asked for several times. Please try again tomorrow, or use another number."
)
WRONG = gettext_lazy("This is not the code that we sent. Please look again.")
OVER = gettext_lazy("This code is no longer valid. Please ask for a new one.")
UNWANTED = gettext_lazy(
    "From this number STOP was answered, so nothing is sent there. To change that, answer START to our last SMS."
)


@transaction.atomic
def ask_for_code(*, candidate: Candidate, number: str, about_what: Collection[str], now: datetime) -> SmsCode:
    """Send a code to this number; what was confirmed before holds until the new one is."""
    chosen, dialled = _about(about_what), mobile(number)
    if not dialled:
        raise Invalid(
            gettext_lazy("Write a mobile number with its country in front, such as +49 151 23456789."),
            field="number",
        )
    candidate = _hold(candidate)
    account = queries.account_for(candidate)
    if account is None:
        raise WrongState(gettext_lazy("SMS cannot be sent at the moment."))
    if is_suppressed(dialled):
        raise Invalid(UNWANTED, field="number")
    _check_rates(candidate, dialled, account, now=now)
    said = texts.Said(name=account.organisation.name, language=candidate.language, hears=account.hears)
    made = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    row, _ = SmsCode.objects.update_or_create(
        candidate=candidate,
        defaults={
            "number": dialled,
            "about_what": chosen,
            "digest": _digest(candidate, dialled, made),
            "expires_at": now + timedelta(minutes=MINUTES),
            "tries": 0,
        },
    )
    outbox.cancel(kind=SmsKind.CODE, candidate_id=candidate.pk, now=now)
    outbox.queue(
        SmsKind.CODE,
        key=f"code:{candidate.pk}:{now:%Y%m%d%H%M%S%f}",
        to=dialled,
        text=texts.code(said, number=made, minutes=MINUTES),
        organisation_id=account.organisation_id,
        now=now,
        not_after=row.expires_at,
        about=candidate.about(),
    )
    return row


def confirm(*, candidate: Candidate, typed: str, now: datetime) -> SmsChoice:
    """The number is theirs: they have the code. A wrong one counts, whatever becomes of the rest."""
    with transaction.atomic():
        choice, refusal = _try(candidate, typed, now)
    if choice is None:
        raise Invalid(refusal, field="code")
    return choice


def _try(candidate: Candidate, typed: str, now: datetime) -> tuple[SmsChoice | None, str]:
    candidate = _hold(candidate)
    row = SmsCode.objects.select_for_update(no_key=True).filter(candidate=candidate).first()
    if row is None or row.expires_at <= now or row.tries >= TRIES or is_suppressed(row.number):
        return None, str(OVER)
    row.tries += 1
    row.save(update_fields=["tries"])
    if not constant_time_compare(row.digest, _digest(candidate, row.number, _bare(typed))):
        return None, str(WRONG if row.tries < TRIES else OVER)
    row.delete()
    before = SmsChoice.objects.filter(candidate=candidate).first()
    if before is not None and before.number != row.number:
        _take_back_what_waits(candidate, now)
    choice, _ = SmsChoice.objects.update_or_create(
        candidate=candidate,
        defaults={"number": row.number, "about_what": row.about_what, "confirmed_at": now},
    )
    _chosen(choice, now=now)
    return choice, ""


@transaction.atomic
def change_what(*, candidate: Candidate, about_what: Collection[str], now: datetime) -> SmsChoice:
    """Others of the same number; to have none of them is to end it (`end`)."""
    chosen = _about(about_what)
    choice = SmsChoice.objects.select_for_update(no_key=True).filter(candidate=_hold(candidate)).first()
    if choice is None:
        raise WrongState(gettext_lazy("Confirm your number first."))
    if choice.about_what != chosen:
        choice.about_what = chosen
        choice.save(update_fields=["about_what"])
        _chosen(choice, now=now)
    return choice


@transaction.atomic
def end(*, candidate: Candidate, where: str, by: CanAct, now: datetime) -> bool:
    """No more SMS: the number is forgotten and what waits does not leave. Whether there was something to end."""
    candidate = _hold(candidate)
    SmsCode.objects.filter(candidate=candidate).delete()
    ended, _ = SmsChoice.objects.filter(candidate=candidate).delete()
    _take_back_what_waits(candidate, now)
    if ended:
        record("candidate.sms_ended", subject=candidate, by=by, now=now, data={"where": where})
    return bool(ended)


def _take_back_what_waits(candidate: Candidate, now: datetime) -> None:
    outbox.cancel(candidate_id=candidate.pk, now=now)


def _hold(candidate: Candidate) -> Candidate:
    return Candidate.objects.select_for_update(no_key=True).without_words().get(pk=candidate.pk)


def _about(about_what: Collection[str]) -> list[str]:
    chosen = [each for each in SmsAbout.values if each in about_what]
    if not chosen or len(chosen) != len(set(about_what)):
        raise Invalid(gettext_lazy("Choose what you want to get by SMS."), field="about_what")
    return chosen


def _check_rates(candidate: Candidate, number: str, account: SmsAccount, *, now: datetime) -> None:
    """Counted from the rows themselves: they cannot be away, and nobody else forgets them."""
    codes = SmsMessage.objects.filter(kind=SmsKind.CODE)
    theirs = codes.filter(candidate_id=candidate.pk, created_at__gt=now - timedelta(days=1))
    if theirs.filter(created_at__gt=now - BETWEEN).exists():
        raise WrongState(gettext_lazy("A code is on its way. Please wait a minute before you ask again."))
    there = codes.filter(to=number, created_at__gt=now - timedelta(days=1))
    of_all = codes.filter(organisation_id=account.organisation_id, created_at__gt=now - timedelta(hours=1))
    if theirs.count() >= BY_ONE_PERSON or there.count() >= TO_ONE_NUMBER or of_all.count() >= OF_ALL:
        raise WrongState(TOO_OFTEN)


def _digest(candidate: Candidate, number: str, code: str) -> str:
    return salted_hmac(SALT, f"{candidate.pk}:{number}:{code}", algorithm="sha256").hexdigest()


def _bare(typed: str) -> str:
    return "".join(letter for letter in typed[:40] if letter.isdecimal())


def _chosen(choice: SmsChoice, *, now: datetime) -> None:
    what = ", ".join(recorded(SmsAbout(each).label) for each in choice.about_what)
    record(
        "candidate.sms_chosen", subject=choice.candidate, by=choice.candidate, now=now, data={"what": what}
    )
