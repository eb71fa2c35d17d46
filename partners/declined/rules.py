"""Who may record a declined request, see the room, and say who sees it."""

import rules

from ats.accounts.models import User
from ats.accounts.rules import is_active, is_admin, recruits
from partners.declined.models import DeclinedReader

VIEW, RECORD, SET_READERS = (
    "partners.view_declined",
    "partners.record_declined",
    "partners.set_declined_readers",
)


@rules.predicate
def is_named(user: User) -> bool:
    return user.is_active and DeclinedReader.objects.filter(user=user).exists()


# Which records somebody sees is in `DeclinedRequest.objects.visible_to`; overseers see no more than others here.
rules.add_perm(VIEW, is_active & (recruits | is_named))
rules.add_perm(RECORD, recruits)
rules.add_perm(SET_READERS, is_admin)
