"""Who carries an organisation's SMS: set, tried, taken away."""

from datetime import datetime, timedelta

from django.db import transaction

from ats.accounts.domain import sealing
from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.errors import Invalid, Missing, NotAllowed
from ats.kernel.staff_words import gettext
from ats.organisation.actions import MANAGE
from ats.organisation.models import HiringOrganisation
from ats.sms.actions.providers import HEARS, address_of
from ats.sms.actions.send import cancel, queue
from ats.sms.domain.numbers import mobile
from ats.sms.domain.segments import fitted
from ats.sms.models import SmsAccount, SmsKind

TRIED = "{name}: Accord can send SMS."
TRY_WITHIN = timedelta(minutes=10)


@transaction.atomic
def set_account(
    *, organisation: HiringOrganisation, url: str, hears: bool, by: User, now: datetime
) -> SmsAccount:
    """This provider carries the organisation's SMS from now on, instead of any before."""
    if not by.has_perm(MANAGE):
        raise NotAllowed(gettext("You may not do this."))
    found = address_of(url)
    if hears and (found.provider not in HEARS or not found.secret):
        raise Invalid(
            gettext("Answers come in through Twilio alone, with the account's own token in its address."),
            field="hears",
        )
    account, _ = SmsAccount.objects.update_or_create(
        organisation=organisation,
        defaults={
            "provider": found.provider,
            "address": sealing.seal(found.url),
            "sender": found.sender,
            "hears": hears,
            "problem": "",
            "problem_since": None,
            "made_by": by,
        },
    )
    _record("sms.account_set", account, by=by, now=now)
    return account


@transaction.atomic
def try_account(*, account_id: int, number: str, by: User, now: datetime) -> None:
    """Send a word to this number, and forget that it did not work before."""
    account = _held(account_id, by=by)
    dialled = mobile(number)
    if not dialled:
        raise Invalid(
            gettext("Write a mobile number with its country in front, such as +49 151 23456789."),
            field="number",
        )
    account.problem, account.problem_since = "", None
    account.save(update_fields=["problem", "problem_since"])
    queue(
        SmsKind.TEST,
        key=f"test:{account.pk}:{now:%Y%m%d%H%M%S%f}",
        to=dialled,
        text=fitted(lambda name: TRIED.format(name=name), account.organisation.name),
        organisation_id=account.organisation_id,
        now=now,
        not_after=now + TRY_WITHIN,
    )


@transaction.atomic
def remove_account(*, account_id: int, by: User, now: datetime) -> None:
    """No more SMS of this organisation: what waits does not leave; mail goes on as before."""
    account = _held(account_id, by=by)
    cancel(organisation_id=account.organisation_id, now=now)
    _record("sms.account_removed", account, by=by, now=now)
    account.delete()


def _held(account_id: int, *, by: User) -> SmsAccount:
    rows = SmsAccount.objects.select_for_update(no_key=True)
    account = rows.filter(pk=account_id).first() if by.has_perm(MANAGE) else None
    if account is None:
        raise Missing(gettext("No provider of SMS is set here."))
    return account


def _record(verb: str, account: SmsAccount, *, by: User, now: datetime) -> None:
    record(verb, subject=account, by=by, now=now, data={"provider": account.get_provider_display()})
