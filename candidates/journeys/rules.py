"""Who changes journeys: as for the words of messages. Who may write to a candidate decides about their steps."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import rules

from ats.accounts.rules import is_active, oversees, recruits

if TYPE_CHECKING:
    from ats.accounts.models import User
    from ats.organisation.models import HiringOrganisation

Speaks = Callable[["User", int | None], bool]
_speakers: list[Speaks] = []


def speaking(speaks: Speaks) -> Speaks:
    """Let the decorated function say whether somebody signs for marketing: in an organisation, or (None) in any."""
    _speakers.append(speaks)
    return speaks


@rules.predicate
def signs_for_marketing(user: "User", organisation: "HiringOrganisation | None") -> bool:
    """Who signs briefs for marketing owns what marketing says to candidates."""
    return any(speaks(user, organisation.pk if organisation else None) for speaks in _speakers)


VIEW, CHANGE = "candidates.view_journeys", "candidates.change_journeys"
STEP = "candidates.message_candidate"
"""To leave out, hurry or move a step of one candidate."""
VIEW_APPLICATION = "candidates.view_application"
"""Enough for a task that was asked of oneself."""

SPEAK = "candidates.speak_for_us"

rules.add_perm(SPEAK, oversees | (is_active & signs_for_marketing))
rules.add_perm(VIEW, recruits)
rules.add_perm(CHANGE, oversees)
