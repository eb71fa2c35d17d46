"""What people wish for beside an answer: to be asked, feedback, their data, that it goes; and debts that are paid late.

Every hour some of it by chance, at the rates of `HOURLY`; who answers takes their time, and now and then does not.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from ats.kernel.errors import Missing
from candidates.data_requests.actions import answer as data_answers
from candidates.data_requests.actions import ask as data_requests
from candidates.data_requests.actions import ask_copy, take_copy
from candidates.erasure.actions import ask as erasures
from candidates.erasure.actions import configure, hold
from candidates.feedback import actions as feedback
from candidates.feedback import queries as evidence
from candidates.feedback.models import Depth
from candidates.messages import actions as conversation
from candidates.models import Application, Candidate, Promise
from candidates.surveys.actions import links
from candidates.surveys.actions.answer import Said
from candidates.surveys.actions.answer import answer as answer_survey

if TYPE_CHECKING:
    from ats.demo.simulation.life import Life

Do = Callable[["Life", datetime], None]
SHORTLY = {("DE", "rejected"): 1, ("DE", "withdrawn"): 1}
"""Months after which people go by themselves, so that it happens within the time that is lived."""


class Wishes:
    """What people come upon by themselves each hour, and by the letters that they read."""

    def __init__(self, life: "Life") -> None:
        self.life, self._read = life, 0

    def begin(self, now: datetime) -> None:
        """Retention by the clock is on from the first day."""
        organisation, lead = self.life.house.organisation.pk, self.life.house["lead"]
        configure.set_months(organisation_id=organisation, months=SHORTLY, by=lead, now=now)
        configure.switch(organisation_id=organisation, on=True, by=lead, now=now)

    def hour(self, now: datetime) -> None:
        self._read_letters(now)
        for rate, wish in HOURLY:
            if self.life.chance.random() < rate:
                wish(self.life, now)

    def _read_letters(self, now: datetime) -> None:
        """Of those who are asked half answer, and most take their copy, within some days."""
        fresh, self._read = self.life.weather.taken[self._read :], len(self.life.weather.taken)
        for letter in fresh:
            kind, _, key = letter.link.strip("/").partition("/")
            moment = now + timedelta(hours=self.life.chance.uniform(1, 90))
            if kind == "survey" and self.life.chance.random() < 0.5:
                self.life.later("answer a survey", moment, _answer_survey, life=self.life, signed=key)
            elif kind == "your-data":
                self.life.later("take a copy", moment, _take_copy, key=key)


def _one(life: "Life", rows: QuerySet[Any]) -> Any:
    """One of them by chance; None where there is none."""
    numbers = list(rows.order_by("pk").values_list("pk", flat=True))
    return rows.get(pk=life.chance.choice(numbers)) if numbers else None


def _somebody(life: "Life") -> Candidate | None:
    found: Candidate | None = _one(life, Candidate.objects.without_words().filter(anonymised_at=None))
    return found


# --- Surveys


def _answer_survey(life: "Life", signed: str, now: datetime) -> None:
    link = links.read(signed)
    assert link is not None
    said = Said(
        score=life.chance.choices(range(11), [1, 1, 1, 2, 2, 4, 6, 10, 14, 10, 8])[0],
        named=life.chance.random() < 0.4,
        organisation=life.chance.choice(("grown", "same", "shrunk", "")),
        customer=life.chance.choice(("yes", "no", "")),
        words="You told me why." if life.chance.random() < 0.3 else "",
    )
    answer_survey(link=link, said=said, now=now)


# --- Feedback


def _wish_for_feedback(life: "Life", now: datetime) -> None:
    """Most are answered in some days, some after their day; others never, and the lead hears of it."""
    rejected = Application.objects.whole().filter(state="rejected", candidate__anonymised_at=None)
    application = _one(life, rejected.filter(told_at__isnull=False, feedback_request=None))
    if application is None:
        return
    candidate, later = application.candidate, now + timedelta(days=life.chance.uniform(0.5, 9))
    life.do("ask for feedback", feedback.ask, application=application, candidate=candidate, now=now)
    what = life.chance.choices(("give feedback", "decline feedback", ""), [6, 2, 2])[0]
    if what == "give feedback":
        life.later(what, later, _give_feedback, application_id=application.pk)
    elif what:
        life.later(
            what,
            later,
            feedback.decline,
            application_id=application.pk,
            subject="Your question for feedback",
            body="We looked at papers alone, and have no more to say than stood in our letter.",
            by=application.requisition.recruiter,
        )


def _give_before_they_know(life: "Life", now: datetime) -> None:
    """The letter of the decision waits, and the feedback behind it."""
    fresh = Application.objects.filter(state="rejected", told_at=None, candidate__anonymised_at=None)
    application = _one(life, fresh.filter(decided_at__gt=now - timedelta(hours=2)))
    if application is not None:
        life.do("give feedback before they know", _give_feedback, application_id=application.pk, now=now)


def _give_feedback(application_id: int, now: datetime) -> None:
    """As deep as the stage has it, from the evidence that is there."""
    application = Application.objects.whole().select_related("reason").get(pk=application_id)
    by, depth = application.requisition.recruiter, evidence.depth_of(application)
    found = evidence.evidence_of(application, by)
    if depth in {Depth.NONE, Depth.ONE}:
        found = found[:1] if depth == Depth.ONE else []
    elif depth == Depth.EACH:
        found = list({each.criterion: each for each in found}.values())
    subject, body = evidence.put_together(application, found, depth)
    feedback.give(
        application_id=application.pk,
        subject=subject,
        body=body,
        seals=[each.seal for each in found],
        by=by,
        now=now,
        meant=True,
        gaps_meant=True,
    )


# --- Their data


def _wish_for_a_copy(life: "Life", now: datetime) -> None:
    person = _somebody(life)
    if person is not None:
        life.do("ask for a copy", ask_copy.ask_for_copy, candidate=person, now=now)


def _take_copy(key: str, now: datetime) -> None:
    copy = take_copy.by_token(key)
    if copy is None:
        raise Missing("They are erased meanwhile.")
    take_copy.take(copy=copy, now=now)


def _correct(life: "Life", now: datetime) -> None:
    person = _somebody(life)
    if person is not None:
        text = "I have moved: please change my address."
        asked = data_requests.ask_for_correction(candidate=person, text=text, now=now)
        facts = {"correction_id": asked.pk, "state": "done", "answer": "It is right now."}
        _answer_some_day(life, "correct", data_answers.answer_correction, facts, now)


def _complain(life: "Life", now: datetime) -> None:
    person = _somebody(life)
    if person is not None:
        text = "You have kept an address that I gave up."
        complaint = data_requests.complain(candidate=person, text=text, now=now)
        facts = {"complaint_id": complaint.pk, "outcome": "upheld", "answer": "You are right."}
        _answer_some_day(life, "answer a complaint", data_answers.answer_complaint, facts, now)


def _answer_some_day(
    life: "Life", name: str, act: Callable[..., object], facts: dict[str, Any], now: datetime
) -> None:
    moment = now + timedelta(days=life.chance.uniform(1, 25))
    life.later(name, moment, act, by=life.house["lead"], **facts)


def _wish_to_go(life: "Life", now: datetime) -> None:
    """Also while in play; some under a hold that is lifted later, some change their mind."""
    person, lead = _somebody(life), life.house["lead"]
    if person is None:
        return
    if life.chance.random() < 0.25:
        why = "A dispute about the cost of a journey."
        held = hold.hold_person(candidate_id=person.pk, reason=why, by=lead, now=now)
        moment = now + timedelta(days=life.chance.uniform(2, 20))
        life.later("lift a hold", moment, hold.lift, hold_id=held.pk, by=lead)
    life.do("ask to be erased", erasures.ask, candidate=person, now=now)
    if life.chance.random() < 0.1:
        moment = now + timedelta(days=life.chance.uniform(0.1, 3))
        life.later("call it off", moment, erasures.call_off, candidate_id=person.pk, by=person)


# --- Debts


def _pay_a_debt(life: "Life", now: datetime) -> None:
    """The lead writes to somebody whom nobody gives a date any more."""
    debt = _one(life, Promise.objects.open().filter(kind="debt"))
    if debt is not None:
        life.do(
            "pay a debt",
            conversation.send,
            application_id=debt.application_id,
            subject="We owe you an answer",
            body="You have waited long, and that is our fault. We are still deciding.",
            by=life.house["lead"],
            now=now,
        )


HOURLY: tuple[tuple[float, Do], ...] = (
    (0.12, _wish_for_feedback),
    (0.1, _give_before_they_know),
    (0.05, _wish_for_a_copy),
    (0.01, _correct),
    (0.01, _complain),
    (0.05, _wish_to_go),
    (0.05, _pay_a_debt),
)
