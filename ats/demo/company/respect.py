"""What candidates of the demo company say of it afterwards: surveys over some months, by name or without one.

Two roles of the spring and the summer bring the months before the story; the surveys themselves go out by the clock,
to everybody who is asked, and most of them answer some hours later.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from random import Random

from django.db.models import QuerySet

from ats.demo.company.house import House
from ats.demo.company.roles import Plan, open_role, plans
from ats.demo.company.timeline import Timeline
from candidates.applications import actions as applications
from candidates.consents import actions as consents
from candidates.consents.models import Purpose, Where
from candidates.models import Application, FollowUp, SurveyResponse
from candidates.surveys.actions import configure, links, tag
from candidates.surveys.actions.answer import Said, answer
from candidates.surveys.queries import asking
from requisitions.models import JobPost, Requisition, StageKind

DAYS = 150
"""Ago that the first of them opened."""
EARLIER = (("care", "Customer Care Agent", DAYS, 13), ("design", "Visual Designer", 110, 12))
"""Roles that were given up before the story: their like today, title, how long ago they opened, who applied."""
SILENT, NEWS_FROM = 5, 7
"""One in so many never answers; one in so many wants to hear of the product."""
LOOKED_AT = (5, 12, 20)
"""Days after it opened on which the clock is looked at: letters leave, surveys go out, and are counted."""
TWO_DAYS = timedelta(days=2)


def ask_everybody(house: House, now: datetime) -> None:
    """Half of those who apply are asked, everybody after an interview and at the end; and what a customer is worth."""
    configure.set_asking(
        organisation_id=house.organisation.pk,
        is_on=True,
        apply_one_in=2,
        after_interviews=True,
        customers_percent=Decimal(30),
        value_a_year=Decimal(240),
        currency="EUR",
        by=house["lead"],
        now=now,
    )


# --- The months before


def live(story: Timeline) -> None:
    """Each role opens, brings people, ends and tells everybody, a few days at a time."""
    known = {plan.key: plan for plan in plans(story.house)}
    for key, title, days, number in EARLIER:
        plan = known[key]
        plan = replace(
            plan, opened_days_ago=days, facts=plan.facts | {"title": title, "openings": 1}, questions=()
        )
        _live(story, plan, number)


def _live(story: Timeline, plan: Plan, number: int) -> None:
    opened = story.morning(plan.opened_days_ago)
    role, post = open_role(story.house, plan, now=opened)
    people = [
        _apply(post, plan.key, each, opened + timedelta(days=1, hours=each % 7)) for each in range(number)
    ]
    _decide(story, role, plan, people, opened)
    for day in LOOKED_AT:
        moment = story.morning(plan.opened_days_ago - day) + timedelta(hours=2)
        story.pass_by(moment)
        _answer(opened, moment + timedelta(hours=3))


def _apply(post: JobPost, key: str, number: int, now: datetime) -> Application:
    submission = applications.Submission(
        post_id=post.pk,
        first_name=FIRST[number % len(FIRST)],
        last_name=LAST[number % len(LAST)],
        email=f"{key}.{number}@mail.demo.test",
        time_zone="Europe/Berlin",
    )
    return applications.apply(submission=submission, now=now).application


def _decide(
    story: Timeline, role: Requisition, plan: Plan, people: Sequence[Application], opened: datetime
) -> None:
    """Some came as far as the review when the role was given up; all are told within the week."""
    by = story.house[plan.recruiter]
    review = role.stages.filter(kind=StageKind.REVIEW).order_by("position")[0].pk
    for application in people[::2]:
        applications.move(application_id=application.pk, stage_id=review, by=by, now=opened + TWO_DAYS)
    applications.sweep(
        requisition_id=role.pk,
        reason="role-closed",
        message=(
            "Your application at Fernweh Rail",
            "Dear {{ candidate.first_name }},\n\nwe do not go on with your application. Thank you for your time.\n\n"
            "With kind regards",
        ),
        new_state="closed",
        by=by,
        now=opened + timedelta(days=4),
    )


# --- The answers


def answers(story: Timeline) -> None:
    """From the first weeks of the story on some answer twice a week; in the end a lead reads it."""
    for day in range(45, 1, -4):
        story.at(story.morning(day) + timedelta(hours=6), lambda now: _answer(now - timedelta(days=5), now))
    story.at(story.morning(1) + timedelta(hours=5), _answer_unhappily)
    story.at(story.morning(1) + timedelta(hours=6), partial(_read, story.house))


def _answer(since: datetime, now: datetime) -> None:
    """Whoever was asked since then; a fifth of them never do."""
    for row in _asked(settled_at__gt=since, settled_at__lte=now):
        application = row.application
        if application is None or application.pk % SILENT == 0:
            continue
        said = _said(application)
        if answer(link=_link(row, now), said=said, now=now) and application.pk % NEWS_FROM == 0:
            who = application.candidate
            consents.agree(candidate=who, purpose=Purpose.NEWS, where=Where.PAGE, by=who, now=now)


def _asked(**when: datetime) -> QuerySet[FollowUp]:
    rows = FollowUp.objects.filter(step__in=asking.OCCASIONS, state="done", mail__isnull=False, **when)
    return rows.select_related("mail", "application__candidate").order_by("pk")


def _link(row: FollowUp, now: datetime) -> links.Link:
    """What the letter to them opens."""
    return links.Link(row.application_id or 0, asking.OCCASIONS[row.step], now.date() + timedelta(days=7))


def _said(application: Application) -> Said:
    """By chance, and always the same of one application; whoever is unhappy gives no name."""
    chance = Random(application.pk)
    if application.state == "rejected" and chance.random() < 0.12:
        return _bitter(chance)
    happy = chance.random() < (0.95 if application.state != "rejected" else 0.7)
    score = chance.choice((8, 9, 9, 10, 10)) if happy else chance.choice((2, 3, 5, 6, 6, 7, 7))
    better, worse = ("grown", "same", "same"), ("same", "same", "shrunk")
    changes = better if happy else worse
    return Said(
        score=score,
        named=happy and chance.random() < 0.3,
        product=chance.choice(("same", "grown") if happy else ("same", "same", "shrunk")),
        organisation=chance.choice(changes),
        culture=chance.choice(changes),
        again=chance.choice(("yes", "yes", "unsure") if happy else ("unsure", "no", "yes")),
        refer=chance.choice(("yes", "unsure") if happy else ("unsure", "no")),
        buy=chance.choice(("yes", "yes", "unsure") if happy else ("unsure", "unsure", "no")),
        customer=chance.choice(("yes", "no", "")),
        words=chance.choice((*(GOOD if happy else POOR), "", "")),
    )


def _bitter(chance: Random) -> Said:
    """Somebody whom the company has lost: they would not come again, nor buy."""
    return Said(
        score=chance.choice((0, 1, 2)),
        organisation="shrunk",
        culture="shrunk",
        again="no",
        refer="no",
        buy="no",
        words=chance.choice(POOR),
    )


def _answer_unhappily(now: datetime) -> None:
    """One of those who never answered does, with their name: a task for the recruiter, who gets in touch."""
    rows = _asked(settled_at__lte=now).filter(step="survey", application__state="rejected")
    silent = rows.filter(application__survey_uses=None, candidate__anonymised_at=None)
    row = silent.order_by("-settled_at").first()
    if row is not None:
        said = Said(score=3, named=True, organisation="shrunk", again="unsure", buy="unsure", words=UNHAPPY)
        answer(link=_link(row, now), said=said, now=now)


def _read(house: House, now: datetime) -> None:
    """The lead says of what some of it speaks."""
    for row in SurveyResponse.objects.words().order_by("pk"):
        tag(response_id=row.pk, tags=TAGS.get(row.words, ()), by=house["lead"])


TAGS: dict[str, tuple[str, ...]] = {
    "Every date that you gave me you kept. I have not had that anywhere else.": ("pace",),
    "A person told me why, in two sentences that I could use.": ("feedback",),
    "The talk was about the work, and the questions came two days before.": ("interview",),
    "I felt that somebody had read what I wrote.": ("people",),
    "The form took five minutes, and I never typed my résumé again.": ("form",),
    "I knew at every moment whose turn it was.": ("pace",),
    "Someone rang me before the letter came. That was kind.": ("people", "feedback"),
    "What is hard about the job stood in the advert. So I knew what to ask.": ("role",),
    "The pay was named at once, and it did not change.": ("pay",),
    "I picked the time myself, and it was moved once with an apology.": ("interview",),
    "Two weeks of silence, then a no.": ("pace",),
    "I would have liked to hear what was missing.": ("feedback",),
    "The pay stood nowhere until the second talk.": ("pay",),
    "The interviewer had not seen my papers.": ("interview", "people"),
    "Three talks, and each began with the same question.": ("interview",),
    "The role was another one than in the advert.": ("role",),
    "My question was answered with a text that fits everybody.": ("people",),
    "Two pages of fields after I had sent my résumé.": ("form",),
}
GOOD, POOR = tuple(TAGS)[:10], tuple(TAGS)[10:]
UNHAPPY = "I gave up a day for your task, and the answer was one line. What did you do with those six hours?"
FIRST = ("Alma", "Bruno", "Célia", "Dario", "Elin", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Kim", "Lena")
LAST = (
    "Albrecht",
    "Bernard",
    "Costa",
    "Dubois",
    "Eriksen",
    "Ferrari",
    "García",
    "Haddad",
    "Ivens",
    "Jansen",
    "Krol",
)
