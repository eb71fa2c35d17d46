"""The one lawful way to touch the record: a person's data leaves it, that something happened stays."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from ats.activity import verbs
from ats.activity.models import ABOUT_FIELDS, Activity


@transaction.atomic
def erase(*, now: datetime, **about: Collection[int]) -> int:
    """Remove the personal data from every activity about these (`candidate_id=[...]`); how many held some.

    Each verb says which keys of its data are personal. The ledger of erasures is the caller's to keep.
    """
    if not about or set(about) - ABOUT_FIELDS:
        raise TypeError("Say whose data to erase, such as candidate_id=[7].")
    return _erase(about, now=now)


@transaction.atomic
def erase_actors(*, kind: str, ids: Collection[int], now: datetime, **about: Collection[int]) -> int:
    """Remove the names of those who acted, wherever they did; `about` says where they can only have (an index)."""
    with _erasing():
        where = {f"{name}__in": values for name, values in about.items()}
        rows = Activity.objects.filter(actor_kind=kind, actor_id__in=ids, **where).exclude(actor_name="")
        return rows.update(actor_name="")


ERASE = """
    UPDATE ats_activity SET data = (data - said.keys) || jsonb_build_object('erased_at', %(now)s::text)
    FROM (SELECT verb, array_agg(key) AS keys FROM unnest(%(verbs)s::text[], %(keys)s::text[]) AS known(verb, key)
          GROUP BY verb) AS said
    WHERE said.verb = ats_activity.verb AND ats_activity.data ?| said.keys AND {about}
"""


def _erase(about: dict[str, Collection[int]], *, now: datetime) -> int:
    pairs = [(name, key) for name, verb in verbs.known().items() for key in verb.personal]
    values: dict[str, Any] = {
        "now": now.isoformat(),
        "verbs": [name for name, _ in pairs],
        "keys": [key for _, key in pairs],
        **{name: list(wanted) for name, wanted in about.items()},
    }
    with _erasing(), connection.cursor() as cursor:
        cursor.execute(
            ERASE.format(about=" AND ".join(f"{name} = ANY(%({name})s)" for name in about)), values
        )
        return cursor.rowcount


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
