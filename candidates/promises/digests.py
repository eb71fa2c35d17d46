"""What owners are told of promises: all that concerns one person in one message."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime

from django.db.models import QuerySet

from ats.accounts.models import User
from ats.chat import actions as chat
from ats.chat.models import What
from ats.kernel.kept import kept
from ats.kernel.when import counted
from ats.mail import outbox
from candidates.compose import letters
from candidates.internal.queries import kept_applications
from candidates.promises.models import Promise

WITH_APPLICATION = (
    "owner",
    "application__candidate",
    "application__stage",
    "application__requisition__organisation__calendar",
    "application__requisition__recruiter",
    "application__requisition__hiring_manager",
    "application__requisition__location",
)

WORDS = "application__candidate__search"
"""The words of whole résumés, which nobody needs here."""


def ready(rows: QuerySet[Promise], by: str) -> QuerySet[Promise]:
    return rows.select_related(*WITH_APPLICATION).defer(WORDS).order_by(by, "id")


def of_owner(rows: QuerySet[Promise], first: Promise) -> list[Promise]:
    """All rows of the same owner that nobody else is dealing with at this moment."""
    mine = (
        rows.filter(owner=first.owner_id)
        .select_related(*WITH_APPLICATION, "next")
        .defer(WORDS)
        .order_by("due_at", "id")
    )
    return list(mine.select_for_update(of=("self",), skip_locked=True, no_key=True))


def who(promise: Promise) -> str:
    return f"{promise.application.candidate.name}, {promise.application.requisition.title}"


def write_to(
    user: User,
    role: str,
    promises: Iterable[Promise],
    *,
    line: Callable[[Promise], str],
    key: str,
    now: datetime,
    extra: dict[str, str] | None = None,
) -> None:
    rows = list(promises)
    hidden = kept_applications(user, (row.application_id for row in rows))
    rows = [row for row in rows if row.application_id not in hidden]
    if not rows:
        return
    values = {
        "user.first_name": user.get_short_name(),
        "count": counted(len(rows), "person", "people"),
        "list": "\n".join(f"- {line(row)}" for row in rows),
        "link": letters.staff_link("/"),
    }
    message = outbox.write(role, values=values | (extra or {}), organisation=None, language=user.language)
    outbox.queue(role, to=letters.to_user(user), message=message, key=key, now=now)
    if role == "promise.broken":
        _tell_rooms(user, rows, key=key)


def _tell_rooms(owner: User, rows: list[Promise], *, key: str) -> None:
    """In the owner's rooms, and in those of the teams: how many and for which roles, nobody by name."""
    waiting = counted(len(rows), "candidate waits", "candidates wait")
    text = kept(f"{waiting} longer than was promised, for an answer of yours.")
    chat.tell_person(owner, what=What.LATE, key=key, text=text, path="/")
    by_organisation: dict[int, list[Promise]] = defaultdict(list)
    for row in rows:
        if not row.application.requisition.confidential:
            by_organisation[row.application.requisition.organisation_id].append(row)
    for organisation_id, theirs in by_organisation.items():
        titles = ", ".join(sorted({row.application.requisition.title for row in theirs}))
        waiting = counted(len(theirs), "candidate waits", "candidates wait")
        text = kept(f"{waiting} longer than was promised: {titles}. {owner} owes the answer.")
        chat.tell_team(organisation_id, what=What.LATE, key=key, text=text, path="/waiting/")
