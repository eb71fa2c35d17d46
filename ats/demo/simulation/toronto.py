"""The office in Toronto: interviews there are many, decisions slow, and law sets a day by which everybody is told."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from ats.demo.company import ontario
from ats.demo.company.meetings import Meetings
from ats.demo.company.timeline import Role
from ats.mail.models import SuppressedAddress
from candidates.applications import actions as applications
from candidates.messages import actions as conversation
from candidates.messages.models import Channel
from candidates.models import Application
from candidates.promises.queries import By, told_by_law

if TYPE_CHECKING:
    from ats.demo.simulation.life import Life

SLOW = 0.75
WAIT = (4.0, 80.0)
"""Days after an interview in which nobody decides: many of them more than law gives."""
LOOKS_AT = 9
"""The hour of the day at which the lead looks at who is to be told by law."""


class Unhurried(Meetings):
    """Meetings after which nobody in Toronto comes together to decide, for weeks."""

    def __init__(self, life: "Life") -> None:
        super().__init__(life)
        self._waited: set[int] = set()

    def _debrief(
        self, role: Role, application: Application, then: Callable[..., None], now: datetime
    ) -> None:
        waits = role.plan.key == ontario.KEY and application.pk not in self._waited
        self._waited.add(application.pk)
        if waits and self.story.chance.random() < SLOW:
            later = now + timedelta(days=self.story.chance.uniform(*WAIT))
            self.story.at(later, partial(self._debrief, role, application, then))
        else:
            super()._debrief(role, application, then, now)


def look(life: "Life", now: datetime) -> None:
    """Once a day the lead looks at who is to be told soon, and has those called whom no letter reaches."""
    if now.hour != LOOKS_AT:
        return
    dead = {*life.weather.wrong, *SuppressedAddress.objects.values_list("address", flat=True)}
    for line in told_by_law(life.house["lead"], now=now):
        if line.stands in {By.NEAR, By.MISSED} and line.application.candidate.email in dead:
            life.do("decide and call", _decide_and_call, application=line.application, now=now)


def _decide_and_call(application: Application, now: datetime) -> None:
    by = application.requisition.recruiter
    if application.state == "active":
        applications.reject(
            application_id=application.pk, reason="stronger-match", by=by, now=now, message=None
        )
    conversation.note_told(
        application_id=application.pk,
        channel=Channel.CALL,
        body="Called, for our letters do not reach them: we do not go on.",
        by=by,
        now=now,
    )
