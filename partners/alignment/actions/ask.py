"""A settled version asks those whose fields it touches; what others signed of the one before still stands."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import CanAct, record
from ats.kernel.languages import ours
from ats.organisation.domain import working_time
from partners.alignment import mails
from partners.alignment.actions.fetch import hold
from partners.alignment.domain.functions import touching
from partners.alignment.models import GIVEN, Signature, SignatureState, SigningFunction
from partners.alignment.queries.people import rules_of, signers_of
from partners.intake.domain import content
from partners.intake.models import BriefVersion
from partners.partnerships.models import Partnership


@transaction.atomic
def ask(*, version_id: int, by: CanAct | None, now: datetime) -> list[Signature]:
    """Ask every named function about this version, but those to whom nothing is new; what came of it.

    Who was asked about an earlier version and has not answered is asked about this one instead. Asked once more,
    whoever has signed this version is left in peace.
    """
    version = BriefVersion.objects.get(pk=version_id)
    partnership = hold(version.partnership_id)
    assert partnership is not None
    version.partnership = partnership
    organisation = partnership.requisition.organisation
    open_before = Signature.objects.open().filter(version__partnership=partnership)
    void(
        open_before.exclude(version=version),
        why=f"version {version.number} counts now",
        by=by,
        now=now,
    )
    here = {row.function: row for row in version.signatures.select_related("person", "version")}
    signed = _last_signed(partnership)
    due = working_time.after_days(organisation.calendar, now, rules_of(organisation.pk).sign_days)
    rows: list[Signature] = []
    for function, signer in signers_of(organisation.pk).items():
        row = here.get(function)
        if row is not None and row.state != SignatureState.VOID:
            continue
        before = signed.get(function)
        changed = (
            touching(content.changed(before.version.content, version.content), function) if before else []
        )
        if before is not None and not changed:
            rows.append(_carry(before, version, now=now))
        else:
            row = row or Signature(version=version, function=function)
            row.version, row.person, row.changed = version, signer.person, changed
            rows.append(_ask(row, due=due, by=by, now=now))
    return rows


def void(rows: Iterable[Signature], *, why: str, by: CanAct | None, now: datetime) -> None:
    """These are not asked any more, on record; what has not left of the questions is taken back."""
    whole = Signature.objects.select_related("person", "version__partnership__requisition")
    found = list(whole.filter(pk__in=[row.pk for row in rows]).order_by("pk"))
    if not found:
        return
    for row in found:
        row.state, row.remind_at, row.updated_at = SignatureState.VOID, None, now
        record("signature.voided", subject=row, by=by, now=now, data={**told(row), "why": why})
    Signature.objects.bulk_update(found, ["state", "remind_at", "updated_at"])
    mails.take_back(found, now=now)


def _last_signed(partnership: Partnership) -> dict[str, Signature]:
    """By function, what it signed last."""
    rows = Signature.objects.filter(version__partnership=partnership, state__in=GIVEN)
    found = rows.select_related("version", "person").order_by("version__number")
    return {row.function: row for row in found}


def _carry(before: Signature, version: BriefVersion, *, now: datetime) -> Signature:
    row = Signature.objects.create(
        version=version,
        function=before.function,
        person=before.person,
        state=before.state,
        asked_at=before.asked_at,
        due_at=before.due_at,
        signed_at=before.signed_at,
        words=before.words,
        carried_from=before,
    )
    record("signature.carried", subject=row, by=None, now=now, data=told(row))
    return row


def _ask(row: Signature, *, due: datetime, by: CanAct | None, now: datetime) -> Signature:
    row.state, row.asked_at, row.due_at, row.remind_at = SignatureState.OPEN, now, due, due
    row.reminders = 0
    row.save()
    record("signature.asked", subject=row, by=by, now=now, data=told(row))
    mails.asked(row, now=now)
    return row


def hand_on(rows: Iterable[Signature], person: User, *, days: int, by: User, now: datetime) -> None:
    """Somebody else signs for this function now: they are asked, with time of their own."""
    for row in rows:
        calendar = row.version.partnership.requisition.organisation.calendar
        mails.take_back([row], now=now)
        row.person, row.asked_at, row.reminders = person, now, 0
        row.due_at = row.remind_at = working_time.after_days(calendar, now, days)
        row.save(update_fields=["person", "asked_at", "reminders", "due_at", "remind_at"])
        record("signature.handed_on", subject=row, by=by, now=now, data=told(row))
        mails.asked(row, now=now)


def told(row: Signature) -> dict[str, str | int]:
    """What activities say of a signature."""
    label = ours(str)(SigningFunction(row.function).label)
    return {"version": row.version.number, "function": label, "person": str(row.person), "code": row.function}
