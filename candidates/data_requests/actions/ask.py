"""What people ask: that we put data right, and complaints about how we handle it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy

from ats.activity.record import record
from ats.kernel.access import lock_all
from ats.kernel.errors import Invalid, Missing
from ats.kernel.languages import known, too_long
from ats.organisation.models import HiringOrganisation
from candidates.compose import quiet_hours, words
from candidates.data_requests.actions import tell
from candidates.data_requests.domain import due
from candidates.data_requests.mails import CAME, COMPLAINT_RECEIVED
from candidates.data_requests.models import DataComplaint, DataCorrection
from candidates.people.domain import names
from candidates.people.domain.addresses import can_be_written_to
from candidates.people.domain.keys import one_line
from candidates.people.models import Candidate
from candidates.portal.actions import organisation_of

LONGEST = 10_000
MOST_OPEN = 10
"""Requests of one person that wait for an answer: whoever writes more has been heard."""
TWICE = timedelta(minutes=10)
"""The same words once more within this time are one request."""
WRITE = gettext_lazy("Say in a few words what it is about.")


@transaction.atomic
def ask_for_correction(*, candidate: Candidate, text: str, now: datetime) -> DataCorrection:
    """Owe this candidate an answer within a month: whoever recruits for them hears of it now."""
    said = _said(text)
    candidate = _held(candidate)
    mine = DataCorrection.objects.filter(candidate=candidate)
    if again := mine.open().filter(text=said, asked_at__gt=now - TWICE).first():
        return again
    _check_open(mine.open().count())
    due_at = due.a_month_after(now)
    correction = DataCorrection.objects.create(
        candidate=candidate, text=said, asked_at=now, due_at=due_at, nudge_at=due.first_nudge(due_at)
    )
    record("data.correction_asked", subject=correction, by=candidate, now=now)
    tell.to_colleagues(CAME, correction, tell.owners_of_correction(correction), now=now)
    return correction


@transaction.atomic
def complain(
    *,
    text: str,
    now: datetime,
    candidate: Candidate | None = None,
    name: str = "",
    email: str = "",
    language: str = "",
    organisation: HiringOrganisation | None = None,
) -> DataComplaint:
    """Owe an answer within 30 days, and say at once that it arrived. `candidate`: who wrote on their own page.

    Anybody else is known by the name and the address that they type.
    """
    said = _said(text)
    if candidate is not None:
        candidate = _held(candidate)
        name, email, language = candidate.name, candidate.email, candidate.language
        organisation = organisation_of(candidate)
        mine = DataComplaint.objects.open().filter(candidate=candidate)
    else:
        name, email = _checked(name, email)
        mine = DataComplaint.objects.open().filter(candidate=None, email__iexact=email)
    if again := mine.filter(text=said, asked_at__gt=now - TWICE).first():
        return again
    _check_open(mine.count())
    due_at = due.thirty_days_after(now)
    complaint = DataComplaint.objects.create(
        candidate=candidate,
        organisation=organisation,
        name=name,
        email=email,
        language=language if language in known() else "en",
        text=said,
        asked_at=now,
        due_at=due_at,
        nudge_at=due.first_nudge(due_at),
        acknowledged_at=now,
    )
    record("data.complained", subject=complaint, by=candidate, now=now)
    if email:
        zone = quiet_hours.zone_named(candidate.time_zone if candidate else "")
        tell.to_person(
            COMPLAINT_RECEIVED,
            name=candidate.greeting if candidate else name,
            address=email,
            language=complaint.language,
            organisation=organisation,
            key=f"{COMPLAINT_RECEIVED}:{complaint.pk}",
            now=now,
            about=complaint.about(),
            answer_by=words.told_day(due_at, zone),
        )
    people = tell.leads_for(candidate) if candidate else tell.leads()
    tell.to_colleagues(CAME, complaint, people, now=now)
    return complaint


def _said(text: str) -> str:
    said = words.typed(text)
    if not said:
        raise Invalid(WRITE, field="text")
    if len(said) > LONGEST:
        raise Invalid(too_long(LONGEST), field="text")
    return said


def _checked(name: str, email: str) -> tuple[str, str]:
    name, email = one_line(name), one_line(email)
    if not name:
        raise Invalid(names.WANTED, field="name")
    if problem := names.problem(name):
        raise Invalid(problem, field="name")
    if len(name) > 200:
        raise Invalid(too_long(200), field="name")
    if not can_be_written_to(email):
        raise Invalid(gettext_lazy("Write an e-mail address like name@example.com."), field="email")
    return name, email


def _held(candidate: Candidate) -> Candidate:
    """This candidate, held: of two requests at once, the second sees the first."""
    lock_all(Candidate, [candidate.pk])
    found = Candidate.objects.without_words().filter(pk=candidate.pk, anonymised_at=None).first()
    if found is None:
        raise Missing("They are known here no longer.")
    return found


def _check_open(count: int) -> None:
    if count >= MOST_OPEN:
        raise Invalid(
            gettext_lazy(
                "We have several requests of yours and owe you an answer to each. Please wait for it."
            ),
            field="text",
        )
