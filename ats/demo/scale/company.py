"""The frame of the data at scale: a company, its people, its requisitions with pipelines and openings."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.contrib.auth.hashers import make_password
from django.utils.text import slugify

from ats.accounts.models import Role, User
from ats.demo.words import CITIES, TITLES, Material
from ats.organisation.models import Department, HiringOrganisation, Location, WorkingCalendar
from requisitions.models import (
    Criterion,
    JobPost,
    Opening,
    Requisition,
    Side,
    Stage,
    StageKind,
    TeamMember,
    TeamRole,
)

STAGES = (
    ("Applied", StageKind.APPLIED, "First answer", 5, Side.RECRUITER, "We have your application"),
    ("Manager's review", StageKind.REVIEW, "Answer after the review", 3, Side.MANAGER, "With the hiring manager"),
    ("Phone interview", StageKind.INTERVIEW, "A time to talk", 3, Side.SCHEDULING, "A first conversation"),
    ("Interviews", StageKind.INTERVIEW, "Decision after the interviews", 5, Side.RECRUITER, "Interviews"),
    ("Offer", StageKind.OFFER, "Your offer", 3, Side.RECRUITER, "An offer"),
    ("Hired", StageKind.HIRED, "", 1, Side.RECRUITER, "Welcome"),
)  # fmt: skip


@dataclass
class Seat:
    """A requisition as the generator of applications needs it."""

    requisition: Requisition
    post: JobPost
    stages: list[Stage]
    opening: Opening
    live: bool


def make_company(material: Material, *, requisitions: int, now: datetime) -> list[Seat]:
    """A company with as many requisitions as asked for, every sixth of them open."""
    number = HiringOrganisation.objects.count() + 1
    calendar, _ = WorkingCalendar.objects.get_or_create(
        name="Berlin", defaults={"time_zone": "Europe/Berlin", "day_starts": time(9), "day_ends": time(17)}
    )
    organisation = HiringOrganisation.objects.create(
        name=f"Example Group {number}",
        slug=f"example-group-{number}",
        calendar=calendar,
        reply_to="hiring@example.com",
        value_proposition="Work that people use every day, with the time to do it well.",
    )
    departments = [Department(organisation=organisation, name=name) for name in
                   ("Engineering", "Product", "Finance", "Care", "Operations", "Sales", "People")]  # fmt: skip
    Department.objects.bulk_create(departments)
    locations = [
        Location(organisation=organisation, name=city, city=city, country=country, time_zone=zone)
        for city, country, zone in CITIES
    ]
    Location.objects.bulk_create(locations)
    recruiters = _people(material, Role.RECRUITER, count=max(3, requisitions // 25), number=number)
    managers = _people(material, Role.MANAGER, count=max(3, requisitions // 6), number=number)
    return _requisitions(
        material,
        count=requisitions,
        now=now,
        organisation=organisation,
        departments=departments,
        locations=locations,
        recruiters=recruiters,
        managers=managers,
    )


def _people(material: Material, role: Role, *, count: int, number: int) -> list[User]:
    """Users who exist in the data but cannot sign in."""
    locked = make_password(None)
    people = [
        User(
            email=f"{role}{index}.{number}@seed.example.com",
            name=f"{material.random.choice(material.first_names)} {material.random.choice(material.last_names)}",
            role=role,
            password=locked,
            time_zone="Europe/Berlin",
        )
        for index in range(count)
    ]
    return User.objects.bulk_create(people)


def _requisitions(
    material: Material,
    *,
    count: int,
    now: datetime,
    organisation: HiringOrganisation,
    departments: list[Department],
    locations: list[Location],
    recruiters: list[User],
    managers: list[User],
) -> list[Seat]:
    chance = material.random
    made = []
    for index in range(count):
        live = index % 6 == 0
        opened = now - timedelta(days=chance.randint(25, 40) if live else chance.randint(120, 700))
        pay = chance.randint(30, 110) * 1000
        made.append(
            Requisition(
                organisation=organisation,
                department=chance.choice(departments),
                location=chance.choice(locations),
                title=chance.choice(TITLES),
                reference=f"S{organisation.pk}-{index:06}",
                state="open" if live else "filled",
                opened_at=opened,
                ended_at=None if live else opened + timedelta(days=90),
                remote_mode=chance.choice(("on_site", "hybrid", "remote")),
                pay_min=pay,
                pay_max=int(pay * 1.2),
                recruiter=recruiters[index % len(recruiters)],
                hiring_manager=managers[index % len(managers)],
                why="The team has more to do than people to do it.",
                outcomes="Runs the first project alone.",
                value_proposition="A team that finishes what it begins.",
            )
        )
    Requisition.objects.bulk_create(made, batch_size=1000)
    TeamMember.objects.bulk_create(
        [TeamMember(requisition=each, user_id=each.recruiter_id, role=TeamRole.RECRUITER) for each in made]
        + [TeamMember(requisition=each, user=each.hiring_manager, role=TeamRole.MANAGER) for each in made],
        batch_size=2000,
    )
    Criterion.objects.bulk_create(
        [
            Criterion(
                requisition=each, position=position, name=name, why="The work cannot be done without it."
            )
            for each in made
            for position, name in enumerate(("Has done this work before", "Explains it well to others"))
        ],
        batch_size=2000,
    )
    return _with_parts(made)


def _with_parts(requisitions: list[Requisition]) -> list[Seat]:
    stages = Stage.objects.bulk_create(
        [
            Stage(
                requisition=each,
                position=position,
                name=name,
                kind=kind,
                promise=promise,
                promise_days=days,
                promise_side=side,
                candidate_name=words,
            )
            for each in requisitions
            for position, (name, kind, promise, days, side, words) in enumerate(STAGES)
        ],
        batch_size=2000,
    )
    openings = Opening.objects.bulk_create(
        [
            Opening(
                requisition=each,
                number=1,
                state="open" if each.state == "open" else "filled",
                filled_at=each.ended_at,
            )
            for each in requisitions
        ],
        batch_size=2000,
    )
    posts = JobPost.objects.bulk_create([_post(each) for each in requisitions], batch_size=1000)
    width = len(STAGES)
    return [
        Seat(each, posts[i], stages[i * width : (i + 1) * width], openings[i], each.state == "open")
        for i, each in enumerate(requisitions)
    ]


def _post(requisition: Requisition) -> JobPost:
    live = requisition.state == "open"
    return JobPost(
        requisition=requisition,
        slug=slugify(f"{requisition.title}-{requisition.reference}"),
        title=requisition.title,
        body="<p>You will do the work that the title says, with people who know theirs.</p>"
        "<h3>What you will do</h3><ul><li>Plan it</li><li>Do it</li><li>Explain it</li></ul>",
        state="published" if live else "closed",
        published_at=requisition.opened_at,
        closed_at=None if live else requisition.ended_at,
    )
