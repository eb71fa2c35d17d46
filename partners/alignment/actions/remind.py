"""Who was to sign or to decide by now is reminded, twice at most; for the tick, under the row's lock."""

from datetime import datetime

from ats.organisation.domain import working_time
from partners.alignment import mails
from partners.alignment.actions.look import due_at
from partners.alignment.models import Contradiction, Signature
from partners.alignment.queries.people import rules_of

REMINDERS = 2


def remind_signer(row: Signature, now: datetime) -> None:
    organisation = row.version.partnership.requisition.organisation
    days = rules_of(organisation.pk).sign_days
    _count(row, working_time.after_days(organisation.calendar, now, days))
    mails.asked(row, now=now)


def remind_decider(row: Contradiction, now: datetime) -> None:
    _count(row, due_at(row.partnership, now))
    mails.raised(row, now=now)


def _count(row: Signature | Contradiction, again: datetime) -> None:
    row.reminders += 1
    row.remind_at = again if row.reminders < REMINDERS else None
    row.save(update_fields=["reminders", "remind_at"])
