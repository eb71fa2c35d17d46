"""What an application's page shows of its interviews and the evidence from them."""

from collections.abc import Collection, Iterable
from datetime import datetime

from ats.accounts.models import User
from ats.kernel.rows import listed
from candidates.applications.models import Application
from candidates.applications.pages.cards import Panel, hides, panel
from candidates.applications.queries.decided import Decided, decides
from candidates.scheduling.pages.cards import arranging
from candidates.scorecards import queries
from candidates.scorecards.models import Debrief, Outcome

TELLING = frozenset({"scorecard.handed_in", "scorecard.corrected", "scorecard.nudged", "debrief.decided"})
"""Verbs from which somebody who has yet to write would learn who else has, or what they made of it."""


@panel
def interviews_panel(application: Application, user: User, now: datetime) -> Panel | None:
    """When who met, or meets, the candidate; the way to arrange more, to one's own scorecard and the debrief."""
    standing = queries.standing_of(application, user, now=now)
    times = arranging(application, user)
    if not standing.interviews and not standing.mine and times is None:
        return None
    context = {
        "application": application,
        "times": times,
        "standing": standing,
        "now": now,
        "may_read": user.has_perm("candidates.view_debrief", application),
    }
    return Panel("candidates/scorecards/panel.html", context)


OWED = """
    SELECT application_id FROM candidates_scorecard
    WHERE state = 'draft' AND interviewer_id = %(viewer)s AND application_id = ANY(%(applications)s)
"""


@hides(*TELLING)
def from_the_blind(applications: Collection[int], viewer: User) -> Iterable[int]:
    return [pk for (pk,) in listed(OWED, {"applications": list(applications), "viewer": viewer.pk})]


@decides
def in_the_debrief(application: Application, user: User) -> Decided | None:
    """The last decision on the evidence, where it is a no."""
    rows = Debrief.objects.visible_to(user).filter(application=application).select_related("decided_by")
    last = rows.order_by("-decided_at", "-pk").first()
    if last is None or last.outcome != Outcome.DECLINE:
        return None
    return Decided(
        where="in the debrief",
        by=str(last.decided_by),
        at=last.decided_at,
        words=last.reason,
        reason="interviews",
    )
