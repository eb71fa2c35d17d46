"""Who is HR for declined requests, and who is next in line."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from ats.accounts.models import Role, User
from ats.activity.record import record
from ats.kernel.errors import Invalid, NotAllowed
from ats.kernel.staff_words import gettext
from partners.declined.domain.sight import Office
from partners.declined.models import DeclinedPart, DeclinedReader
from partners.declined.queries import line
from partners.declined.rules import SET_READERS

MOST = {"hr": 10, "following": 5}


@transaction.atomic
def name_readers(*, hr: Sequence[int], following: Sequence[int], by: User, now: datetime) -> None:
    """Name them anew. An order is refused that leaves a request of one of them to nobody else."""
    if not by.has_perm(SET_READERS):
        raise NotAllowed(gettext("Only administrators say who sees declined requests."))
    people = User.objects.in_bulk([*hr, *following])
    for field, numbers in (("hr", hr), ("following", following)):
        _check(field, numbers, people)
    _check_order(hr, following, people)
    DeclinedReader.objects.all().delete()
    DeclinedReader.objects.bulk_create(
        DeclinedReader(user_id=number, part=part, position=position)
        for part, numbers in ((DeclinedPart.HR, hr), (DeclinedPart.NEXT, following))
        for position, number in enumerate(numbers)
    )
    data = {"hr": _names(hr, people), "following": _names(following, people)}
    record("declined.readers_named", subject=by, by=by, now=now, data=data)


def _check(field: str, numbers: Sequence[int], people: dict[int, User]) -> None:
    if len(numbers) > MOST[field]:
        raise Invalid(gettext("Name at most %(MOSTfield)s people.") % {"MOSTfield": MOST[field]}, field=field)
    if len(set(numbers)) < len(numbers):
        raise Invalid(gettext("Name each person once."), field=field)
    if gone := [number for number in numbers if number not in people or not people[number].is_active]:
        said = ", ".join(str(people.get(number, number)) for number in gone)
        raise Invalid(gettext("Not here any more: %(said)s.") % {"said": said}, field=field)


def _check_order(hr: Sequence[int], following: Sequence[int], people: dict[int, User]) -> None:
    leads = User.objects.filter(role=Role.LEAD, is_active=True)
    known = people | {lead.pk: lead for lead in leads}
    office = Office(
        leads=frozenset(lead.pk for lead in leads),
        hr=frozenset(hr),
        following=tuple(following),
        above=line.above(),
    )
    if alone := office.ends_nowhere_for():
        names = ", ".join(str(known[number]) for number in sorted(alone))
        raise Invalid(
            gettext(
                "The order ends nowhere: what %(names)s asks for would come to nobody. Name somebody else behind them."
            )
            % {"names": names},
            field="following",
        )


def _names(numbers: Sequence[int], people: dict[int, User]) -> str:
    return ", ".join(str(people[number]) for number in numbers) or "nobody"
