"""What a simulated stretch of time says of the product's word; each figure with what it counts."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet

from ats.accounts.models import Role, User
from ats.activity.models import Activity
from ats.mail.message import message_id
from ats.mail.models import OutgoingMail
from candidates.compose import quiet_hours
from candidates.erasure.models import Erasure, Why
from candidates.follow_ups.models import FollowUpState
from candidates.messages.models import Direction, Message
from candidates.models import (
    Application,
    Candidate,
    DataCopy,
    FeedbackRequest,
    FollowUp,
    OfferState,
    Promise,
)
from candidates.promises.models import PromiseKind
from candidates.promises.queries import By, Told, told_by_law
from partners.commitments.actions import remeasure
from partners.commitments.domain.measuring import Measured
from partners.models import Commitment, Partnership
from requisitions.models import Side

ON_ITS_WAY = timedelta(days=3)
"""A decision that is younger than this at the end may still wait for its letter."""
TOLD = ("application.rejected", "application.hired", "offer.accepted")
"""Who accepts an offer is told that they are hired by the welcome to it."""
UNDONE = "application.decision_undone"
ENDS = ("application.rejected", "application.hired", "application.withdrawn")
DECISIONS = ("application.rejected", "application.hired", UNDONE)
WAS_TOLD, CAME_BACK = "application.told", "application.not_told"
AT_ONCE = ("acknowledgement",)
"""Steps that answer what the candidate did this minute, and may leave at night."""
PAST = {By.MISSED, By.LATE}
COLUMNS = Measured._fields


@dataclass(frozen=True)
class Figures:
    """Shares from 0 to 1, counts else.

    minutes_without_promise  in which an active application had no open promise, all together
    told_once                of those decided about: told by one letter that arrived, or by a call, and not twice
    broken_with_note         of the promises that ran out before a decision: a note about it left, or what was owed
                             came late; who is decided about is owed the decision, and no note that it takes longer
    past_outer_date          people who were not told in time where law sets a day, and promises that were given past it
    outer_dates              people for whom law sets a day by which they are told
    outer_dates_over         of these: those whose day is over by the end
    told_within_outer_date   of these: those who were told within it, whether a decision was made
    in_quiet_hours           letters by themselves that left between 20 and 8 where the candidate is
    incoming_lost            what candidates wrote on their page and the conversation does not have, and what came in
                             by mail and is not, once, where it has to be (`answers.Place`)
    commitments_equal        of the commitments as they were measured from hour to hour: what the whole record
                             gives when it is measured once, at the end
    wishes_overlooked        erasures and copies that were due for a day and are not made, and people who asked for
                             feedback and had no answer by the day they were told, of whom no lead heard
    """

    minutes_without_promise: int
    told_once: float
    broken_with_note: float
    past_outer_date: int
    outer_dates: int
    outer_dates_over: int
    told_within_outer_date: int
    in_quiet_hours: int
    incoming_lost: int
    commitments_equal: float
    wishes_overlooked: int


@dataclass(frozen=True)
class Letter:
    """A letter about a decision, remembered: the rows of who is erased are gone."""

    number: str
    application: int
    not_before: datetime


def measure(
    *,
    now: datetime,
    arrived: Iterable[str],
    asked: Mapping[int, int],
    lost_by_mail: int = 0,
    letters: Iterable[Letter] = (),
) -> Figures:
    """`arrived` are the numbers of the messages that reached their readers.

    `asked`: how much each candidate wrote on their page; `lost_by_mail`: what came in and is not where it has to be;
    `letters`: those about decisions, also of who is erased by now.
    """
    lines = by_law(now)
    return Figures(
        minutes_without_promise=minutes_without_promise(now),
        told_once=told_once(now, Counter(arrived), letters),
        broken_with_note=broken_with_note(),
        past_outer_date=sum(line.stands in PAST for line in lines) + sum(map(_given_past, lines)),
        outer_dates=len(lines),
        outer_dates_over=sum(line.over_at <= now for line in lines),
        told_within_outer_date=sum(line.stands == By.IN_TIME for line in lines),
        in_quiet_hours=in_quiet_hours(),
        incoming_lost=lost_on_their_page(asked) + lost_by_mail,
        commitments_equal=commitments_equal(now),
        wishes_overlooked=wishes_overlooked(now),
    )


def minutes_without_promise(now: datetime) -> int:
    return sum(_without(application, now) for application in Application.objects.prefetch_related("promises"))


def _without(application: Application, now: datetime) -> int:
    """Between two promises, before the first and after the last, as far as it was in play then."""
    promises = sorted(application.promises.all(), key=lambda promise: promise.pk)
    gaps = []
    since: datetime | None = application.applied_at
    for promise in promises:
        if since is not None:
            gaps.append((since, promise.opened_at))
        since = promise.settled_at
    if since is not None:
        gaps.append((since, now))
    spans = _in_play(application, now)
    return sum(_minutes(min(end, last) - max(start, first)) for start, end in gaps for first, last in spans)


def _in_play(application: Application, now: datetime) -> list[tuple[datetime, datetime]]:
    """From when to when nothing was decided about it, by them or by us."""
    happened = Activity.objects.filter(verb__in=(*ENDS, UNDONE), application_id=application.pk)
    spans, since = [], application.applied_at
    in_play = True
    for verb, at in happened.order_by("pk").values_list("verb", "occurred_at"):
        if in_play and verb in ENDS:
            spans.append((since, at))
        in_play, since = verb == UNDONE, at
    return [*spans, (since, now)] if in_play else spans


def _minutes(gap: timedelta) -> int:
    return max(0, round(gap.total_seconds() / 60))


def told_once(now: datetime, arrived: Counter[str], letters: Iterable[Letter] = ()) -> float:
    """Whoever wished to be erased before they could be told is told no more, and does not count."""
    decided = Application.objects.filter(state__in=["rejected", "hired"], decided_at__lt=now - ON_ITS_WAY)
    rows = {*letters, *map(letter_of, OutgoingMail.objects.filter(role__in=TOLD))}
    by_application: dict[int, list[Letter]] = defaultdict(list)
    for row in rows:
        by_application[row.application].append(row)
    times = {row: _times_told(row, by_application[row.pk], arrived) for row in decided}
    wished = Erasure.objects.filter(why__in=[Why.ASKED, Why.COLLEAGUE], erased_at__isnull=False)
    gone = set(wished.values_list("candidate", flat=True))
    return _share(number == 1 for row, number in times.items() if number or row.candidate_id not in gone)


def letter_of(mail: OutgoingMail) -> Letter:
    return Letter(message_id(mail), mail.application_id or 0, mail.not_before)


def _times_told(application: Application, letters: Iterable[Letter], arrived: Counter[str]) -> int:
    assert application.decided_at is not None
    by_letter = sum(arrived[row.number] for row in letters if row.not_before >= application.decided_at)
    if by_letter or _said_yes(application):
        return max(1, by_letter)
    said = Counter(
        Activity.objects.filter(
            verb__in=(WAS_TOLD, CAME_BACK),
            application_id=application.pk,
            occurred_at__gte=application.decided_at,
        ).values_list("verb", flat=True)
    )
    return said[WAS_TOLD] - said[CAME_BACK]


def _said_yes(application: Application) -> bool:
    """Whether they accepted our offer: they know by their own yes, also where the welcome to it did not reach them."""
    return application.state == "hired" and application.offers.filter(state=OfferState.ACCEPTED).exists()


def broken_with_note() -> float:
    return _share(has_its_note(promise) for promise in broken())


def broken() -> Iterator[Promise]:
    """Those that ran out before a decision."""
    rows = Promise.objects.filter(state="broken").order_by("pk")
    return (promise for promise in rows if not _was_decided(promise))


def _was_decided(promise: Promise) -> bool:
    """Whether it was decided about them when the date passed, and nobody had told them yet."""
    decided = Activity.objects.filter(verb__in=DECISIONS, application_id=promise.application_id)
    # In the order of the record: what is decided in the same hour, after the date passed, is no excuse for it.
    passed = Activity.objects.filter(verb="promise.broken", subject_id=promise.pk).first()
    before = {"pk__lt": passed.pk} if passed is not None else {"occurred_at__lte": promise.settled_at}
    decided = decided.filter(**before)
    last = decided.order_by("occurred_at", "pk").last()
    return last is not None and last.verb != UNDONE


def has_its_note(promise: Promise) -> bool:
    broken = Activity.objects.filter(verb="promise.broken", subject_id=promise.pk).first()
    if broken is not None and broken.data.get("answered_late"):
        return True
    if broken is None and _is_reached_another_way(promise):
        return True
    note = (
        FollowUp.objects.filter(idempotency_key=f"holding:{promise.pk}").select_related("candidate").first()
    )
    if note is None:
        return False
    if note.candidate.anonymised_at is not None:  # the reason went with them
        return note.state != FollowUpState.FAILED
    return note.state in {"done", "waiting"} or bool(note.reason)


def _is_reached_another_way(promise: Promise) -> bool:
    """Whether what kept it in time came back later: no letter can say so, and another way was owed instead."""
    later = Promise.objects.filter(application=promise.application_id, kind=PromiseKind.REACH)
    return promise.settled_at is not None and later.filter(opened_at=promise.settled_at).exists()


def by_law(now: datetime) -> list[Told]:
    """What the page of the law says to a lead."""
    lead = User.objects.filter(role=Role.LEAD).order_by("pk").first()
    return told_by_law(lead, now=now) if lead else []


def is_past(line: Told) -> bool:
    """Whether this person counts as past their date, by what they were told or by what was promised."""
    return line.stands in PAST or _given_past(line) > 0


def _given_past(line: Told) -> int:
    """Promises to this person that were given while the day lay ahead, and for later."""
    given = Promise.objects.filter(
        application=line.application, opened_at__lt=line.over_at, due_at__gt=line.over_at
    )
    after = given.filter(opened_at__date__gt=line.last_interview)
    return after.exclude(kind=PromiseKind.DEBT).exclude(side=Side.CANDIDATE).count()


def lost_on_their_page(asked: Mapping[int, int]) -> int:
    """Of each what is missing; of who is erased it is known no more what came by mail."""
    theirs = Message.objects.filter(direction=Direction.IN)
    on_their_page = Counter(theirs.filter(incoming=None).values_list("candidate", flat=True))
    erased = set(Candidate.objects.exclude(anonymised_at=None).values_list("pk", flat=True))
    missing = {pk: number - on_their_page[pk] for pk, number in asked.items()}
    return sum(max(0, number) if pk in erased else number for pk, number in missing.items())


def wishes_overlooked(now: datetime) -> int:
    yesterday = now - timedelta(days=1)
    erasures = Erasure.objects.ready(now).filter(due_at__lt=yesterday)
    copies = DataCopy.objects.making().filter(asked_at__lt=yesterday)
    unheard = FeedbackRequest.objects.late(yesterday)
    return erasures.count() + copies.count() + unheard.count()


def in_quiet_hours() -> int:
    steps: QuerySet[FollowUp] = FollowUp.objects.filter(mail__sent_at__isnull=False).exclude(step__in=AT_ONCE)
    rows = steps.select_related(
        "mail",
        "application__candidate",
        "application__requisition__location",
        "application__requisition__organisation__calendar",
    )
    return sum(_at_night(step) for step in rows)


def _at_night(step: FollowUp) -> bool:
    assert step.application is not None
    assert step.mail is not None
    assert step.mail.sent_at is not None
    application = step.application
    zone = quiet_hours.zone_for(application)
    return not quiet_hours.WAKES <= step.mail.sent_at.astimezone(zone).time() < quiet_hours.SLEEPS


def commitments_equal(now: datetime) -> float:
    """Measures each partnership anew from its whole record; the rows of before are replaced by that."""
    equal = every = 0
    for partnership in Partnership.objects.order_by("pk"):
        rows = Commitment.objects.filter(partnership=partnership)
        before = set(map(repr, rows.values_list(*COLUMNS)))
        rows.delete()
        remeasure(partnership=partnership, now=now)
        after = set(map(repr, rows.values_list(*COLUMNS)))
        equal, every = equal + len(before & after), every + len(before | after)
    return equal / every if every else 1.0


def _share(right: Iterable[bool]) -> float:
    """1 where there was nothing to do right or wrong."""
    counted = Counter(right)
    return counted[True] / counted.total() if counted else 1.0
