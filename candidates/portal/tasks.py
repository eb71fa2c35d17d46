"""Looking up, apart from the request, who asked for a link."""

from datetime import datetime

from ats.duework.engine import lane
from ats.duework.models import DueTask
from ats.duework.readiness import rows
from ats.duework.tasks import task_kind
from candidates.people.domain.addresses import email_key
from candidates.people.models import Candidate
from candidates.portal.actions import SEND_LINK, send_link, tell_teams, untold


@task_kind(SEND_LINK)
def send_to_whom_it_concerns(task: DueTask, now: datetime) -> None:
    """Send the link if the address is somebody's; if it is nobody's, nothing happens.

    Who came through a confidential role, and openly too, has a page for each, until they say that it is they.
    """
    key = task.payload["email_key"]
    with_address = Candidate.objects.with_address(key).with_further().filter(anonymised_at__isnull=True)
    for candidate in with_address.order_by("pk"):
        asked_at = [each["value"] for each in candidate.further if email_key(each["value"]) == key]
        to = candidate.email if candidate.email_key == key else next(iter(asked_at), candidate.email)
        send_link(candidate=candidate, to=to, now=now)


@lane("known-openly", due=rows(untold))
def tell_who_may_know(now: datetime) -> int:
    """Apart from whoever gave the address: how long that took says nothing of whom we know."""
    return tell_teams(now)
