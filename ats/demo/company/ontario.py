"""A role in Toronto, whose post says what the law of Ontario wants: the pay, the vacancy, whether software screens."""

from datetime import datetime

from ats.demo.company.house import House
from ats.demo.company.roles import Plan, open_role
from ats.organisation.models import Location
from requisitions.roles.domain.facts import Wanted

KEY = "ontario"


def plan(house: House, toronto: Location) -> Plan:
    return Plan(
        key=KEY,
        opened_days_ago=1,
        applicants=0,
        recruiter="ruben",
        manager="dario",
        trade="data",
        facts={
            "title": "Rail Partnerships Manager",
            "department": house.operations,
            "location": toronto,
            "remote_mode": "hybrid",
            "pay_min": 88_000,
            "pay_max": 118_000,
            "pay_currency": "CAD",
            "why": "Two railways in Canada send us their timetables by telephone.",
            "outcomes": "Both send them every night, in one format, and somebody there answers when they do not.",
            "value_proposition": "You begin a country. Nobody has done it here before you.",
            "hard_part": "Your mornings are our afternoons, and the first year has no team.",
            "must_haves": [
                Wanted("Has won a partner who had no reason to answer", "That is where both railways stand.")
            ],
        },
        body="<p>Families plan journeys across the border, and half of the trains are missing. You find the people who "
        "can change that, and stay with them until the trains are there.</p>",
    )


def settle(house: House) -> Location:
    """The office, and how many people work there."""
    house.organisation.employees = {"CA-ON": 31}
    house.organisation.save(update_fields=["employees"])
    return Location.objects.create(
        organisation=house.organisation,
        name="Toronto",
        street="12 Example Street",
        city="Toronto",
        region="Ontario",
        postal_code="M5V 0A1",
        country="CA",
        time_zone="America/Toronto",
    )


def begin(house: House, now: datetime) -> None:
    """The office, and the role with its post."""
    open_role(house, plan(house, settle(house)), now=now)
