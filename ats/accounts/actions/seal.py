"""What older keys sealed is sealed with today's, so that a key which somebody may have read can go for good."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Model

from ats.accounts.domain import sealing
from ats.duework.faults import each_apart

SECRETS = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}


def seal_anew() -> int:
    """How many were sealed anew; nothing is asked where there are no older keys."""
    if not settings.SECRET_KEY_FALLBACKS:
        return 0
    newest = sealing.by_the_newest()
    steps = sum(_seal_all(kind, part, newest) for kind, part in SECRETS.items())
    return steps + sum(_seal_rows(model, field, newest) for model, field in _further)


_further: list[tuple[type[Model], str]] = []


def seals_anew(model: type[Model], field: str) -> None:
    """Let what this field of these rows keeps be sealed anew as well."""
    _further.append((model, field))


def _seal_rows(model: type[Model], field: str, newest: str) -> int:
    rows = model._base_manager.all()

    def seal(row: Model) -> None:
        held = rows.select_for_update().get(pk=row.pk)
        if (text := sealing.opened(getattr(held, field))) is not None:
            setattr(held, field, sealing.seal(text))
            held.save(update_fields=[field])

    return len(each_apart(rows.exclude(**{f"{field}__startswith": newest}).order_by("pk"), seal))


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
