"""Passwords made of nothing but this system's words and this house's names are none."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

from ats.accounts.domain.passwords import is_of_own_words
from ats.kernel.staff_words import gettext
from ats.organisation.models import HiringOrganisation


def names() -> list[str]:
    """The organisations, and the addresses that this house is known by."""
    organisations = HiringOrganisation.objects.order_by("pk").values_list("name", flat=True)
    return [*organisations, *settings.ALLOWED_HOSTS, settings.MAIL_DOMAIN]


class OwnWordsValidator:
    def validate(self, password: str, user: Any = None) -> None:
        if is_of_own_words(password, names()):
            raise ValidationError(
                gettext(
                    "Somebody who knows your organisation would guess this. Take words that have nothing to do with it."
                ),
                code="password_own_words",
            )

    def get_help_text(self) -> str:
        return gettext("It must not be made of the names of this system and your organisation alone.")
