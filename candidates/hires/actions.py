"""Recording hires, their way to the first day, and what becomes of those who do not come."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.formats import date_format

from ats.accounts.models import Role, User
from ats.activity.record import CanAct, Entry, record, record_many
from ats.duework.tasks import cancel as cancel_task
from ats.duework.tasks import plan
from ats.kernel.access import lock
from ats.kernel.errors import Invalid, NotAllowed, WrongState
from ats.kernel.kept import kept
from ats.kernel.languages import later
from ats.kernel.staff_words import gettext
from ats.mail import outbox
from ats.organisation.domain import working_time
from candidates.applications.actions import fetch as applications
from candidates.applications.actions.decide import FARTHEST_START
from candidates.applications.actions.undo import did_not_come
from candidates.applications.models import Application
from candidates.compose import lawful, letters, words
from candidates.follow_ups import actions
from candidates.follow_ups.domain import journeys
from candidates.hires import workflow
from candidates.hires.models import HireRecord, HireState
from candidates.hires.queries.facts import facts_of
from candidates.internal.queries import may_hear, partner_of, recruiter_of
from candidates.offers import workflow as offer_workflow
from candidates.offers.actions import fetch as offers
from candidates.offers.actions.notify import noted
from candidates.offers.actions.set_clocks import agreed_by
from candidates.offers.models import Offer, OfferState
from requisitions.models import Requisition, RequisitionState
from requisitions.roles.actions import reopen

CHECK, FIRST_DAY, AGREE = "hires.check", "hires.first_day", "hires.agree"
"""Tasks: remind the recruiter to see that all is ready; note the first day; remind them to agree one."""
WELCOME = (journeys.WEEK_BEFORE, journeys.DAY_BEFORE)
MORNING = time(9)


@transaction.atomic
def record_hire(*, application_id: int, by: CanAct | None, now: datetime) -> HireRecord:
    """Freeze what was agreed, and plan the way to the first day. The caller holds the application locked."""
    rows = Application.objects.whole().select_related(
        "opening", "source", "requisition__department", "requisition__location"
    )
    application = rows.get(pk=application_id)
    if application.opening is None:
        raise WrongState(gettext("%(candidate)s is not hired.") % {"candidate": application.candidate.name})
    offer = (
        Offer.objects.select_related("signature")
        .filter(application=application, state=OfferState.ACCEPTED)
        .first()
    )
    hire = HireRecord.objects.create(
        application=application,
        offer=offer,
        opening=application.opening,
        starts_on=application.starts_on,
        day_by=None if application.starts_on else agreed_by(application.calendar, now),
        facts=facts_of(application, offer=offer, terms=offers.current(offer) if offer else None),
    )
    starts = date_format(hire.starts_on, "j F Y") if hire.starts_on else "a day to be agreed"
    record("hire.recorded", subject=hire, by=by, now=now, data={"hire_id": hire.pk, "starts": starts})
    if hire.starts_on is not None:
        _plan_welcome(hire, application, now=now)
    else:
        _plan_agreeing(hire)
    return hire


def _plan_agreeing(hire: HireRecord) -> None:
    assert hire.day_by is not None
    plan(AGREE, subject_id=hire.pk, due_at=hire.day_by, key=f"{AGREE}:{hire.pk}:{hire.day_by.isoformat()}")


@transaction.atomic
def remind_of_day(hire_id: int, now: datetime) -> None:
    """Nobody has agreed a first day in time: their recruiter and the leads hear of it until somebody has."""
    hire = _standing(hire_id)
    if hire is None or not hire.day_is_owed or hire.day_by is None or hire.day_by > now:
        return
    application = Application.objects.whole().get(pk=hire.application_id)
    recruiter = recruiter_of(application)
    leads = User.objects.filter(role=Role.LEAD, is_active=True).exclude(pk=recruiter.pk)
    calendar = application.calendar
    for user in may_hear([recruiter, *leads], application.pk):
        values = {
            "user.first_name": user.get_short_name(),
            "candidate.name": application.candidate.name,
            "job.title": application.requisition.title,
            "recruiter.name": str(recruiter),
            "agreed.by": words.day(hire.day_by, calendar.zone),
            "link": letters.staff_link(f"/hires/{hire.pk}/"),
        }
        _write_to(user, "hire.day_owed", values, hire=hire, now=now, again=f":{hire.day_by.isoformat()}")
    hire.day_by = agreed_by(calendar, now)
    hire.save(update_fields=["day_by"])
    _plan_agreeing(hire)


def _plan_welcome(hire: HireRecord, application: Application, *, now: datetime, again: str = "") -> None:
    """A week before, the day before, the recruiter's check and the first day; what lies behind is left out.

    `again` sets what is planned for another day apart from what was planned before.
    """
    first, key = hire.starts_on, f"{hire.pk}{again}"
    assert first is not None
    calendar = application.calendar
    requisition = application.requisition
    facts = {
        "start.day": words.day(_morning(application, first), calendar.zone),
        "start.place": _place(hire, application),
        "manager.name": str(requisition.hiring_manager or requisition.recruiter),
    }
    payload = {"hire_id": hire.pk, "starts_on": str(first), "facts": facts}
    for step, days in ((journeys.WEEK_BEFORE, 7), (journeys.DAY_BEFORE, 1)):
        due_at = _morning(application, first - timedelta(days=days))
        if due_at > now:
            actions.schedule(
                step,
                application=application,
                now=now,
                due_at=due_at,
                follows=_morning(application, first),
                key=f"{step}:{key}",
                payload=payload,
            )
    if _morning(application, first) > now:
        check = _morning(application, working_time.previous_working_day(calendar, first - timedelta(days=5)))
        plan(CHECK, subject_id=hire.pk, due_at=max(check, now), key=f"{CHECK}:{key}")
    day_one = max(_morning(application, first), now)
    plan(FIRST_DAY, subject_id=hire.pk, due_at=day_one, key=f"{FIRST_DAY}:{key}")


def _morning(application: Application, day: date) -> datetime:
    return datetime.combine(day, MORNING, application.calendar.zone)


def _place(hire: HireRecord, application: Application) -> str:
    location = application.requisition.location
    if location is None:
        return str(hire.facts.get("place") or "")
    parts = (location.name, location.street, f"{location.postal_code} {location.city}".strip())
    return ", ".join(filter(None, parts))


@transaction.atomic
def check_ready(hire_id: int, now: datetime) -> None:
    """Ask the recruiter whether all is ready, if the hire still stands."""
    hire = _standing(hire_id)
    if hire is None or hire.starts_on is None:
        return
    application = Application.objects.whole().get(pk=hire.application_id)
    requisition, recruiter = application.requisition, recruiter_of(application)
    values = {
        "user.first_name": recruiter.get_short_name(),
        "candidate.name": application.candidate.name,
        "job.title": requisition.title,
        "start.day": date_format(hire.starts_on, "l j F"),
        "manager.name": str(requisition.hiring_manager or requisition.recruiter),
        "link": letters.staff_link(f"/applications/{application.pk}/"),
    }
    # Of another first day they are asked again: what was ready for one is not ready for the other.
    again = f":{hire.starts_on}"
    _write_to(recruiter, "hire.check", values, hire=hire, now=now, again=again)


@transaction.atomic
def start(hire_id: int, now: datetime) -> None:
    """The first day has come."""
    hire = _standing(hire_id)
    if hire is None or hire.state != HireState.EXPECTED:
        return
    workflow.check(hire.state, HireState.STARTED)
    hire.state = HireState.STARTED
    hire.save(update_fields=["state"])
    record("hire.started", subject=hire, by=None, now=now, data={"hire_id": hire.pk})


def _standing(hire_id: int) -> HireRecord | None:
    lock(HireRecord, hire_id)
    rows = HireRecord.objects.select_related("application__requisition")
    return rows.filter(pk=hire_id, state__in=[HireState.EXPECTED, HireState.STARTED]).first()


@transaction.atomic
def end(
    *, application_id: int, state: HireState, reason: str, by: CanAct | None, now: datetime
) -> HireRecord | None:
    """The hire is undone, or they do not come: nothing of its way to the first day happens any more."""
    standing = HireRecord.objects.filter(
        application=application_id, state__in=[HireState.EXPECTED, HireState.STARTED]
    )
    hire = standing.select_for_update(no_key=True).prefetch_related("application__requisition").first()
    if hire is None:
        return None
    workflow.check(hire.state, state)
    hire.state, hire.ended_at, hire.end_reason = state, now, reason
    hire.save(update_fields=["state", "ended_at", "end_reason"])
    application = Application.objects.whole().get(pk=application_id)
    _forget_welcome(hire, application, why="They do not start.", by=by, now=now)
    record("hire.undone", subject=hire, by=by, now=now, data={"hire_id": hire.pk, "reason": reason})
    return hire


def _forget_welcome(
    hire: HireRecord, application: Application, *, why: str, by: CanAct | None, now: datetime
) -> None:
    actions.cancel(application=application, steps=WELCOME, reason=why, by=by, now=now)
    for kind in (CHECK, FIRST_DAY, AGREE):
        cancel_task(kind, subject_id=hire.pk, now=now)


@transaction.atomic
def set_first_day(*, hire_id: int, starts_on: date, by: User, now: datetime) -> HireRecord:
    """They start on this day, or on another one than was agreed: they are told, and all follows that day.

    Where the hire was handed over already it stands among the new ones again.
    """
    hire, application = _held(hire_id, by=by)
    if hire.state != HireState.EXPECTED:
        raise WrongState(
            gettext("This hire is noted as %(state)s.") % {"state": HireState(hire.state).label.lower()}
        )
    if starts_on <= now.astimezone(application.calendar.zone).date():
        raise Invalid(gettext("The first day lies in the past: give one ahead."), field="starts_on")
    if starts_on - now.date() > FARTHEST_START:
        raise Invalid(gettext("Nobody plans a first day as far away as that."), field="starts_on")
    if starts_on == hire.starts_on:
        raise Invalid(gettext("This is the first day already."), field="starts_on")
    was = date_format(hire.starts_on, "j F Y") if hire.starts_on else "not known"
    hire.starts_on, hire.exported_at, hire.day_by = starts_on, None, None
    hire.facts = hire.facts | {"starts_on": str(starts_on)}
    hire.save(update_fields=["starts_on", "exported_at", "day_by", "facts"])
    applications.save(application, now=now, fields=(), starts_on=starts_on)
    _forget_welcome(hire, application, why="They start on another day.", by=by, now=now)
    _plan_welcome(hire, application, now=now, again=f":{application.version}")
    starts = date_format(starts_on, "l j F Y")
    data = {"hire_id": hire.pk, "starts": starts, "was": was}
    record("hire.first_day_set", subject=hire, by=by, now=now, data=data)
    if application.told_at is not None:
        letters.queue(
            "hire.first_day",
            application=application,
            key=f"hire.first_day:{hire.pk}:{application.version}",
            now=now,
            extra={"start.day": later(date_format, starts_on, "DAY_AND_YEAR")},
            sender=by,
        )
    return hire


@transaction.atomic
def not_coming(*, hire_id: int, reason: str, by: User, now: datetime) -> HireRecord:
    """They had said yes and do not come: the seat opens again, the role too, and the partner is told.

    The application ends as withdrawn by the candidate, an accepted offer as reneged. All stays on record.
    """
    hire, application = _held(hire_id, by=by)
    workflow.check(hire.state, HireState.RENEGED)
    reason = words.typed(reason)[:2000]
    lawful.check(application, {"reason": reason}, where="not-coming", what="The note on the hire of")
    if not reason:
        raise Invalid(gettext("Say what you know of the reason."), field="reason")
    if hire.offer_id is not None:
        offer = offers.relocked(Offer.objects.get(pk=hire.offer_id))
        offer_workflow.check(offer.state, OfferState.RENEGED)
        offer.state, offer.end_reason = OfferState.RENEGED, reason
        offer.save(update_fields=["state", "end_reason"])
        noted("offer.reneged", offer, by=by, now=now, reason=reason)
    ended = end(application_id=application.pk, state=HireState.RENEGED, reason=reason, by=by, now=now)
    assert ended is not None
    did_not_come(application=application, reason_text=reason, by=by, now=now)
    requisition = application.requisition
    if Requisition.objects.filter(pk=requisition.pk, state=RequisitionState.FILLED).exists():
        why = kept(f"{application.candidate.name} does not come")
        reopen(requisition_id=requisition.pk, reason=why, by=by, now=now)
    _tell_partner(ended, application, reason=reason, by=by, now=now)
    return ended


def _held(hire_id: int, *, by: User) -> tuple[HireRecord, Application]:
    """The hire and its application, locked after the role, for who may decide about them; else `Missing`."""
    place = HireRecord.objects.filter(pk=hire_id).values_list("application", "application__requisition")
    application_id, requisition_id = place.first() or (0, 0)
    lock(Requisition, requisition_id)  # before the application, as its end does
    application = applications.locked(application_id, user=by, permission=applications.DECIDE)
    lock(HireRecord, hire_id)
    return HireRecord.objects.get(pk=hire_id), application


def _tell_partner(
    hire: HireRecord, application: Application, *, reason: str, by: User, now: datetime
) -> None:
    requisition = application.requisition
    people = may_hear((partner_of(application), requisition.recruiter), application.pk)
    for user in (person for person in people if person != by):
        values = {
            "user.first_name": user.get_short_name(),
            "candidate.name": application.candidate.name,
            "job.title": requisition.title,
            "reason": reason,
            "link": letters.staff_link(f"/requisitions/{requisition.pk}/"),
        }
        _write_to(user, "hire.not_coming", values, hire=hire, now=now)


def _write_to(
    user: User, role: str, values: dict[str, str], *, hire: HireRecord, now: datetime, again: str = ""
) -> None:
    outbox.queue(
        role,
        to=letters.to_user(user),
        message=outbox.write(role, values=values, organisation=None, language=user.language),
        key=f"{role}:{hire.pk}:{user.pk}{again}",
        now=now,
        about={"requisition_id": hire.application.requisition_id},
    )


@transaction.atomic
def note_export(*, hires: Sequence[HireRecord], by: User, now: datetime) -> None:
    """These hires were handed to somebody outside: by whom and when is on record."""
    if not by.has_perm("candidates.export_hires"):
        raise NotAllowed(gettext("Recruiters and leads export hires. Ask one of them."))
    HireRecord.objects.filter(pk__in=[hire.pk for hire in hires], exported_at__isnull=True).update(
        exported_at=now, updated_at=now
    )
    data = {"count": len(hires)}
    record_many("hire.exported", [Entry(hire, data | {"hire_id": hire.pk}) for hire in hires], by=by, now=now)
