"""Who sat in writes down what they saw; whom they sat beside says in one word what they saw of it."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.access import lock
from ats.kernel.errors import Invalid, Missing, WrongState
from ats.kernel.staff_words import gettext
from candidates.applications.models import Application
from candidates.compose import lawful, words
from candidates.interviews.models import Interview, InterviewSeat, SeatKind, Shadowing
from candidates.shadowing import queries

LONGEST_EVIDENCE, LONGEST_WORD = 5_000, 40


@transaction.atomic
def write(*, interview_id: int, evidence: str, by: User, now: datetime) -> Shadowing:
    """What somebody saw who sat in. It counts nowhere; it can be bettered until it is confirmed."""
    place = _seat(interview_id, by, SeatKind.SHADOW)
    interview = place.interview
    if not queries.has_begun(interview, now):
        raise WrongState(gettext("The interview has not begun, or does not take place."))
    found = Shadowing.objects.get(seat=place)
    if found.word:
        raise WrongState(
            gettext("%(confirmed_by)s has confirmed it. It stays as it is.")
            % {"confirmed_by": found.confirmed_by}
        )
    said = words.typed(evidence)
    if not said:
        raise Invalid(gettext("Write down what you saw."), field="evidence")
    if len(said) > LONGEST_EVIDENCE:
        raise Invalid(
            gettext("Keep it under %(most)s characters.") % {"most": LONGEST_EVIDENCE}, field="evidence"
        )
    what = "What was seen, sitting in, of"
    lawful.check(interview.application, {"evidence": said}, where=f"shadowing-{found.pk}", what=what)
    is_first = not found.evidence
    found.evidence, found.written_at = said, now
    found.save(update_fields=["evidence", "written_at", "updated_at"])
    if is_first:
        _noted("shadowing.written", interview, place, by=by, now=now)
    return found


@transaction.atomic
def confirm(*, interview_id: int, seat_id: int, word: str, by: User, now: datetime) -> Shadowing:
    """Whom they sat beside says in one word what they saw; the interview counts for them from then on."""
    interview = _seat(interview_id, by, SeatKind.INTERVIEWER).interview
    shadows = interview.seats.filter(pk=seat_id, kind=SeatKind.SHADOW, released=False)
    place = shadows.select_related("user").first()
    if place is None:
        raise Missing(gettext("Nobody sat in there."))
    if not queries.was_held(interview, now):
        raise WrongState(gettext("The interview is not over, or did not take place."))
    found = Shadowing.objects.get(seat=place)
    if found.word:
        raise WrongState(
            gettext("%(confirmed_by)s has confirmed it already.") % {"confirmed_by": found.confirmed_by}
        )
    said = words.typed(word)
    if len(said.split()) != 1 or len(said) > LONGEST_WORD:
        raise Invalid(gettext("Say in one word what you saw."), field="word")
    what = "The word on who sat in with"
    lawful.check(interview.application, {"word": said}, where=f"shadowing-{found.pk}", what=what)
    found.word, found.confirmed_by, found.confirmed_at = said, by, now
    found.save(update_fields=["word", "confirmed_by", "confirmed_at", "updated_at"])
    _noted("shadowing.confirmed", interview, place, by=by, now=now)
    return found


def _seat(interview_id: int, by: User, kind: SeatKind) -> InterviewSeat:
    """Their seat with its interview, under the application's lock; one in which they have none is not there."""
    seats = InterviewSeat.objects.filter(interview=interview_id, user=by, kind=kind, released=False)
    lock(Application, seats.values_list("interview__application", flat=True).first() or 0)
    found = seats.select_related(
        "user", "interview__application__candidate", "interview__application__requisition__location"
    ).first()
    if found is None or not by.is_active:
        raise Missing(
            gettext("There is no interview %(interview_id)s in which you have this part.")
            % {"interview_id": interview_id}
        )
    return found


def _noted(verb: str, interview: Interview, place: InterviewSeat, *, by: User, now: datetime) -> None:
    data = {"interview_id": interview.pk, "name": interview.name}
    whom = {"shadow": str(place.user), "shadow_id": place.user_id}
    record(verb, subject=interview, by=by, now=now, data=data | whom, **interview.application.about())
