"""What happens to applications, and the promise policy has a rule for: heard while it is being recorded.

Before anybody else who listens, so that they find what is owed as it is by now; but for the evidence on an
interview, which follows what the scorecards make of it.
"""

from typing import Any

from django.db.models import Q, QuerySet

from ats.accounts.models import User
from ats.accounts.queries.succession import BOTH, Held, Level, holder, touches
from ats.activity.actors import AsRecorded
from ats.activity.models import Activity
from ats.activity.record import subscribe, subscribe_to_all
from ats.kernel.staff_words import gettext, ngettext
from ats.mail.models import MailState
from candidates.applications.actions import fetch
from candidates.applications.models import Application, ApplicationState
from candidates.interviews.models import Interview, InterviewState
from candidates.messages.models import Message, Substance
from candidates.offers.models import Offer
from candidates.promises import effects, engine, outcomes
from candidates.promises.models import UNSETTLED, Promise, PromiseKind, PromiseState
from candidates.promises.policy import Event
from candidates.promises.queries import owed
from candidates.scorecards.models import Scorecard, ScorecardState
from requisitions.models import Side

__all__ = ["owed"]

LEADERS = {"recruiter", "hiring_manager"}


def _happened(event: str, activity: Activity, **more: Any) -> None:
    """For an activity of something that belongs to an application, which its action holds."""
    application = activity.subject.application
    effects.happened(event, application=application, by=activity.by, now=activity.occurred_at, **more)


# Applications


@subscribe("application.received", "application.added", first=True)
def came_in(activity: Activity) -> None:
    engine.promise_for_stage(application=activity.subject, now=activity.occurred_at)


@subscribe_to_all(Event.MOVED, first=True)
def moved(activities: list[Activity]) -> None:
    standing = effects.standing([activity.subject for activity in activities])
    for activity in activities:
        effects.happened(
            Event.MOVED,
            application=activity.subject,
            by=activity.by,
            now=activity.occurred_at,
            stands=standing.get(activity.subject.pk),
        )


@subscribe("application.rejected", first=True)
def rejected(activity: Activity) -> None:
    outcomes.await_telling(activity.subject, by=activity.by, now=activity.occurred_at)


@subscribe("application.hired", first=True)
def hired(activity: Activity) -> None:
    """Told by their own yes to an offer, or still to be told."""
    application: Application = activity.subject
    settle = outcomes.await_telling if application.told_at is None else outcomes.told_by_their_yes
    settle(application, by=activity.by, now=activity.occurred_at)


@subscribe("application.withdrawn", first=True)
def withdrawn(activity: Activity) -> None:
    by, now = activity.by, activity.occurred_at
    if activity.data.get("was") == "hired":
        outcomes.let_go(activity.subject, by=by, now=now, reason="they do not come")
    else:
        engine.release(application=activity.subject, by=by, now=now, reason="withdrew")


@subscribe("application.decision_undone", first=True)
def undone(activity: Activity) -> None:
    told = bool(activity.data["corrected"])
    outcomes.undone(activity.subject, told=told, by=activity.by, now=activity.occurred_at)


@subscribe("application.told", first=True)
def told(activity: Activity) -> None:
    application: Application = activity.subject
    at = application.told_at or activity.occurred_at
    outcomes.told(application, by=activity.by, now=at, mail_id=activity.data.get("mail_id"))


@subscribe("application.not_told", first=True)
def not_told(activity: Activity) -> None:
    outcomes.failed(activity.subject, activity.data["mail_id"], now=activity.occurred_at)


# Messages

MEANS: dict[str, str] = {Substance.OWN: Event.WROTE, Substance.TEMPLATE: Event.TEMPLATE_SENT}
"""What it means that a text of this substance has left; one with a gap means nothing."""


@subscribe(Event.WROTE, first=True)
def wrote(activity: Activity) -> None:
    message: Message = activity.subject
    event = MEANS.get(message.substance)
    if event is not None and message.leaves:
        _happened(event, activity, told_by=message.mail_id)


@subscribe(Event.TOLD, Event.WAS_WRITTEN_TO, first=True)
def spoke(activity: Activity) -> None:
    _happened(activity.verb, activity)


@subscribe(Event.NEEDS_NO_ANSWER, first=True)
def needs_no_answer(activity: Activity) -> None:
    """Once nothing of theirs waits for one."""
    if not Message.objects.unanswered().filter(application=activity.subject.application).exists():
        _happened(Event.NEEDS_NO_ANSWER, activity)


@subscribe("message.arrived", first=True)
def arrived_after_all(activity: Activity) -> None:
    """Sent once more, it has reached them: no other way is owed; but it kept nothing that was due before."""
    message: Message = activity.subject
    if message.mail is None or message.application is None:
        return
    outcomes.came_late(message.mail.pk, now=message.mail.sent_at or activity.occurred_at)
    promise = engine.current(message.application)
    if promise is not None and promise.kind == PromiseKind.REACH:
        event = Event.WROTE if message.substance == Substance.OWN else Event.NEEDS_NO_ANSWER
        _happened(event, activity, told_by=message.mail_id)


@subscribe("message.lost", first=True)
def lost(activity: Activity) -> None:
    """What it kept is owed, and another way to tell them; not where somebody took it back after the end."""
    message: Message = activity.subject
    if message.mail is None or message.application is None:
        return
    in_play = message.application.state == ApplicationState.ACTIVE
    opens = in_play or message.mail.state != MailState.CANCELLED
    outcomes.failed(message.application, message.mail.pk, now=activity.occurred_at, opens=opens)


# Reviews


@subscribe("review.before_manager", first=True)
def put_before_manager(activity: Activity) -> None:
    """It is the manager's move now; the date that the candidate was told stays."""
    application, now = activity.subject, activity.occurred_at
    promise = engine.current(application)
    ours = promise is not None and promise.side in {Side.RECRUITER, Side.SCHEDULING}
    if promise is not None and ours and promise.kind not in {PromiseKind.ANSWER, PromiseKind.DEBT}:
        stays = promise.due_at if promise.due_at > now else activity.data["due_at"]
        engine.replace(application=application, side=Side.MANAGER, due_at=stays, by=activity.by, now=now)


@subscribe(Event.REVIEWED, first=True)
def reviewed(activity: Activity) -> None:
    """The view of the partner on it passes the move on; that of somebody else in the team does not."""
    if activity.data["side"] in {"manager", "stand_in"}:
        _happened(Event.REVIEWED, activity)


# Interviews


@subscribe(
    Event.TIME_ASKED,
    Event.TIME_GIVEN,
    Event.TIME_RUN_OUT,
    Event.BOOKED,
    Event.REBOOKED,
    Event.CALLED_OFF,
    first=True,
)
def arranged(activity: Activity) -> None:
    _happened(activity.verb, activity)
    if activity.verb in {Event.REBOOKED, Event.CALLED_OFF}:
        _keep_within_law(activity)


@subscribe(Event.TIME_TAKEN_BACK, first=True)
def taken_back(activity: Activity) -> None:
    """Where other times are offered in their place, the move stays the candidate's."""
    if not activity.data.get("replaced"):
        _happened(Event.TIME_TAKEN_BACK, activity)


@subscribe(Event.NOBODY_CAME, first=True)
def nobody_came(activity: Activity) -> None:
    _happened(Event.ANOTHER_TIME if activity.data.get("another_time") else Event.NOBODY_CAME, activity)
    _keep_within_law(activity)


def _keep_within_law(activity: Activity) -> None:
    """Law counts from the last interview: without one that was still to come its date is an earlier one."""
    application = _in_play(activity)
    if application is not None:
        engine.keep_within_law(application, by=AsRecorded(activity), now=activity.occurred_at)


@subscribe(Event.HELD)
def after_the_interview(activity: Activity) -> None:
    """The candidate waits for what we make of it, and so for whoever has yet to write."""
    application = _in_play(activity)
    if application is not None:
        by, now = AsRecorded(activity), activity.occurred_at
        effects.happened(Event.HELD, application=application, by=by, now=now)
        engine.keep_within_law(application, by=by, now=now)
        _to_whom_it_waits_for(application, activity)


@subscribe(Event.SCORED, "scorecard.cancelled", "scorecard.never_given")
def on_evidence(activity: Activity) -> None:
    """Whose move it is hangs on whose evidence is still missing."""
    application = _in_play(activity)
    if application is not None:
        _to_whom_it_waits_for(application, activity)


def _to_whom_it_waits_for(application: Application, activity: Activity) -> None:
    awaited = set(
        Scorecard.objects.filter(application=application, state=ScorecardState.DRAFT)
        .filter(interview__in=Interview.objects.filter(state=InterviewState.HELD))
        .values_list("interviewer", flat=True)
    )
    manager = application.requisition.hiring_manager_id
    by, now = AsRecorded(activity), activity.occurred_at
    if awaited == {manager}:
        effects.happened(Event.MANAGER_IS_LAST, application=application, by=by, now=now)
    elif manager not in awaited and activity.data.get("side") == "manager":
        effects.happened(Event.SCORED, application=application, by=by, now=now)


def _in_play(activity: Activity) -> Application | None:
    application = fetch.found(activity.application_id or 0)
    if application is None or application.state != ApplicationState.ACTIVE:
        return None
    return application


# Offers


@subscribe(Event.OFFERED, first=True)
def offer_reached(activity: Activity) -> None:
    _happened(Event.OFFERED, activity, until=activity.subject.expires_at)


@subscribe("offer.declined", "offer.expired", "offer.withdrawn", first=True)
def offer_ended(activity: Activity) -> None:
    """One that never was in their hands ends for nobody but us."""
    offer: Offer = activity.subject
    if offer.sent_at is not None and offer.sent_at <= activity.occurred_at:
        _happened(Event.OFFER_ENDED, activity)


OFFER_STANDS_ON = {
    "offer.extended": "You have more time.",
    "offer.renewed": "Our offer has changed.",
}


@subscribe(*OFFER_STANDS_ON, first=True)
def offer_stands_on(activity: Activity) -> None:
    """The answer that we wait for is due when the offer ends."""
    offer: Offer = activity.subject
    promise = engine.current(offer.application)
    if promise is not None and promise.kind == PromiseKind.OFFER and offer.expires_at is not None:
        engine.replace(
            application=offer.application,
            due_at=offer.expires_at,
            reason=OFFER_STANDS_ON[activity.verb],
            by=activity.by,
            now=activity.occurred_at,
        )


# Who owes it


@subscribe("requisition.changed")
def led_by_others(activity: Activity) -> None:
    """Who leads a role now owes what it has promised."""
    if LEADERS & set(activity.data["fields"]):
        rows = Promise.objects.filter(application__requisition=activity.subject_id)
        engine.pass_on(rows, by=AsRecorded(activity), now=activity.occurred_at)


@subscribe(
    "application.kept_from_manager",
    "application.stand_in_chosen",
    "application.manager_may_know",
    "application.works_here_wrong",
)
def another_partner(activity: Activity) -> None:
    """Who is the partner on an application now owes what its manager's side has promised."""
    rows = Promise.objects.filter(application=activity.application_id)
    engine.pass_on(rows, by=AsRecorded(activity), now=activity.occurred_at)


@touches(Level.APPLICATION, Application)
def applications_touched(user: User) -> QuerySet[Promise, int]:
    """What they owe, and all that is owed in the roles that they lead."""
    leads = Q(application__requisition__recruiter=user) | Q(application__requisition__hiring_manager=user)
    rows = Promise.objects.filter(Q(owner=user) | leads, state__in=UNSETTLED)
    return rows.values_list("application", flat=True)


@subscribe("user.deactivated", "user.role_changed")
def gone(activity: Activity) -> None:
    """Nothing is owed by somebody who cannot sign in, nor by who does not lead a role any more."""
    rows = Promise.objects.filter(owner=activity.subject_id)
    engine.pass_on(rows, by=AsRecorded(activity), now=activity.occurred_at)
    if activity.verb == "user.role_changed":
        return
    # And nothing about candidates is written to them any more.
    rows.filter(state=PromiseState.BROKEN, owner_told_at=None).update(owner_told_at=activity.occurred_at)


@holder
def promises_held(user: User) -> list[Held]:
    number = Promise.objects.filter(owner=user, state__in=UNSETTLED).count()
    said = ngettext("%(number)s promise to a candidate", "%(number)s promises to candidates", number)
    what = said % {"number": number}
    return [Held(what, goes=gettext("go to who leads the role"), follows=BOTH)] if number else []
