"""Everybody who is or was to be put forward, for the list and for its file."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from ats.accounts.models import User
from ats.kernel import spreadsheets
from ats.kernel.staff_words import gettext
from ats.organisation.models import HiringOrganisation
from candidates.applications.models import ApplicationState
from candidates.submissions.models import Submission

MOST = 10_000
"""Lines of a file."""


def clients() -> "QuerySet[HiringOrganisation]":
    return HiringOrganisation.objects.filter(client_since__isnull=False).order_by("name", "pk")


def listed(user: User, *, client: int | None = None, state: str = "") -> "QuerySet[Submission]":
    """The newest first."""
    rows = Submission.objects.visible_to(user)
    rows = rows.filter(organisation=client) if client else rows
    rows = rows.filter(state=state) if state else rows
    with_ = ("candidate", "organisation", "application__requisition", "forward_by", "ownership__owner")
    return rows.select_related(*with_).defer("candidate__search").order_by("-pk")


def was_hired_within(row: Submission) -> bool:
    """Hired while they count as ours: the ground of a fee, as a fact."""
    owned, decided = row.ownership, row.application.decided_at
    return bool(
        row.application.state == ApplicationState.HIRED
        and owned is not None
        and decided is not None
        and owned.starts_at <= decided < owned.ends_at
    )


def as_csv(rows: Iterable[Submission]) -> str:
    head = [
        *("submission", "application", "person", "client", "role", "state", "answered", "how", "put_forward"),
        *("put_forward_by", "owner", "owned_until", "outcome", "decided", "hired_within_period"),
    ]
    return spreadsheets.as_csv(head, (_line(row) for row in rows))


def _line(row: Submission) -> list[object]:
    application = row.application
    return [
        row.pk,
        application.pk,
        row.candidate.name or gettext("Erased"),
        row.organisation.name,
        application.requisition.title,
        row.state,
        _day(row.answered_at),
        row.way,
        _day(row.forward_at),
        str(row.forward_by or ""),
        str(row.ownership.owner) if row.ownership else "",
        _day(row.ownership.ends_at) if row.ownership else "",
        application.state,
        _day(application.decided_at),
        "yes" if was_hired_within(row) else "",
    ]


def _day(moment: datetime | None) -> str:
    return moment.date().isoformat() if moment else ""
