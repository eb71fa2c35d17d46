"""Somebody who works at the demo company applies for a role there, and their manager is not told.

Somebody else has said so by mistake: the recruiter doubts it, and a lead has still to confirm it.
"""

from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from ats.accounts.actions import set_manager
from ats.demo.company.house import House
from ats.demo.company.resumes import as_pdf, make_life
from ats.demo.company.timeline import Role, Timeline
from candidates.applications import actions as applications
from candidates.internal import actions as internal
from candidates.models import Application, KeptFrom
from requisitions.models import Question, StageKind

WORK_FOR = {"manager": ("interviewer", "tara", "jonas", "nora"), "dana": ("carla", "dario")}
"""Who works for whom."""
PRIVATE = "nora.night@mail.demo.test"
MISTAKEN = "wim.weichenstein@mail.demo.test"
DOUBT = "On the telephone: they took the question for whether they live in Berlin."


def name_managers(house: House, *, now: datetime) -> None:
    for manager, people in WORK_FOR.items():
        for name in people:
            set_manager(user_id=house[name].pk, manager_id=house[manager].pk, by=house["admin"], now=now)


def tell(story: Timeline, role: Role) -> None:
    """Nora would like to work for her own manager, and Dana looks at it in his place; Wim ticked the wrong box."""
    if role.plan.key == "data":
        story.at(story.morning(5) + timedelta(hours=8), partial(_apply, story, role))
        story.at(story.morning(2) + timedelta(hours=3), partial(_by_mistake, story, role))


def _apply(story: Timeline, role: Role, now: datetime) -> None:
    application = _says_they_work_here(
        role,
        "Nora Night",
        PRIVATE,
        headline="Timetable Analyst at Fernweh Rail",
        cover_letter="I read the feeds by hand every night. I would rather build what reads them.",
        work_email=story.house["nora"].email,
        now=now,
    )
    story.at(now + timedelta(hours=17), partial(_look, story, role, application))


def _by_mistake(story: Timeline, role: Role, now: datetime) -> None:
    application = _says_they_work_here(role, "Wim Weichenstein", MISTAKEN, now=now)
    later, by = now + timedelta(hours=2), story.house[role.plan.recruiter]
    internal.doubt(application_id=application.pk, reason=DOUBT, by=by, now=later)


def _says_they_work_here(role: Role, name: str, email: str, *, now: datetime, **said: Any) -> Application:
    first, last = name.split()
    life = make_life(
        Random(7), trade=role.plan.trade, name=name, email=email, phone="+49 30 5557700", city="Berlin"
    )
    resume = SimpleUploadedFile(f"{last} resume.pdf", as_pdf(life), content_type="application/pdf")
    questions = role.post.questions.filter(removed_at__isnull=True)
    submission = applications.Submission(
        post_id=role.post.pk,
        first_name=first,
        last_name=last,
        email=email,
        resume=resume,
        answers={question.pk: _answer(question) for question in questions},
        works_here=True,
        time_zone="Europe/Berlin",
        **said,
    )
    return applications.apply(submission=submission, now=now).application


def _answer(question: Question) -> object:
    if question.kind == "yes_no":
        return True
    return question.options[0] if question.options else "The night files: I know by heart which of them lie."


def _look(story: Timeline, role: Role, application: Application, now: datetime) -> None:
    """The next morning: who stands in, and then their view."""
    by, kept = story.house[role.plan.recruiter], KeptFrom.objects.in_force().get(application=application)
    internal.choose_stand_in(
        application_id=application.pk,
        kept_id=kept.pk,
        stand_in_id=story.house["dana"].pk,
        by=by,
        now=now,
    )
    stage = role.stage(StageKind.REVIEW)
    applications.move(application_id=application.pk, stage_id=stage, by=by, now=now + timedelta(minutes=5))
