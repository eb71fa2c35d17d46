"""Another time that somebody of an interview proposes from their calendar: kept, taken, refused, or overtaken.

It moves nothing by itself: whoever arranges the interview takes it, which reschedules as any other time does, or lets
the time stand, which whoever proposed it is told.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_noop

from ats.accounts.models import User
from ats.calendars.actions.take_answers import takes
from ats.calendars.domain import answers
from ats.calendars.domain.answers import Proposal
from ats.calendars.domain.calendar_files import OWN_PREFIX
from ats.calendars.domain.spans import Span
from ats.kernel import when
from ats.kernel.access import lock
from ats.kernel.errors import Conflict, Invalid, Missing
from ats.kernel.kept import kept
from ats.kernel.languages import listed
from ats.kernel.lawful import TOLD
from ats.kernel.staff_words import gettext
from ats.mail import outbox
from ats.mail.incoming.calendars import CalendarAnswer
from candidates.applications.actions.fetch import touched
from candidates.compose import lawful, letters, words
from candidates.interviews import workflow as interviews
from candidates.interviews.actions import reply as replies
from candidates.interviews.actions import seat as seating
from candidates.interviews.mails import quoted
from candidates.interviews.models import Interview
from candidates.interviews.queries import calendar_files, facts
from candidates.interviews.queries.invited import Invited, is_over, whose
from candidates.scheduling import mails, workflow
from candidates.scheduling.actions import change_times
from candidates.scheduling.models import ProposalState, ProposedTime
from candidates.scheduling.queries import availability, proposed_times

AS_PROPOSED = gettext_noop("This is the time that was proposed in answer to the invitation.")
"""The reason that everybody reads. It names nobody: a name may be a word that is not to be used."""
LONGEST_REASON = 300


@takes
def take_proposal(found: CalendarAnswer, now: datetime, sender: str) -> bool:
    """Keep the other time that a calendar proposes; False where nobody of an interview proposes one that there is."""
    said = answers.read_proposal(found, OWN_PREFIX)
    with transaction.atomic():
        interview = Interview.objects.filter(uid=said.uid).first() if said else None
        if said is None or interview is None:
            return False
        lock(Interview, interview.pk)
        interview.refresh_from_db(fields=replies.ANSWERED)
        named = (whose(interview, each, sender=sender) for each in said.people)
        invited = next((each for each in named if each is not None), None)
        if invited is None or said.sequence > interview.sequence:
            return False
        return _take_in(interview, invited, said, now=now)


def _take_in(interview: Interview, invited: Invited, said: Proposal, *, now: datetime) -> bool:
    span = _span(said, invited, interview)
    if span is None or span[0] > now + availability.FARTHEST:
        return False
    if is_over(interview, said.sequence, now=now) or interview.starts_at <= now:
        proposed = kept(
            f"another time, {when.span(*span, replies.owner_of(interview, invited.application).zone)},"
        )
        replies.came_late(interview, invited, said=proposed, comment=said.comment, now=now)
        return True
    if span[0] <= now:
        return False
    if span[0] == interview.starts_at:  # no other time, only an answer
        replies.note(interview, invited, _reply(said, invited), comment=said.comment, now=now)
        return True
    _keep(interview, invited, said, span, now=now)
    return True


def _span(said: Proposal, invited: Invited, interview: Interview) -> Span | None:
    """From when to when; as long as the interview where it says no end."""
    begins = answers.moment(said.begins, invited.zone)
    ends = answers.moment(said.ends, invited.zone) if said.ends is not None else None
    if begins is None or (said.ends is not None and ends is None):
        return None
    ends = ends or begins + (interview.ends_at - interview.starts_at)
    return (begins, ends) if begins < ends else None


def _reply(said: Proposal, invited: Invited) -> str:
    """What they answered to the time that stands, beside their own proposal; empty where that is not said."""
    if len(said.people) == 1:
        return said.people[0].said
    address = str(invited.person.email).lower()
    return next((each.said for each in said.people if each.address == address), "")


def _keep(interview: Interview, invited: Invited, said: Proposal, span: Span, *, now: datetime) -> None:
    before = ProposedTime.objects.open().filter(interview=interview, seat=invited.seat)
    if before.filter(starts_at=span[0], ends_at=span[1], comment=said.comment).exists():
        return
    _overtake(before, now=now)
    row = ProposedTime.objects.create(
        interview=interview,
        seat=invited.seat,
        sequence=said.sequence,
        starts_at=span[0],
        ends_at=span[1],
        comment=said.comment,
        proposed_at=now,
    )
    replies.note(interview, invited, _reply(said, invited), comment=said.comment, now=now)
    interview.application = invited.application
    seating.tell(
        "interview.time_proposed" if invited.seat is not None else "interview.time_wished",
        interview,
        [],
        by=invited.person,
        now=now,
        proposed=when.span(*span, invited.application.calendar.zone),
        body=said.comment,
    )
    owner = replies.owner_of(interview, invited.application)
    replies.tell_owner(
        mails.TIME_PROPOSED,
        interview,
        invited.application,
        path=reverse("application_interviews", args=[interview.application_id]),
        key=f"proposed:{row.pk}",
        now=now,
        values={
            "person.name": invited.name,
            "proposed.when": when.span(*span, owner.zone),
            "comment": quoted(said.comment),
        },
    )


@transaction.atomic
def take(*, proposed_time_id: int, by: User, now: datetime, shares_place: bool = False) -> Interview:
    """Move the interview to the time that was proposed; `Conflict` names who could not come then.

    Where another interview is at its place it is a `Conflict` too, unless somebody has said that both fit there.
    """
    found = ProposedTime.objects.filter(pk=proposed_time_id).values_list("interview", flat=True).first()
    held = availability.hold_again(found or 0)
    interview = seating.interview_for(found or 0, by)
    row = _open(proposed_time_id, interview)
    (proposed,) = proposed_times.shown([row], [interview], now=now, held=held)
    if proposed.busy:
        said = gettext("%(busy)s could not come then: find a time that suits everybody.")
        raise Conflict(said % {"busy": listed(proposed.busy)})
    if proposed.place_taken and not shares_place:
        said = gettext("Another interview is there then (%(place)s): say whether both fit.")
        raise Conflict(said % {"place": interview.place})
    _settle(row, ProposalState.TAKEN, by=by, now=now)
    return change_times.reschedule(
        interview=interview,
        starts_at=row.starts_at,
        reason=AS_PROPOSED,
        by=by,
        now=now,
        anyway=True,
        proposer=proposed.by,
    )


@transaction.atomic
def refuse(*, proposed_time_id: int, reason: str, by: User, now: datetime) -> ProposedTime:
    """The time stays as it was; whoever proposed another is told why, in their calendar too."""
    found = ProposedTime.objects.filter(pk=proposed_time_id).values_list("interview", flat=True).first()
    interview = seating.interview_for(found or 0, by)
    row = _open(proposed_time_id, interview)
    said = words.typed(reason)
    if not said:
        raise Invalid(gettext("Say why, in a few words."), field="reason")
    if len(said) > LONGEST_REASON:
        raise Invalid(
            gettext("Keep the reason under %(most)s characters.") % {"most": LONGEST_REASON}, field="reason"
        )
    lawful.check(
        interview.application,
        {"reason": said},
        where="interview",
        what="Why another time is not taken, for",
        uses=TOLD,
    )
    row.reason = said
    _settle(row, ProposalState.REFUSED, by=by, now=now)
    zone = interview.application.calendar.zone
    proposed = when.span(row.starts_at, row.ends_at, zone)
    seating.tell("interview.time_refused", interview, [], by=by, now=now, proposed=proposed, reason=said)
    _tell_refused(row, interview, now=now)
    touched(interview.application, now=now)
    return row


def overtake(interview_id: int, *, now: datetime) -> None:
    """What is open for an interview that has another time by now, or is over; or whose people are in it no more."""
    _overtake(ProposedTime.objects.open().filter(interview=interview_id), now=now)


def overtake_released(interview_id: int, *, now: datetime) -> None:
    """What those proposed who have no seat in it any more."""
    rows = ProposedTime.objects.open().filter(interview=interview_id, seat__released=True)
    _overtake(rows, now=now)


def _overtake(rows: QuerySet[ProposedTime], *, now: datetime) -> None:
    """Their interview is held."""
    for row in rows.order_by("pk"):
        _settle(row, ProposalState.VOID, by=None, now=now)


def _open(proposed_time_id: int, interview: Interview) -> ProposedTime:
    """The proposal, under its interview's lock, while it waits and the interview lies ahead."""
    lock(Interview, interview.pk)  # as who proposes another one meanwhile does
    rows = ProposedTime.objects.select_related("seat__user")
    row = rows.filter(pk=proposed_time_id, interview=interview).first()
    if row is None:
        raise Missing(gettext("There is no such proposal."))
    interviews.check_ahead(interview.state)
    workflow.check_proposal(row.state, ProposalState.TAKEN)
    return row


def _settle(row: ProposedTime, state: ProposalState, *, by: User | None, now: datetime) -> None:
    workflow.check_proposal(row.state, state)
    row.state, row.settled_at, row.settled_by = state, now, by
    row.save(update_fields=["state", "settled_at", "settled_by", "reason"])


def _tell_refused(row: ProposedTime, interview: Interview, *, now: datetime) -> None:
    application, seats = interview.application, facts.seats_of(interview)
    key = f"interview:{interview.pk}:{interview.sequence}:refused:{row.pk}"
    if row.seat is None:
        proposed = when.span(row.starts_at, row.ends_at, facts.candidate_zone(application))
        known = facts.for_candidate(interview, application, seats)
        letters.queue(
            mails.TIME_STAYS,
            application=application,
            key=key,
            now=now,
            extra=known | {"proposed.when": proposed, "reason": row.reason},
            attachments=[
                calendar_files.for_candidate(interview, application, seats, refusal=row.reason, now=now)
            ],
        )
        return
    reader = row.seat.user
    if row.seat.released or not reader.is_active:
        return
    known = facts.for_interviewer(interview, application, seats, reader=reader)
    outbox.queue(
        mails.STAFF_TIME_STAYS,
        to=letters.to_user(reader),
        message=outbox.write(
            mails.STAFF_TIME_STAYS,
            organisation=application.requisition.organisation,
            language=reader.language,
            values=known
            | {
                "proposed.when": when.span(row.starts_at, row.ends_at, reader.zone),
                "reason": row.reason,
                "link": calendar_files.page(interview),
            },
        ),
        key=key,
        now=now,
        about=application.about(),
        attachments=[
            calendar_files.for_interviewer(
                interview, application, seats, reader=reader, refusal=row.reason, now=now
            )
        ],
    )
