"""Every write to check-ins and what is agreed in them."""

from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils.formats import date_format

from ats.accounts.models import User
from ats.activity.record import CanAct, record
from ats.kernel.access import get_for, lock, lock_all
from ats.kernel.errors import Conflict, Invalid, WrongState
from ats.organisation.models import WorkingCalendar
from partners.checkins import agenda, invitations, schedule, workflow
from partners.checkins.models import CheckIn, CheckInAction, CheckInState
from partners.partnerships.models import Partnership, PartnershipState, PartnerSide
from partners.partnerships.rules import sides_of
from requisitions.models import RequisitionState

WEEKS = (1, 2, 3, 4)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LONGEST_NOTES = 50_000
LONGEST_ACTION = 300
_WHOLE = (
    "partnership__requisition__organisation__calendar",
    "partnership__requisition__recruiter",
    "partnership__requisition__hiring_manager",
)


@transaction.atomic
def plan(*, partnership: Partnership, now: datetime) -> CheckIn | None:
    """Plan the next check-in, unless one is ahead, or the role stands still or has ended."""
    lock(Partnership, partnership.pk)
    locked = Partnership.objects.get(pk=partnership.pk)
    requisition = partnership.requisition
    ahead = CheckIn.objects.filter(partnership=locked, state__in=workflow.AHEAD).exists()
    if ahead or locked.state != PartnershipState.ACTIVE or requisition.state != RequisitionState.OPEN:
        return None
    last = CheckIn.objects.filter(partnership=locked).order_by("-number").first()
    calendar, every = requisition.organisation.calendar, locked.check_in_every_days
    if rhythm := rhythm_of(locked):
        times = schedule.in_rhythm(calendar, rhythm, last.scheduled_at if last else None, now)
    elif last is None:
        times = schedule.first(calendar, now, every)
    else:
        times = schedule.following(calendar, last.scheduled_at, every, now)
    return CheckIn.objects.create(partnership=locked, number=(last.number if last else 0) + 1, **vars(times))


def rhythm_of(partnership: Partnership) -> schedule.Rhythm | None:
    """The rhythm that the partners chose; None while it is as it came."""
    if partnership.check_in_weekday is None or partnership.check_in_time is None:
        return None
    return schedule.Rhythm(
        partnership.check_in_every_days // 7, partnership.check_in_weekday, partnership.check_in_time
    )


@transaction.atomic
def change_rhythm(
    *, partnership_id: int, weeks: int, weekday: int, at: time, by: User, now: datetime
) -> Partnership:
    """Meet every so many weeks on this day at this time; who leads a side decides, the other is told.

    The one that is ahead moves along: to the first such day that lies ahead.
    """
    rows = Partnership.objects.select_related(
        *(name.removeprefix("partnership__") for name in _WHOLE), "requisition__organisation"
    )
    partnership = get_for(rows, partnership_id, user=by, permission="partners.agree", for_update=True)
    if partnership.state != PartnershipState.ACTIVE:
        raise WrongState("The role has ended.")
    if weeks not in WEEKS:
        raise Invalid("Choose how often.", field="weeks")
    calendar = partnership.requisition.organisation.calendar
    if weekday not in calendar.working_days:
        raise Invalid("Choose a working day.", field="weekday")
    rhythm = schedule.Rhythm(weeks, weekday, at)
    if rhythm == rhythm_of(partnership):
        return partnership
    partnership.check_in_every_days = weeks * 7
    partnership.check_in_weekday, partnership.check_in_time = weekday, at
    partnership.save(update_fields=["check_in_every_days", "check_in_weekday", "check_in_time"])
    data = {"rhythm": in_words(rhythm)}
    record("checkin.rhythm_changed", subject=partnership, by=by, now=now, data=data)
    invitations.send_rhythm(partnership, rhythm=in_words(rhythm), by=by, now=now)
    ahead = CheckIn.objects.filter(partnership=partnership, state__in=workflow.AHEAD).first()
    if ahead is not None:
        moved = schedule.in_rhythm(calendar, rhythm, None, now)
        reschedule(check_in_id=ahead.pk, at=moved.scheduled_at, by=by, now=now)
    return partnership


def in_words(rhythm: schedule.Rhythm) -> str:
    often = "every week" if rhythm.weeks == 1 else f"every {rhythm.weeks} weeks"
    return f"{often} on {DAYS[rhythm.weekday]} at {rhythm.at:%H:%M}"


@transaction.atomic
def send_agenda(*, check_in: CheckIn, now: datetime) -> CheckIn:
    """Write the agenda from the facts as they are, and send it to both; for the tick, under the row's lock."""
    check_in = _whole(check_in)
    workflow.check(check_in.state, CheckInState.READY)
    if check_in.agenda_written_at is not None:  # moved after it was sent: what is sent now is newer
        check_in.sequence += 1
    _write_agenda(check_in, now=now)
    check_in.state = CheckInState.READY
    check_in.save(update_fields=["state", "sequence"])
    invitations.send_agenda(check_in, now=now)
    record("checkin.agenda_sent", subject=check_in, by=None, now=now, data={"number": check_in.number})
    return check_in


@transaction.atomic
def skip(*, check_in: CheckIn, now: datetime) -> CheckIn | None:
    """Nobody wrote down that it was held: it shows as skipped, and the next is planned; for the tick."""
    check_in = _whole(check_in)
    workflow.check(check_in.state, CheckInState.SKIPPED)
    check_in.state = CheckInState.SKIPPED
    check_in.save(update_fields=["state"])
    record("checkin.skipped", subject=check_in, by=None, now=now, data={"number": check_in.number})
    return plan(partnership=check_in.partnership, now=now)


@transaction.atomic
def hold(*, check_in_id: int, by: User, now: datetime, notes: str | None = None) -> CheckIn:
    """The partners have met; the next check-in is planned. `notes`, where given, are what was talked about."""
    check_in = _get(check_in_id, by)
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
def reschedule(*, check_in_id: int, at: datetime, by: User, now: datetime) -> CheckIn:
    """Move it to another time. Where the invitation is out, both get the file that moves it.

    If the new agenda day lies ahead, the agenda is written anew then.
    """
    check_in = _get(check_in_id, by)
    workflow.check_ahead(check_in.state)
    if at <= now:
        raise Invalid("Choose a time that lies ahead.", field="at")
    if (at - now).days > 366:
        raise Invalid("Choose a time within a year.", field="at")
    if at == check_in.scheduled_at:
        return check_in
    sent = check_in.agenda_written_at is not None
    for name, value in vars(schedule.times(_calendar(check_in), at)).items():
        setattr(check_in, name, value)
    if sent:
        check_in.sequence += 1
        ahead = check_in.agenda_at > now
        check_in.state = CheckInState.PLANNED if ahead else CheckInState.READY
    check_in.save(update_fields=["scheduled_at", "agenda_at", "skipped_at", "sequence", "state"])
    if sent:
        invitations.send_moved(check_in, now=now)
    local = at.astimezone(_calendar(check_in).zone)
    data = {"number": check_in.number, "when": date_format(local, "l j F, H:i T")}
    record("checkin.moved", subject=check_in, by=by, now=now, data=data)
    return check_in


@transaction.atomic
def cancel_ahead(*, partnership: Partnership, why: str, by: CanAct | None, now: datetime) -> CheckIn | None:
    """Take back the one that is ahead; whoever has it in a calendar is told."""
    rows = CheckIn.objects.select_related(*_WHOLE).filter(partnership=partnership, state__in=workflow.AHEAD)
    lock(Partnership, partnership.pk)
    check_in = rows.first()
    if check_in is None:
        return None
    check_in.state = CheckInState.CANCELLED
    people = invitations.invited(check_in)
    if people:
        check_in.sequence += 1
    check_in.save(update_fields=["state", "sequence"])
    invitations.send_cancelled(check_in, why=why, to=people, now=now)
    data = {"number": check_in.number, "why": why}
    record("checkin.cancelled", subject=check_in, by=by, now=now, data=data)
    return check_in


@transaction.atomic
def invite_successor(*, partnership: Partnership, now: datetime) -> CheckIn | None:
    """Another person leads one side: the invitation that is out goes to them, and off the other's calendar."""
    rows = CheckIn.objects.select_related(*_WHOLE).filter(partnership=partnership, state__in=workflow.AHEAD)
    lock(Partnership, partnership.pk)
    check_in = rows.first()
    if check_in is None or check_in.agenda_written_at is None:
        return None
    now_partners = set(invitations.leaders(check_in).values())
    left = [person for person in invitations.invited(check_in) if person not in now_partners]
    check_in.sequence += 1
    check_in.save(update_fields=["sequence"])
    invitations.send_cancelled(check_in, why="somebody else has taken over your part", to=left, now=now)
    invitations.send_agenda(check_in, now=now)
    return check_in


@transaction.atomic
def save_notes(*, check_in_id: int, text: str, version: int, by: User, now: datetime) -> CheckIn:
    """Keep the notes as they were typed; `Conflict` if somebody saved others since `version`."""
    check_in = _get(check_in_id, by)
    if check_in.state == CheckInState.CANCELLED:
        raise WrongState("This check-in was cancelled.")
    if version != check_in.notes_version and _tidy(text) != check_in.notes:
        raise Conflict("Your partner has written in these notes meanwhile.", field="notes")
    _keep_notes(check_in, text)
    return check_in


@transaction.atomic
def agree_action(
    *, check_in_id: int, owner_id: int, text: str, due_on: date, by: User, now: datetime
) -> CheckInAction:
    """Put down what one of the partners will do, by when."""
    check_in = _get(check_in_id, by)
    if check_in.state == CheckInState.CANCELLED:
        raise WrongState("This check-in was cancelled.")
    text = text.strip()
    if not text:
        raise Invalid("Say what will be done.", field="text")
    if len(text) > LONGEST_ACTION:
        raise Invalid(f"Keep it under {LONGEST_ACTION} characters.", field="text")
    if due_on < now.astimezone(_calendar(check_in).zone).date():
        raise Invalid("Choose today or a day ahead.", field="due_on")
    owner = User.objects.filter(pk=owner_id, is_active=True).first()
    sides = sides_of(owner, check_in.partnership.requisition) if owner else set()
    if owner is None or not sides:
        raise Invalid("Choose one of the partners.", field="owner")
    action = CheckInAction.objects.create(
        check_in=check_in, side=min(sides), owner=owner, text=text, due_on=due_on
    )
    _record_action("checkin.action_agreed", action, by=by, now=now)
    return action


@transaction.atomic
def set_action_done(*, action_id: int, done: bool, by: User, now: datetime) -> CheckInAction:
    """Either partner says that it is done, or that it is not after all."""
    place = CheckInAction.objects.filter(pk=action_id).values_list("check_in__partnership", flat=True).first()
    lock(Partnership, place or 0)
    rows = CheckInAction.objects.select_related("owner", "check_in__partnership__requisition__organisation")
    action = get_for(rows, action_id, user=by, permission="partners.hold_check_in", for_update=True)
    if done == (action.done_at is not None):
        return action
    action.done_at = now if done else None
    action.save(update_fields=["done_at"])
    _record_action("checkin.action_done" if done else "checkin.action_reopened", action, by=by, now=now)
    return action


@transaction.atomic
def pass_on(*, user_id: int) -> int:
    """What somebody took on who is on that side no more belongs to who leads it now; how many of these there were."""
    rows = CheckInAction.objects.ahead().filter(owner=user_id).order_by("pk")
    lock_all(Partnership, rows.values_list("check_in__partnership", flat=True))
    found = [
        action
        for action in rows.select_related("owner", "check_in__partnership__requisition")
        if not action.owner.is_active
        or action.side not in sides_of(action.owner, action.check_in.partnership.requisition)
    ]
    for action in found:
        requisition = action.check_in.partnership.requisition
        manages = action.side == PartnerSide.MANAGER and requisition.hiring_manager_id
        action.owner_id = manages or requisition.recruiter_id
    CheckInAction.objects.bulk_update(found, ["owner"])
    return len(found)


def _whole(check_in: CheckIn) -> CheckIn:
    """With what the agenda needs; the caller holds its partnership."""
    return CheckIn.objects.select_related(*_WHOLE).get(pk=check_in.pk)


def _get(check_in_id: int, by: User) -> CheckIn:
    """The check-in after its partnership, under which all of a partnership's check-ins change."""
    place = CheckIn.objects.filter(pk=check_in_id).values_list("partnership", flat=True).first()
    lock(Partnership, place or 0)
    rows = CheckIn.objects.select_related(*_WHOLE)
    return get_for(rows, check_in_id, user=by, permission="partners.hold_check_in", for_update=True)


def _calendar(check_in: CheckIn) -> WorkingCalendar:
    return check_in.partnership.requisition.organisation.calendar


def _tidy(notes: str) -> str:
    return notes.replace("\r\n", "\n")


def _keep_notes(check_in: CheckIn, text: str) -> None:
    text = _tidy(text)
    if len(text) > LONGEST_NOTES:
        raise Invalid(f"Keep the notes under {LONGEST_NOTES} characters.", field="notes")
    if text != check_in.notes:
        check_in.notes, check_in.notes_version = text, check_in.notes_version + 1
        check_in.save(update_fields=["notes", "notes_version"])


def _write_agenda(check_in: CheckIn, *, now: datetime) -> None:
    check_in.agenda, check_in.agenda_written_at = agenda.write(check_in, now=now), now
    check_in.save(update_fields=["agenda", "agenda_written_at"])


def _record_action(verb: str, action: CheckInAction, *, by: User, now: datetime) -> None:
    data: dict[str, Any] = {
        "text": action.text,
        "owner": str(action.owner),
        "due": date_format(action.due_on, "l j F"),
    }
    record(verb, subject=action, by=by, now=now, data=data)
