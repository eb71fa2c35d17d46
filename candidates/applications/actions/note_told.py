"""When a candidate counts as told how it ended, and when no longer."""

from datetime import datetime

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.access import lock
from candidates.applications.models import Application, ApplicationState


def decided(application_id: int) -> Application | None:
    """The application, locked, if it has ended."""
    lock(Application, application_id)
    rows = Application.objects.whole().exclude(state=ApplicationState.ACTIVE)
    return rows.filter(pk=application_id).first()


def told(
    application: Application, *, at: datetime, by: User | None, now: datetime, mail_id: int | None
) -> None:
    """They know it: since `at`, by this message or (without one) from a person. The caller holds it locked."""
    application.told_at = at
    application.save(update_fields=["told_at"])
    data = {"mail_id": mail_id} if mail_id else {}
    record("application.told", subject=application, by=by, now=now, data=data)


def not_told(application: Application, *, now: datetime, mail_id: int) -> None:
    """The message that told them came back: a debt again. The caller holds it locked."""
    application.told_at = None
    application.save(update_fields=["told_at"])
    record("application.not_told", subject=application, by=None, now=now, data={"mail_id": mail_id})
