"""The end of a promise: after too many broken dates a candidate is told none any more, and we owe them an answer.

No clock closes the application, and none names another date: the debt stays open until a person has written or
called. It belongs to whoever leads the recruiters, who hears of it at once and then every five working days.
"""

from collections.abc import Iterable
from datetime import datetime

from ats.accounts.models import Role, User
from ats.activity.record import record
from ats.duework import engine as duework
from ats.kernel.kept import kept
from ats.kernel.when import counted
from ats.mail import outbox
from ats.organisation.domain import working_time
from ats.organisation.models import HiringOrganisation
from candidates.compose import letters, words
from candidates.follow_ups import actions as follow_ups
from candidates.follow_ups.domain import journeys
from candidates.promises import outer, queries
from candidates.promises.digests import of_owner, ready, who, write_to
from candidates.promises.engine import lead_of, open_promise
from candidates.promises.models import Promise, PromiseKind, PromiseState
from requisitions.models import Side

DAYS = 5
"""Working days after which the lead hears again of a debt that is still open."""


def is_the_end(promise: Promise, *, was: str) -> bool:
    """Whether this date, which has just run out, was the last that its candidate is told.

    It needs words that a person approved. Who is decided about is owed the decision, which is no debt of this kind.
    """
    most = promise.application.requisition.organisation.most_broken_dates
    return (
        was == PromiseState.OPEN
        and promise.broken_before + 1 >= most
        and queries.may_end(promise.application)
    )


def owe(broken: Promise, *, now: datetime) -> Promise:
    """Owe an answer without a date from now on, and say so to the candidate."""
    application = broken.application
    debt = open_promise(
        application=application,
        kind=PromiseKind.DEBT,
        what=broken.what,
        side=Side.RECRUITER,
        due_at=working_time.after_days(application.calendar, now, DAYS),
        now=now,
        previous=broken,
    )
    say_it_broke(journeys.END_OF_PROMISE, broken, debt, now=now)
    return debt


def say_it_broke(step: str, broken: Promise, after: Promise, *, now: datetime, **more: str) -> None:
    """Plan the one letter about a date that passed; it is left out where `after` is not owed any more by then."""
    application = broken.application
    payload = {
        "promise_id": after.pk,
        "was_due": words.day(broken.due_at, application.calendar.zone),
        "was_due_at": broken.due_at.isoformat(),
        "by_law": outer.outer_date(application, now=now) is not None,
    }
    follow_ups.schedule(
        step, application=application, now=now, key=f"holding:{broken.pk}", payload=payload | more
    )


def remind(now: datetime) -> int:
    """Tell those who owe answers without a date of the new ones, and of those that are still open: one message each."""
    rows = ready(Promise.objects.debts_to_remind(now), "due_at")
    return duework.under_lock(rows, _remind_owner, now=now)


def _remind_owner(first: Promise, now: datetime) -> None:
    rows = of_owner(Promise.objects.debts_to_remind(now), first)
    for row in rows:
        if row.due_at <= now:
            row.due_at = working_time.after_days(row.application.calendar, now, DAYS)
            data = {"what": row.what, "owner": str(row.owner), "since": _since(row)}
            record("promise.still_owed", subject=row, by=None, now=now, data=data)
        row.nudged_at = now
    Promise.objects.bulk_update(rows, ["due_at", "nudged_at"])
    key = f"debt:{first.owner_id}:{first.pk}:{now:%Y%m%d%H%M}"
    write_to(first.owner, "promise.debt", rows, line=_line, key=key, now=now)


def _since(debt: Promise) -> str:
    return words.day(debt.waiting_since or debt.opened_at, debt.application.calendar.zone)


def _line(debt: Promise) -> str:
    name, since = who(debt), _since(debt)
    dates = counted(debt.broken_before, "broken date", "broken dates")
    return kept(f"{name}: {debt.what}, waits since {since}, {dates}")


def ask_for_words(broken: Iterable[Promise], *, now: datetime) -> None:
    """The leads hear, once a month, that people could be told that they need not wait, and no words are approved."""
    wanting: dict[int, HiringOrganisation] = {}
    asked: set[tuple[int, str]] = set()
    for row in broken:
        organisation = row.application.requisition.organisation
        text = (organisation.pk, row.application.candidate.language)
        if text in asked or row.broken_before + 1 < organisation.most_broken_dates:
            continue
        asked.add(text)
        if not queries.may_end(row.application):
            wanting[organisation.pk] = organisation
    if not wanting:
        return
    for lead in User.objects.filter(role=Role.LEAD, is_active=True):
        for organisation in wanting.values():
            if lead.may_work_for(organisation.pk):
                _ask_for_words(lead, organisation, now)


def _ask_for_words(lead: User, organisation: HiringOrganisation, now: datetime) -> None:
    values = {
        "user.first_name": lead.get_short_name(),
        "organisation.name": organisation.name,
        "count": counted(organisation.most_broken_dates, "broken date", "broken dates"),
        "link": letters.staff_link(f"/settings/promises/?organisation={organisation.pk}"),
    }
    message = outbox.write("promise.words_wanted", values=values, organisation=None, language=lead.language)
    key = f"words-wanted:{organisation.pk}:{lead.pk}:{now:%Y%m}"
    outbox.queue("promise.words_wanted", to=letters.to_user(lead), message=message, key=key, now=now)


def tell_asked_after(promise: Promise, *, now: datetime) -> None:
    """Whoever owes it and who leads the recruiters, each once: the candidate has asked where it is."""
    application = promise.application
    people = {person.pk: person for person in (promise.owner, lead_of(application))}
    for person in people.values():
        values = {
            "user.first_name": person.get_short_name(),
            "candidate.name": application.candidate.name,
            "job.title": application.requisition.title,
            "promise.what": promise.what,
            "promise.since": _since(promise),
            "owner.name": str(promise.owner),
            "link": letters.staff_link(f"/applications/{application.pk}/#write"),
        }
        message = outbox.write(
            "promise.asked_after", values=values, organisation=None, language=person.language
        )
        key = f"asked-after:{promise.pk}:{person.pk}"
        outbox.queue("promise.asked_after", to=letters.to_user(person), message=message, key=key, now=now)
