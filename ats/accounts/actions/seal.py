"""What older keys sealed is sealed with today's, so that a key which somebody may have read can go for good."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction

from ats.accounts.domain import sealing

SECRETS = {Authenticator.Type.TOTP: "secret", Authenticator.Type.RECOVERY_CODES: "seed"}


def seal_anew() -> int:
    """How many were sealed anew; nothing is asked where there are no older keys."""
    if not settings.SECRET_KEY_FALLBACKS:
        return 0
    newest = sealing.by_the_newest()
    return sum(
        _seal(pk, part)
        for kind, part in SECRETS.items()
        for pk in Authenticator.objects.filter(type=kind, **{f"data__{part}__startswith": sealing.PREFIX})
        .exclude(**{f"data__{part}__startswith": newest})
        .values_list("pk", flat=True)
    )


@transaction.atomic
def _seal(pk: int, part: str) -> bool:
    row = Authenticator.objects.select_for_update().filter(pk=pk).first()
    text = sealing.opened(row.data[part]) if row else None
    if row is None or text is None:
        return False
    row.data[part] = sealing.seal(text)
    row.save(update_fields=["data"])
    return True
