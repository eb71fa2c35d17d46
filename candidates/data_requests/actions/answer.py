"""Answering what was asked: once, by a person, told by mail and on their own page."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel import staff_words
from ats.kernel.access import get_for
from ats.kernel.errors import Conflict, Invalid
from ats.kernel.languages import later
from candidates.compose import quiet_hours, words
from candidates.data_requests.actions import tell
from candidates.data_requests.mails import COMPLAINT_ANSWERED, CORRECTION_ANSWERED
from candidates.data_requests.models import (
    ComplaintOutcome,
    ComplaintState,
    CorrectionState,
    DataComplaint,
    DataCorrection,
)
from candidates.data_requests.rules import ANSWER_COMPLAINT, ANSWER_CORRECTION
from candidates.portal.actions import organisation_of

LONGEST_ANSWER = 10_000
CAME_OF_IT: dict[str, Any] = {
    CorrectionState.DONE: later(lambda: gettext("We have put it right.")),
    CorrectionState.DECLINED: later(lambda: gettext("It stays as it is, and this is why:")),
    ComplaintOutcome.UPHELD: later(lambda: gettext("We agree with you.")),
    ComplaintOutcome.PARTLY: later(lambda: gettext("We agree with you in part.")),
    ComplaintOutcome.REJECTED: later(lambda: gettext("We have looked into it and see it differently.")),
}


@transaction.atomic
def answer_correction(
    *, correction_id: int, state: str, answer: str, by: User, now: datetime
) -> DataCorrection:
    """It is put right, or stays as it is with a reason; either way they are told."""
    rows = DataCorrection.objects.all()
    found = get_for(rows, correction_id, user=by, permission=ANSWER_CORRECTION, for_update=True)
    said = _said(answer, needed=state == CorrectionState.DECLINED)
    if state not in {CorrectionState.DONE, CorrectionState.DECLINED}:
        raise Invalid(staff_words.gettext("Say whether it was put right."), field="state")
    _check_open(found, is_open=found.state == CorrectionState.OPEN)
    found.state, found.answer, found.settled_at, found.settled_by = state, said, now, by
    found.save(update_fields=["state", "answer", "settled_at", "settled_by"])
    verb = "data.correction_done" if state == CorrectionState.DONE else "data.correction_declined"
    record(verb, subject=found, by=by, now=now)
    candidate = found.candidate
    tell.to_person(
        CORRECTION_ANSWERED,
        name=candidate.greeting,
        address=candidate.email,
        language=candidate.language,
        organisation=organisation_of(candidate),
        key=f"{CORRECTION_ANSWERED}:{found.pk}",
        now=now,
        about=found.about(),
        outcome=CAME_OF_IT[state],
        answer=said,
    )
    return found


@transaction.atomic
def answer_complaint(
    *, complaint_id: int, outcome: str, answer: str, by: User, now: datetime
) -> DataComplaint:
    """What came of it, in a person's words; of two who answer at once the second is told of the first."""
    rows = DataComplaint.objects.all()
    found = get_for(rows, complaint_id, user=by, permission=ANSWER_COMPLAINT, for_update=True)
    said = _said(answer, needed=True)
    if outcome not in ComplaintOutcome.values:
        raise Invalid(staff_words.gettext("Say what came of it."), field="outcome")
    _check_open(found, is_open=found.state == ComplaintState.OPEN)
    found.state, found.outcome, found.answer = ComplaintState.ANSWERED, outcome, said
    found.settled_at, found.settled_by = now, by
    found.save(update_fields=["state", "outcome", "answer", "settled_at", "settled_by"])
    record("data.complaint_answered", subject=found, by=by, now=now)
    zone = quiet_hours.zone_named(found.candidate.time_zone if found.candidate else "")
    # The page takes them along to another address that they have given since.
    address = found.candidate.email if found.candidate else found.email
    tell.to_person(
        COMPLAINT_ANSWERED,
        name=found.candidate.greeting if found.candidate else found.name,
        address=address,
        language=found.language,
        organisation=found.organisation,
        key=f"{COMPLAINT_ANSWERED}:{found.pk}",
        now=now,
        about=found.about(),
        complained_on=words.told_day(found.asked_at, zone),
        outcome=CAME_OF_IT[outcome],
        answer=said,
    )
    return found


def _said(text: str, *, needed: bool) -> str:
    said = words.typed(text)
    if needed and not said:
        raise Invalid(staff_words.gettext("Write the answer: they read it."), field="answer")
    if len(said) > LONGEST_ANSWER:
        raise Invalid(
            staff_words.gettext("Keep it under %(most)s characters.") % {"most": LONGEST_ANSWER},
            field="answer",
        )
    return said


def _check_open(found: DataCorrection | DataComplaint, *, is_open: bool) -> None:
    if not is_open:
        raise Conflict(
            staff_words.gettext("%(name)s has answered it already; nothing was sent twice.")
            % {"name": found.settled_by}
        )
