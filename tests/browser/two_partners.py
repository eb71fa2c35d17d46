"""Two partners with their windows, and the way of time, for the walk through a partnership."""

from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from ats.accounts.models import Role
from ats.duework import engine
from partners.models import Commitment, Partnership
from requisitions.models import Requisition
from requisitions.roles import actions as roles
from tests import factories
from tests.browser.walking import Open, enter, let_pass

SIDES = ("recruiter", "manager")


class Walk:
    """The people, their windows, and the way of time."""

    def __init__(self, window: Open, clock: Any) -> None:
        self.clock, self.window = clock, window
        self.lead = factories.make_user(Role.LEAD, name="Lea Lead")
        self.role = open_role(
            factories.make_user(Role.MANAGER, name="Mara Manager"),
            factories.make_user(Role.RECRUITER, name="Rio Recruiter"),
            title="Delay analyst",
        )
        self.manager, self.recruiter = window(390, 844), window()
        self.seen: set[str] = set()
        self.manager.on("response", self._note)
        self.come_back()

    def _note(self, response: Any) -> None:
        """Every page that the manager reads."""
        if response.request.resource_type == "document" and response.status == 200:
            self.seen.add(response.url)

    def come_back(self) -> None:
        people = (self.role.recruiter, self.role.hiring_manager)
        for page, person in zip((self.recruiter, self.manager), people, strict=True):
            page.context.clear_cookies()
            enter(page, person)

    @property
    def partnership(self) -> Partnership:
        return Partnership.objects.select_related("requisition").get(requisition=self.role)

    def both(self, name: str, *args: Any) -> tuple[Any, Any]:
        """The recruiter's window and the manager's, each with this page."""
        for page in (self.recruiter, self.manager):
            page.goto(reverse(name, args=args or [self.partnership.pk]))
        return self.recruiter, self.manager

    def wait_until(self, moment: datetime, every: timedelta = timedelta(hours=4)) -> None:
        """Everybody closes their pages, and time passes."""
        for page in (self.recruiter, self.manager):
            page.goto("about:blank")
        since = timezone.now()
        self.clock.move_to(moment)
        let_pass(since, moment, every)
        for minutes in (0, 1):  # what falls due, and the letters about it
            engine.tick(moment + timedelta(minutes=minutes))
        if moment - since > timedelta(hours=8):
            self.come_back()

    def commitments(self) -> dict[str, dict[str, str]]:
        """How those of each side stand, by kind; what is asked no more is left out."""
        rows = Commitment.objects.filter(partnership=self.partnership).exclude(state="released")
        found = list(rows.values_list("side", "kind", "state"))
        return {side: {kind: state for of, kind, state in found if of == side} for side in SIDES}


def open_role(manager: Any, recruiter: Any, **facts: Any) -> Requisition:
    role = factories.make_requisition(
        "draft", recruiter=recruiter, manager=manager, must_haves=("Python",), **facts
    )
    factories.make_planned(role, criteria=("Python",))
    roles.open_requisition(requisition_id=role.pk, by=recruiter, now=timezone.now())
    role.refresh_from_db()
    return role
