"""The one lawful way to touch the record: a person's data leaves it, that something happened stays."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from ats.activity import verbs
from ats.activity.models import ABOUT_FIELDS, Activity

BATCH = 500


@transaction.atomic
def erase(*, now: datetime, **about: int) -> int:
    """Remove the personal data from every activity about this (`candidate_id=...`); how many held some.

    Each verb says which keys of its data are personal. The ledger of erasures is the caller's to keep.
    """
    if not about or set(about) - ABOUT_FIELDS:
        raise TypeError("Say whose data to erase, such as candidate_id=7.")
    return _erase(Activity.objects.filter(**about), now=now)


@transaction.atomic
def erase_actor(*, kind: str, actor_id: int, now: datetime) -> int:
    """Remove the name of somebody who acted, wherever they did."""
    with _erasing():
        rows = Activity.objects.filter(actor_kind=kind, actor_id=actor_id).exclude(actor_name="")
        return rows.update(actor_name="")


def _erase(rows: QuerySet[Activity], *, now: datetime) -> int:
    personal = {name: verb.personal for name, verb in verbs.known().items() if verb.personal}
    changed = 0
    with _erasing():
        for activity in rows.filter(verb__in=personal).order_by("pk").iterator(chunk_size=BATCH):
            left = _without(activity.data, personal[activity.verb], now=now)
            if left != activity.data:
                Activity.objects.filter(pk=activity.pk).update(data=left)
                changed += 1
    return changed


def _without(data: Mapping[str, Any], keys: tuple[str, ...], *, now: datetime) -> dict[str, Any]:
    if not any(key in data for key in keys):
        return dict(data)
    return {key: value for key, value in data.items() if key not in keys} | {"erased_at": now.isoformat()}


class _erasing:  # noqa: N801 - reads as a statement
    """While it lasts, the append-only trigger lets updates through; only inside this transaction."""

    def __enter__(self) -> None:
        self._say("on")

    def __exit__(self, *error: object) -> None:
        if not connection.needs_rollback:
            self._say("off")

    def _say(self, value: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('accord.erasing', %s, true)", [value])
