"""What people do with promises themselves."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as candidate_words

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.errors import Invalid, Missing, NotAllowed, WrongState
from ats.kernel.languages import Words
from ats.kernel.lawful import TOLD
from ats.kernel.staff_words import gettext, gettext_lazy, ngettext
from ats.organisation.domain import working_time
from ats.organisation.domain.due_days import why_not
from ats.organisation.models import HiringOrganisation
from candidates.applications.actions import fetch
from candidates.applications.models import Application
from candidates.compose import lawful, words
from candidates.follow_ups import actions as follow_ups
from candidates.follow_ups.domain import journeys
from candidates.follow_ups.models import FollowUpState
from candidates.people.models import Candidate
from candidates.promises import debts, engine, outer, queries
from candidates.promises.models import (
    UNSETTLED,
    ApprovedWords,
    Promise,
    PromiseKind,
    PromiseState,
    waits_too_long,
)
from candidates.promises.rules import APPROVE
from requisitions.models import Side

PERMISSION = "candidates.message_candidate"


@transaction.atomic
def change_promise(*, application_id: int, due_at: datetime, reason: str, by: User, now: datetime) -> Promise:
    """Give the candidate a new date before the old one passes; they are told, with the reason.

    At most as far ahead as their organisation allows, and not where the date follows another clock: an offer's,
    or the candidate's own choice. It stays in the record as a date that was changed.
    """
    application = fetch.locked(application_id, user=by, permission=PERMISSION)
    reason = words.typed(reason)
    if not reason:
        raise Invalid(gettext("Say why the date changes: the candidate reads it."), field="reason")
    if len(reason) > 300:
        raise Invalid(gettext("Keep the reason under 300 characters."), field="reason")
    lawful.check(application, {"reason": reason}, where="promise", what="The new date for", uses=TOLD)
    old = engine.current(application)
    if old is None:
        raise WrongState(gettext("Nothing is promised here any more."))
    if old.kind == PromiseKind.DEBT:
        raise WrongState(gettext("A further date is worth nothing to them now: write to them, or call."))
    if old.side == Side.CANDIDATE:
        raise WrongState(
            gettext("The next move is theirs, and %(why)s.") % {"why": FOLLOWS.get(old.kind, OWN_DATE)}
        )
    if due_at == old.due_at:
        raise Invalid(gettext("This is the date that was promised already."), field="due_at")
    latest, law = latest_date(application, now=now), outer.outer_date(application, now=now)
    by_law = law.latest(now) if law else None
    if law is not None and by_law is not None and due_at > by_law:
        raise Invalid(_by_law(law, by_law, application), field="due_at")
    if due_at > latest:
        most = application.requisition.organisation.longest_new_date
        said = ngettext(
            "At most %(number)s working day ahead: until %(until)s.",
            "At most %(number)s working days ahead: until %(until)s.",
            most,
        )
        until = words.told_day(latest, application.calendar.zone)
        raise Invalid(said % {"number": most, "until": until}, field="due_at")
    if closed := why_not(application.calendar, due_at):
        raise Invalid(closed, field="due_at")
    fresh = engine.replace(
        application=application,
        due_at=due_at,
        reason=reason,
        by=by,
        now=now,
        ends_as=PromiseState.CHANGED,
    )
    zone = application.calendar.zone
    was_due = words.day(old.due_at, zone)
    data = {
        "promise_id": fresh.pk,
        "what": fresh.what,
        "due": words.day(due_at, zone),
        "due_at": due_at.isoformat(),
        "was_due": was_due,
        "was_due_at": old.due_at.isoformat(),
        "reason": reason,
    }
    record("promise.changed", subject=fresh, by=by, now=now, data=data)
    told = _told_last(application) or {"was_due": was_due, "was_due_at": old.due_at.isoformat()}
    payload = {"promise_id": fresh.pk, "reason": reason} | told
    superseded = "Another date was given before this one was told."
    follow_ups.cancel(application=application, steps=[journeys.NEW_DATE], reason=superseded, by=by, now=now)
    follow_ups.schedule(
        journeys.NEW_DATE, application=application, now=now, key=f"new-date:{fresh.pk}", payload=payload
    )
    return fresh


FOLLOWS: dict[str, Words] = {
    PromiseKind.OFFER: gettext_lazy("the date is that of the offer: change it there"),
    PromiseKind.TIME: gettext_lazy("the date is that of the times they choose from: change it there"),
}
OWN_DATE = gettext_lazy("the date is for us to wait until, not for them")


def latest_date(application: Application, *, now: datetime) -> datetime:
    """The latest moment to which what is promised here may be put off."""
    organisation = application.requisition.organisation
    return working_time.after_days(organisation.calendar, now, organisation.longest_new_date)


def _by_law(law: outer.OuterDate, latest: datetime, application: Application) -> str:
    """Why a later date would be against the law of the place, and what that is."""
    said = gettext(
        "Until %(until)s at the latest: %(rule)s has them told by %(day)s whether it was decided, and a note "
        "about a broken date has to come before that."
    )
    zone = application.calendar.zone
    day = date_format(law.day, "DAY")
    return said % {"until": words.told_day(latest, zone), "rule": law.duty.source, "day": day}


def _told_last(application: Application) -> dict[str, str]:
    """The date that the candidate knows, where the note on the one after it has not left yet."""
    waiting = application.follow_ups.filter(step=journeys.NEW_DATE, state=FollowUpState.WAITING).first()
    if waiting is None or not waiting.payload.get("was_due"):
        return {}
    return {name: waiting.payload[name] for name in ("was_due", "was_due_at") if name in waiting.payload}


@transaction.atomic
def ask_after(*, application: Application, candidate: Candidate, now: datetime) -> bool:
    """The candidate asks where it is: whoever owes it and who leads them hear of it at once.

    Once until somebody has answered, and only behind a date that has passed: False where they have asked already.
    """
    application = fetch.relocked(application)
    promise = Promise.objects.filter(
        waits_too_long(now), application=application, state__in=UNSETTLED
    ).first()
    if promise is None:
        raise WrongState(candidate_words("No date of ours has passed without an answer. Write to us below."))
    if promise.asked_after_at is not None:
        return False
    promise.asked_after_at = now
    promise.save(update_fields=["asked_after_at"])
    promise.application = application
    data = {"promise_id": promise.pk, "what": promise.what}
    record("promise.asked_after", subject=promise, by=candidate, now=now, data=data)
    debts.tell_asked_after(promise, now=now)
    return True


@transaction.atomic
def approve_words(*, organisation_id: int, seen: Collection[str], by: User, now: datetime) -> int:
    """From now on candidates of this organisation may be told in these words; how many texts are new.

    `seen`: the digests of the texts that the person read. Refused where one of them is none any more: somebody
    has changed the words since.
    """
    organisation = HiringOrganisation.objects.filter(pk=organisation_id).first()
    if organisation is None:
        raise Missing(gettext("There is no such organisation."))
    if not by.has_perm(APPROVE):
        raise NotAllowed(gettext("Who leads recruiting approves these words."))
    by_digest = {text.digest: text for text in queries.texts(organisation)}
    if not seen or not set(seen) <= set(by_digest):
        raise WrongState(gettext("The words have been changed since you read them. Read them once more."))
    fresh = [by_digest[key] for key in sorted(seen) if by_digest[key].approved is None]
    for text in fresh:
        ApprovedWords.objects.get_or_create(
            organisation=organisation,
            digest=text.digest,
            defaults={
                "language": text.words.language,
                "subject": text.words.subject,
                "body": text.words.body,
                "approved_by": by,
                "approved_at": now,
            },
        )
    if fresh:
        languages = ", ".join(sorted(text.words.language for text in fresh))
        record("promise.words_approved", subject=organisation, by=by, now=now, data={"languages": languages})
    return len(fresh)
