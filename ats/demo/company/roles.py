"""The four requisitions of the demo company, each at another point of its way."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from ats.demo.company.house import House
from requisitions.models import JobPost, Requisition, TeamRole
from requisitions.pipeline.actions import use_template
from requisitions.posts.actions import create_post, publish_post
from requisitions.posts.actions.change_questions import add_question
from requisitions.roles.actions import add_member, create_requisition, open_requisition
from requisitions.roles.domain.facts import Wanted


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What is said of one role, and how long ago it was opened."""

    key: str
    opened_days_ago: int
    applicants: int
    recruiter: str
    manager: str
    facts: dict[str, Any]
    body: str
    questions: tuple[dict[str, Any], ...] = ()
    trade: str


def plans(house: House) -> list[Plan]:
    return [_data_engineer(house), _care_lead(house), _designer(house), _office_manager(house)]


def _data_engineer(house: House) -> Plan:
    return Plan(
        key="data",
        opened_days_ago=26,
        applicants=52,
        recruiter="recruiter",
        manager="manager",
        trade="data",
        facts={
            "title": "Data Engineer",
            "department": house.data,
            "location": house.berlin,
            "remote_mode": "hybrid",
            "pay_min": 68_000,
            "pay_max": 84_000,
            "openings": 2,
            "why": "Delays are known to us eleven minutes after the railways know them. That is ten too many.",
            "outcomes": "The delay feed of two railways runs through our own pipeline, and the night shift "
            "trusts it more than the telephone.",
            "value_proposition": "Your work moves real trains of people, and you hear about it the same day.",
            "hard_part": "Half of our sources are PDF timetables. Nobody has found a way to love them.",
            "must_haves": [
                Wanted("Has run a data pipeline in production", "Nobody here could teach it in time."),
                Wanted("SQL beyond the everyday", "Everything we know is in PostgreSQL."),
                Wanted("Explains trade-offs to people who do not program", "The night shift decides with us."),
            ],
            "nice_to_haves": [Wanted("Knows timetable formats such as GTFS"), Wanted("Speaks French")],
        },
        body="<p>Every night forty railways send us what they changed. You turn that into one timetable that a "
        "family can travel by.</p><h3>What you will do</h3><ul><li>Build and run pipelines in Python and "
        "PostgreSQL</li><li>Measure how late we know what is late, and shorten it</li><li>Sit with the night "
        "shift once a month</li></ul>",
        questions=(
            {"kind": "long", "label": "Which pipeline that you ran are you proud of, and what went wrong with it?",
             "required": True},
            {"kind": "yes_no", "label": "Are you authorised to work in the EU?", "required": True},
        ),
    )  # fmt: skip


def _care_lead(house: House) -> Plan:
    return Plan(
        key="care",
        opened_days_ago=4,
        applicants=24,
        recruiter="recruiter",
        manager="carla",
        trade="care",
        facts={
            "title": "Customer Care Lead",
            "department": house.care,
            "location": house.lyon,
            "remote_mode": "on_site",
            "pay_min": 46_000,
            "pay_max": 55_000,
            "why": "The evening team has grown to nine and has nobody of its own to turn to.",
            "outcomes": "The evening team decides refunds itself, and people wait under three minutes.",
            "value_proposition": "You may refund, rebook and apologise without asking anybody.",
            "hard_part": "You work until ten two evenings a week, and in a strike everybody calls at once.",
            "must_haves": [
                Wanted("Has led a team that talks to customers", "The team needs somebody who has been there."),
                Wanted("Fluent French and good English", "Those are the languages that people call us in."),
            ],
            "nice_to_haves": [Wanted("German")],
        },
        body="<p>People call us when the last train is gone. You lead the nine who answer.</p>"
        "<h3>What you will do</h3><ul><li>Be there on the phone when it is worst</li><li>Plan shifts that people "
        "can live with</li><li>Change the rules that make callers angry</li></ul>",
        questions=({"kind": "choice", "label": "When could you start?", "required": True,
                    "options": ["At once", "Within a month", "Within three months"]},),
    )  # fmt: skip


def _designer(house: House) -> Plan:
    return Plan(
        key="design",
        opened_days_ago=38,
        applicants=28,
        recruiter="ruben",
        manager="dario",
        trade="design",
        facts={
            "title": "Product Designer",
            "department": house.design,
            "location": house.berlin,
            "remote_mode": "remote",
            "pay_min": 58_000,
            "pay_max": 70_000,
            "openings": 2,
            "why": "Booking a journey with two changes takes nine screens.",
            "outcomes": "A journey with two changes is booked on three screens, by people who are seventy.",
            "value_proposition": "You test with real travellers on real trains, every second week.",
            "hard_part": "The ticket itself is regulated down to the font size.",
            "must_haves": [
                Wanted("Shows work that shipped, and what it changed", "We decide by what happened."),
                Wanted("Has tested with people who are not like them", "Our travellers are eight to eighty."),
            ],
        },
        body="<p>A journey with two changes takes nine screens today. You will make it three, and you will know that "
        "it works because you sat beside the people who use it.</p><h3>What you will do</h3><ul><li>Test every "
        "second week with travellers, on real trains</li><li>Draw, build and throw away until it is easy</li>"
        "<li>Keep the promise of the ticket: what it says is what happens</li></ul>",
        questions=({"kind": "short", "label": "A link to work that shipped", "required": True},),
    )  # fmt: skip


def _office_manager(house: House) -> Plan:
    return Plan(
        key="office",
        opened_days_ago=52,
        applicants=18,
        recruiter="ruben",
        manager="carla",
        trade="office",
        facts={
            "title": "Office Manager",
            "department": house.operations,
            "location": house.berlin,
            "remote_mode": "on_site",
            "employment_type": "part_time",
            "pay_min": 34_000,
            "pay_max": 40_000,
            "why": "We moved into a house with a canteen and nobody who runs it.",
            "outcomes": "The house works without anybody noticing why.",
            "value_proposition": "Four days a week, and the keys to everything.",
            "hard_part": "Everybody has an opinion about the coffee.",
            "must_haves": [
                Wanted("Has run a house or an office before", "There is nobody to learn it from.")
            ],
        },
        body="<p>Two floors, ninety desks, one canteen, and the people who come in at seven. All of it yours to run: "
        "purchasing, the house, the move of the Lyon team in spring, and the coffee that everybody has a view on.</p>",
    )


def open_role(house: House, plan: Plan, *, now: datetime) -> tuple[Requisition, JobPost]:
    """Write the brief, and open and publish the role, as its recruiter would."""
    recruiter, manager = house[plan.recruiter], house[plan.manager]
    requisition = create_requisition(
        by=recruiter,
        now=now,
        organisation=house.organisation,
        recruiter=recruiter,
        hiring_manager=manager,
        **{
            "pay_currency": "EUR",
            "pay_period": "year",
            "target_start": (now + timedelta(days=120)).date(),
            **plan.facts,
        },
    )
    if not requisition.stages.exists():
        use_template(requisition_id=requisition.pk, by=recruiter, now=now)
    add_member(
        requisition_id=requisition.pk,
        user=house["coordinator"],
        role=TeamRole.COORDINATOR,
        by=recruiter,
        now=now,
    )
    open_requisition(requisition_id=requisition.pk, by=recruiter, now=now)
    post = create_post(requisition_id=requisition.pk, by=recruiter, now=now, body=plan.body, vacancy="exists")
    for words in plan.questions:
        add_question(post_id=post.pk, by=recruiter, now=now, **words)
    publish_post(post_id=post.pk, by=recruiter, now=now)
    return requisition, post
