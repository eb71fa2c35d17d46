"""Who sees declined requests: the only answer, for every page and list."""

from typing import TYPE_CHECKING

from django.db.models import Q

from ats.accounts.models import Role, User
from ats.kernel.access import sees
from partners.declined.domain.sight import Case, Office
from partners.declined.models import DeclinedPart, DeclinedReader, DeclinedRequest
from partners.declined.queries import line

if TYPE_CHECKING:
    from partners.declined.models import DeclinedRequestQuerySet


def office() -> Office:
    """Those who see declined requests today; three statements, whatever there is."""
    leads = User.objects.filter(role=Role.LEAD, is_active=True).values_list("pk", flat=True)
    named = DeclinedReader.objects.filter(user__is_active=True).order_by("part", "position", "pk")
    of_part: dict[str, list[int]] = {part: [] for part in DeclinedPart.values}
    for part, user in named.values_list("part", "user"):
        of_part[part].append(user)
    return Office(
        leads=frozenset(leads),
        hr=frozenset(of_part[DeclinedPart.HR]),
        following=tuple(of_part[DeclinedPart.NEXT]),
        above=line.above(),
    )


def case_of(record: DeclinedRequest) -> Case:
    return Case(
        recorder=record.recorded_by_id, asker=record.asked_by_id, kept_from=frozenset(record.kept_from)
    )


@sees(DeclinedRequest)
def visible_to(rows: "DeclinedRequestQuerySet", user: User) -> "DeclinedRequestQuerySet":
    """Those that they recorded; beside these, by the part that they have in the office. Overseers see nothing more."""
    if not user.is_authenticated or not user.is_active:
        return rows.none()
    seen = rows.filter(pk__in=_seen_by(user))
    if user.works_for is None:
        return seen
    # Which names no role may be about any client: those are for who had to do with them.
    here = Q(requisition__organisation__in=user.works_for)
    return seen.filter(here | Q(requisition=None) & (Q(recorded_by=user) | Q(asked_by=user)))


def _seen_by(user: User) -> list[int]:
    """The same statements for everybody, so that none of them tells whether something is there."""
    there = office()
    facts = DeclinedRequest.objects.values_list("pk", "recorded_by", "asked_by", "kept_from")
    return [pk for pk, by, asker, kept in facts if user.pk in there.readers(_case(by, asker, kept))]


def _case(recorder: int, asker: int | None, kept_from: list[int]) -> Case:
    return Case(recorder=recorder, asker=asker, kept_from=frozenset(kept_from))
