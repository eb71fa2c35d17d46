"""What the portal gives to the floors below: the link that messages to candidates carry."""

from datetime import datetime

from candidates.experience.links import register_portal_link
from candidates.people.models import Candidate
from candidates.portal.links import new_link


@register_portal_link
def link_for_a_message(candidate: Candidate, now: datetime) -> str:
    return new_link(candidate=candidate, now=now)
