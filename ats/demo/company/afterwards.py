"""What came of an earlier hire of the demo company, and what its partners made of advice.

That role was filled before the story begins; its days are lived here, each with its tick.
"""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from ats.accounts.models import User
from ats.demo.company import looking_back
from ats.demo.company.house import House
from ats.demo.company.roles import Plan, open_role
from ats.demo.company.timeline import Timeline
from candidates.applications import actions as applications
from partners.advice import actions as advice
from partners.models import Advice, HireOutcome
from partners.outcomes import actions
from partners.outcomes.actions.make_link import new_link
from partners.outcomes.domain.answers import Said
from partners.partnerships import actions as partnerships
from requisitions.roles.domain.facts import Wanted

STARTED = 97
"""Days ago; the review after 90 days is a few days old."""
LATEST = 3
"""Days after which a review has opened in any case: weekends move it."""

EXPECTED = (
    "The night’s delays are explained by seven in the morning.",
    "Two of the five worst lines have a cause that everybody agrees on.",
)


def _plan(house: House) -> Plan:
    return Plan(
        key="night",
        opened_days_ago=STARTED + 32,
        applicants=1,
        recruiter="recruiter",
        manager="manager",
        trade="data",
        facts={
            "title": "Night Shift Analyst",
            "department": house.data,
            "location": house.berlin,
            "remote_mode": "hybrid",
            "pay_min": 54_000,
            "pay_max": 62_000,
            "openings": 1,
            "why": "The night shift sees what is late first, and nobody writes it down.",
            "outcomes": "\n".join(EXPECTED),
            "value_proposition": "Four nights a month, and the other days are yours. You see the same morning what "
            "your night was good for.",
            "hard_part": "Four nights a month are four nights a month.",
            "must_haves": [Wanted("Has explained figures to people in a hurry", "That is the night shift.")],
        },
        body="<p>You sit with the night shift, find out why trains are late, and write it so that the day shift can "
        "act on it.</p>",
    )


def live(story: Timeline) -> None:
    """Opened, filled and begun before the story; both answer in its last days, as the reviews open."""
    house, on = story.house, story.morning
    outcome = _hired(story, _plan(house))
    story.pass_by(on(STARTED + 29) + timedelta(hours=2))
    looking_back.of_the_night(house, outcome, now=on(STARTED + 29) + timedelta(hours=4))
    for day in (STARTED + 28, STARTED + 25, STARTED, STARTED - 1):
        story.pass_by(on(day) + timedelta(hours=2))
    expected = [{"text": line, "by": "90 days"} for line in EXPECTED]
    by = house["manager"]
    actions.agree(outcome_id=outcome.pk, expected=expected, by=by, now=on(STARTED - 2))
    story.pass_by(on(STARTED - 30 - LATEST) + timedelta(hours=2))
    for day in (30, 90):
        opened = on(STARTED - day - LATEST)
        story.at(opened + timedelta(days=1), partial(_manager_answers, outcome.pk, day, by))
        story.at(opened + timedelta(days=2), partial(_new_hire_answers, outcome.pk, day))
    story.at(on(8) + timedelta(hours=1), partial(_answer_advice, house["dario"]))


def _hired(story: Timeline, plan: Plan) -> HireOutcome:
    house, on = story.house, story.morning
    role, post = open_role(house, plan, now=on(STARTED + 32))
    for person in (house[plan.recruiter], house[plan.manager]):
        partnerships.accept(
            partnership_id=role.partnership.pk,
            version=1,
            by=person,
            now=on(STARTED + 32) + timedelta(hours=1),
        )
    submission = applications.Submission(
        post_id=post.pk,
        first_name="Noor",
        last_name="Nachtweih",
        email="noor.nachtweih@mail.demo.test",
        time_zone="Europe/Berlin",
    )
    applied = applications.apply(submission=submission, now=on(STARTED + 31))
    applications.hire(
        application_id=applied.application.pk,
        by=house["lead"],
        now=on(STARTED + 30),
        starts_on=on(STARTED).date(),
        without_offer="Signed on paper, before offers were written here.",
    )
    applications.sweep(
        requisition_id=role.pk,
        reason="position-filled",
        message=(
            "Your application at Fernweh Rail",
            "Dear {{ candidate.first_name }},\n\nthe place has been filled.",
        ),
        by=house[plan.recruiter],
        now=on(STARTED + 30) + timedelta(hours=2),
    )
    return HireOutcome.objects.get(hire__application=applied.application)


def _said(outcome: HireOutcome, *outcomes: tuple[str, str], **facts: Any) -> Said:
    return Said(
        outcomes=outcomes, points=["yes"] * len(outcome.points), well_used="yes", again="yes", **facts
    )


def _manager_answers(outcome_id: int, day: int, by: User, now: datetime) -> None:
    outcome = HireOutcome.objects.get(pk=outcome_id)
    second = ("part", "One line has its cause; of the other the railway says otherwise.")
    said = _said(
        outcome,
        ("yes", "Every morning since the third week." if day == 90 else "Most mornings."),
        second if day == 90 else ("not_yet", "Too soon, and we said so."),
        words="We talked about who reads it. The day shift does, and that is new.",
        talked_on=now.date(),
    )
    actions.answer_as_manager(review_id=outcome.reviews.get(day=day).pk, said=said, by=by, now=now)


def _new_hire_answers(outcome_id: int, day: int, now: datetime) -> None:
    """After 30 days for the manager to read, after 90 days not."""
    outcome = HireOutcome.objects.get(pk=outcome_id)
    said = _said(
        outcome,
        ("yes", ""),
        ("part", "I would like to visit the railway, and have not been able to.")
        if day == 90
        else ("not_yet", ""),
        words="The nights are as you said. The mornings after them have meetings, and they should not.",
        shared=day == 30,
    )
    token = new_link(outcome, now=now).rstrip("/").rpartition("/")[2]
    actions.answer_as_new_hire(token=token, day=day, said=said, now=now)


def _answer_advice(by: User, now: datetime) -> None:
    """One piece is answered; what is found later stands."""
    rows = Advice.objects.standing().filter(partnership__requisition__hiring_manager=by)
    row = rows.order_by("pk").first()
    if row is not None:
        words = "We know, and it is meant so: whoever carries it asked for it until the place is filled."
        advice.answer(advice_id=row.pk, words=words, by=by, now=now)
