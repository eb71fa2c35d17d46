"""How one wants to hear of what."""

from collections.abc import Mapping

from django.db import transaction

from ats.accounts.models import User
from ats.kernel.errors import Invalid
from ats.kernel.staff_words import gettext
from ats.notifications.models import OFFERED, Kind, NotificationChoice, Way


@transaction.atomic
def choose(*, by: User, ways: Mapping[str, str]) -> None:
    """The way for each of these kinds, from the next one on."""
    for kind, way in ways.items():
        if kind not in Kind.values or way not in OFFERED[Kind(kind)]:
            raise Invalid(gettext("Choose how you want to hear of it."), field=kind)
        NotificationChoice.objects.update_or_create(user=by, kind=kind, defaults={"way": Way(way)})
