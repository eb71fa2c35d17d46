"""How somebody wants a list of theirs."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from ats.accounts.models import User


@transaction.atomic
def keep_list(*, by: User, name: str, facts: Mapping[str, Any]) -> None:
    """Keep these facts of the list `name`, beside what is kept of it already; no event: it is theirs alone."""
    user = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    user.lists = user.lists | {name: {**user.lists.get(name, {}), **facts}}
    user.save(update_fields=["lists"])
    by.lists = user.lists
