"""Whether due work stands still: from a restore until a person has looked at what waits."""

from datetime import datetime

from django.db.models.functions import Coalesce

from ats.duework.models import Standstill


def current() -> Standstill | None:
    """The standstill that nobody has ended yet, with when it began and how old the backup was."""
    return Standstill.objects.filter(ended_at__isnull=True).first()


def stands() -> bool:
    return Standstill.objects.filter(ended_at__isnull=True).exists()


def begin(*, backup_made_at: datetime, now: datetime) -> None:
    """From now on nothing that is due is done; once, however often it is said."""
    row = Standstill(since=now, backup_made_at=backup_made_at)
    Standstill.objects.bulk_create([row], ignore_conflicts=True)


def note_erased_again(people: int) -> None:
    """So many whom the backup had brought back are erased again; more may follow with another list."""
    rows = Standstill.objects.filter(ended_at__isnull=True)
    rows.update(erased_again=Coalesce("erased_again", 0) + people)
