"""What is done from the board: writing to many."""

from collections.abc import Iterable
from datetime import datetime

from ats.accounts.models import User
from ats.kernel.errors import ActionError, Missing
from ats.kernel.staff_words import gettext
from candidates.applications.actions.bulk import BulkResult
from candidates.messages.actions import send


def bulk_write(
    *,
    application_ids: Iterable[int],
    subject: str,
    body: str,
    by: User,
    now: datetime,
    gaps_meant: bool = False,
) -> BulkResult:
    """Write the same to each, made personal by its placeholders; one that cannot be written to holds up no other."""
    result = BulkResult()
    for pk in sorted(set(application_ids)):
        try:
            send(application_id=pk, subject=subject, body=body, by=by, now=now, gaps_meant=gaps_meant)
        except ActionError as error:
            result.refused[pk] = error.message
        except Missing:
            result.refused[pk] = gettext("This application is not there any more.")
        else:
            result.done.append(pk)
    return result
