"""What older keys sealed is sealed with today's, so that a key which somebody may have read can go for good."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.conf import settings

from ats.accounts.domain import sealing
from ats.duework.faults import each_apart

SECRETS = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}


def seal_anew() -> int:
    """How many were sealed anew; nothing is asked where there are no older keys."""
    if not settings.SECRET_KEY_FALLBACKS:
        return 0
    newest = sealing.by_the_newest()
    steps = sum(_seal_all(kind, part, newest) for kind, part in SECRETS.items())
    return steps + sum(seals(newest) for seals in _further)


Seals = Callable[[str], int]
_further: list[Seals] = []


def seals_anew(seals: Seals) -> Seals:
    """Let the decorated function seal its own secrets anew: all that do not begin with what it is handed."""
    _further.append(seals)
    return seals


def _seal_all(kind: str, part: str, newest: str) -> int:
    older = Authenticator.objects.filter(type=kind, **{f"data__{part}__startswith": sealing.PREFIX})
    return len(
        each_apart(older.exclude(**{f"data__{part}__startswith": newest}), lambda row: _seal(row.pk, part))
    )


def _seal(pk: int, part: str) -> None:
    row = Authenticator.objects.select_for_update().get(pk=pk)
    text = sealing.opened(row.data[part])
    if text is None:
        raise ValueError("No key of the house opens it.")
    row.data[part] = sealing.seal(text)
    row.save(update_fields=["data"])
