"""A check-in comes near, takes place, or is left out; its notes are kept."""

from datetime import datetime

from django.db import transaction

from ats.accounts.domain import sides
from ats.accounts.models import Role, User
from ats.activity.record import record
from ats.kernel.errors import Conflict, Invalid, WrongState
from ats.kernel.staff_words import gettext
from partners.checkins import mails, workflow
from partners.checkins.actions.fetch import fetch, whole
from partners.checkins.actions.plan import is_sent, plan
from partners.checkins.models import CheckIn, CheckInState
from partners.checkins.queries import agenda
from partners.checkins.queries.reasons import skipped_in_a_row
from partners.commitments.domain.lines_up import above
from partners.partnerships.models import PartnerSide

LONGEST_NOTES = 50_000
TELLS_LEAD = 2
"""So many check-ins in a row that nobody held are told to the recruiting lead."""


@transaction.atomic
def send_agenda(*, check_in: CheckIn, now: datetime) -> CheckIn:
    """Write the agenda from the facts as they are, and send it to both; for the tick, under the row's lock."""
    check_in = whole(check_in)
    workflow.check(check_in.state, CheckInState.READY)
    check_in.sequence += is_sent(check_in)  # what is sent now is newer
    _write_agenda(check_in, now=now)
    check_in.state = CheckInState.READY
    check_in.save(update_fields=["state", "sequence"])
    mails.send_agenda(check_in, now=now)
    data = {"number": check_in.number, "at": check_in.scheduled_at.isoformat()}
    record("checkin.agenda_sent", subject=check_in, by=None, now=now, data=data)
    return check_in


@transaction.atomic
def skip(*, check_in: CheckIn, now: datetime) -> CheckIn | None:
    """Nobody wrote down that it was held: it shows as skipped, and the next is planned; for the tick."""
    check_in = whole(check_in)
    workflow.check(check_in.state, CheckInState.SKIPPED)
    check_in.state = CheckInState.SKIPPED
    check_in.save(update_fields=["state"])
    record("checkin.skipped", subject=check_in, by=None, now=now, data={"number": check_in.number})
    skipped = skipped_in_a_row(check_in)
    if len(skipped) == TELLS_LEAD:
        _tell_lead(check_in, skipped, now=now)
    return plan(partnership=check_in.partnership, now=now)


def _tell_lead(check_in: CheckIn, skipped: list[int], *, now: datetime) -> None:
    """Two in a row were not held: the recruiting lead hears of it, once for as long as that goes on."""
    overseers = sides.working_for(
        User.objects.filter(is_active=True, role__in=[Role.LEAD, Role.ADMIN]).order_by("name", "pk"),
        check_in.partnership.requisition.organisation_id,
    )
    to = above(
        check_in.partnership.requisition,
        PartnerSide.RECRUITER,
        leads=[user for user in overseers if user.role == Role.LEAD],
        admins=[user for user in overseers if user.role == Role.ADMIN],
    ).people
    names = ", ".join(map(str, to)) or "nobody: there is nobody above"
    numbers = " and ".join(map(str, skipped))
    record("checkin.lead_told", subject=check_in, by=None, now=now, data={"numbers": numbers, "to": names})
    mails.send_skipped(check_in, numbers=numbers, to=to, now=now)


@transaction.atomic
def hold(*, check_in_id: int, by: User, now: datetime, notes: str | None = None) -> CheckIn:
    """The partners have met; the next check-in is planned. `notes`, where given, are what was talked about."""
    check_in = fetch(check_in_id, by)
    workflow.check(check_in.state, CheckInState.HELD)
    if check_in.agenda_written_at is None:
        _write_agenda(check_in, now=now)
    check_in.state, check_in.held_at = CheckInState.HELD, now
    check_in.save(update_fields=["state", "held_at"])
    if notes is not None:
        _keep_notes(check_in, notes)
    record("checkin.held", subject=check_in, by=by, now=now, data={"number": check_in.number})
    plan(partnership=check_in.partnership, now=now)
    return check_in


@transaction.atomic
def save_notes(*, check_in_id: int, text: str, version: int, by: User, now: datetime) -> CheckIn:
    """Keep the notes as they were typed; `Conflict` if somebody saved others since `version`."""
    check_in = fetch(check_in_id, by)
    if check_in.state == CheckInState.CANCELLED:
        raise WrongState(gettext("This check-in was cancelled."))
    if version != check_in.notes_version and _tidy(text) != check_in.notes:
        raise Conflict(gettext("Your partner has written in these notes meanwhile."), field="notes")
    _keep_notes(check_in, text)
    return check_in


def _tidy(notes: str) -> str:
    return notes.replace("\r\n", "\n")


def _keep_notes(check_in: CheckIn, text: str) -> None:
    text = _tidy(text)
    if len(text) > LONGEST_NOTES:
        raise Invalid(
            gettext("Keep the notes under %(LONGEST_NOTES)s characters.") % {"LONGEST_NOTES": LONGEST_NOTES},
            field="notes",
        )
    if text != check_in.notes:
        check_in.notes, check_in.notes_version = text, check_in.notes_version + 1
        check_in.save(update_fields=["notes", "notes_version"])


def _write_agenda(check_in: CheckIn, *, now: datetime) -> None:
    check_in.agenda, check_in.agenda_written_at = agenda.write(check_in, now=now), now
    check_in.save(update_fields=["agenda", "agenda_written_at"])
