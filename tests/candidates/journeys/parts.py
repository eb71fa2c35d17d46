"""What the tests of journeys say often."""

from datetime import datetime
from typing import Any

from ats.accounts.models import Role, User
from ats.mail.roles import Words
from ats.organisation.models import HiringOrganisation
from candidates.journeys import actions, queries
from candidates.journeys.actions import StepFacts
from candidates.models import FollowUp, JourneyStep
from tests.factories import NOW, make_user

WORDS = Words(subject="A word, {{ candidate.first_name }}", body="Hello {{ candidate.first_name }}, a word.")


def facts(**said: Any) -> StepFacts:
    given: dict[str, Any] = {
        "name": "A word",
        "trigger": "stage",
        "stage_kind": "interview",
        "words": WORDS,
    } | said
    return StepFacts(**given)


def add(
    organisation: HiringOrganisation, by: User | None = None, now: datetime = NOW, **said: Any
) -> JourneyStep:
    """A step of this organisation's own, at the end of its journey."""
    return actions.add_step(
        organisation_id=organisation.pk,
        facts=facts(**said),
        seen=queries.current(organisation).journey.version,
        by=by or make_user(Role.LEAD),
        now=now,
    )


def switch(organisation: HiringOrganisation, key: str, *, on: bool, by: User | None = None) -> None:
    actions.switch_step(
        organisation_id=organisation.pk,
        key=key,
        on=on,
        seen=queries.current(organisation).journey.version,
        by=by or make_user(Role.LEAD),
        now=NOW,
    )


def own(application: Any, key: str) -> list[tuple[str, datetime, str]]:
    """The rows of a step of this application, in order."""
    rows = FollowUp.objects.filter(application=application, step=key).order_by("pk")
    return [(row.state, row.due_at, row.reason) for row in rows]
