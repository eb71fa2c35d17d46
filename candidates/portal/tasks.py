"""Looking up, apart from the request, who asked for a link."""

from datetime import datetime

from ats.duework.models import DueTask
from ats.duework.tasks import task_kind
from candidates.people.models import Candidate
from candidates.portal.actions import SEND_LINK, send_link


@task_kind(SEND_LINK)
def send_to_whom_it_concerns(task: DueTask, now: datetime) -> None:
    """Send the link if the address is somebody's; if it is nobody's, nothing happens."""
    candidate = Candidate.objects.filter(
        email_key=task.payload["email_key"], anonymised_at__isnull=True
    ).first()
    if candidate is not None:
        send_link(candidate=candidate, now=now)
