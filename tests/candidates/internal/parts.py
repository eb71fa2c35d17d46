"""Applying from within, and who stands in."""

from typing import Any

from ats.accounts.models import User
from candidates.applications import actions as applications
from candidates.internal import actions
from candidates.models import (
    Application,
    KeptFrom,
)
from requisitions.models import Requisition
from tests import factories as make
from tests.candidates.helpers import submission
from tests.factories import NOW


def apply(role: Requisition, **facts: Any) -> Application:
    post = role.posts.first() or make.make_post(role)
    return applications.apply(submission=submission(post, **facts), now=NOW).application


def kept(application: Application) -> list[tuple[User, User | None, bool]]:
    rows = KeptFrom.objects.in_force().filter(application=application).order_by("pk")
    return [(row.user, row.stand_in, row.until_known) for row in rows]


def stand_in(application: Application, who: User) -> KeptFrom:
    row = KeptFrom.objects.in_force().get(application=application)
    by = application.requisition.recruiter
    return actions.choose_stand_in(
        application_id=application.pk, kept_id=row.pk, stand_in_id=who.pk, by=by, now=NOW
    )


def into_review(application: Application) -> None:
    stage = make.stage(application.requisition, "review")
    by = application.requisition.recruiter
    applications.move(application_id=application.pk, stage_id=stage.pk, by=by, now=NOW)
