"""A colleague passes somebody on by mail: who that is becomes a prospect, with where we know them from."""

from datetime import datetime

from django.db import transaction
from django.db.models.functions import Lower

from ats.accounts.models import User
from ats.kernel.errors import ActionError
from ats.mail.arrivals import Arrived, Outcome, Placed, ToPeople
from ats.mail.incoming.forwarded import Named, passed_on, written_to
from ats.mail.message import sender
from ats.mail.models import Why
from ats.mail.reply_tags import is_ours
from ats.organisation.models import HiringOrganisation
from candidates.people.actions import find_or_create
from candidates.people.models import Source, SourceKind
from candidates.pools.domain.names import name_of

BY_MAIL = "Passed on by mail"


@transaction.atomic
def pass_on(arrived: Arrived, user_id: int, now: datetime) -> Outcome:
    """Whoever is not the colleague of this address has it do nothing; where it names nobody or several, people look."""
    by = User.objects.filter(pk=user_id, is_active=True).first()
    if by is None or arrived.row.sender.lower() != by.email.lower():
        return Placed()
    if not by.has_perm("candidates.add_candidate"):
        return Placed()
    found = _others(passed_on(arrived.message)) or _others(written_to(arrived.message))
    if len({address.lower() for _, address in found}) != 1:
        return ToPeople(why=Why.WHO)
    first, last = name_of(*found[0])
    try:
        with transaction.atomic():
            candidate, is_new = find_or_create(
                first_name=first, last_name=last, email=found[0][1], now=now, by=by
            )
    except ActionError:  # no name, or an address that nobody can be written to at
        return ToPeople(why=Why.WHO)
    if is_new:
        candidate.source, _ = Source.objects.get_or_create(
            name=BY_MAIL, defaults={"kind": SourceKind.SOURCED}
        )
        candidate.save(update_fields=["source"])
    return Placed(about={"candidate_id": candidate.pk})


def _others(named: list[Named]) -> list[Named]:
    """Those who are neither we nor colleagues."""
    keys = {address.lower() for _, address in named}
    own = set(User.objects.annotate(key=Lower("email")).filter(key__in=keys).values_list("key", flat=True))
    own |= {each.lower() for each in HiringOrganisation.objects.values_list("reply_to", flat=True) if each}
    own.add(sender().lower())
    return [each for each in named if each[1].lower() not in own and not is_ours(each[1])]
