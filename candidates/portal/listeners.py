"""What the portal gives to the floors below: the links that messages to candidates carry."""

from collections.abc import Sequence
from datetime import datetime

from candidates.compose.portal_links import register_portal_links
from candidates.people.models import Candidate
from candidates.portal.actions.make_links import new_links


@register_portal_links
def links_for_messages(candidates: Sequence[Candidate], now: datetime) -> list[str]:
    return new_links(candidates, now=now)
