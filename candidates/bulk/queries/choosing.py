"""Whom a choice means, at the moment of looking: people that somebody sees, each with one application."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.http import QueryDict

from ats.accounts.models import User
from ats.kernel.access import get_for
from ats.kernel.kept import kept
from candidates.applications.models import Application, ApplicationState
from candidates.board.pages.forms import FilterForm
from candidates.board.queries.board import everyone
from candidates.bulk.domain.choice import MOST, Choice, Place
from candidates.bulk.models import OF_PEOPLE, BulkKind
from candidates.internal.queries import kept_in
from candidates.people.models import Candidate
from candidates.people_pages import queries as people_pages
from candidates.people_pages.forms import PeopleForm
from requisitions.models import Requisition


def chosen(user: User, choice: Choice, *, kind: str, now: datetime) -> list[Place]:
    """Those who are meant, each once, of whom `user` sees something; a handful of queries.

    One more than there may be says that they are too many.
    """
    if choice.applications or choice.stage:
        return _of_applications(user, choice, kind=kind, now=now)
    facts, people = _people(user, choice)
    if kind in OF_PEOPLE:
        return [Place(pk, None) for pk in people]
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = Application.objects.visible_to(user).filter(candidate__in=people, **facts)
    for pk, candidate, state in rows.order_by("-applied_at", "-pk").values_list("pk", "candidate", "state"):
        found[candidate].append((pk, state))
    return [_place(pk, found[pk], kind) for pk in people]


def _place(person: int, theirs: list[tuple[int, str]], kind: str) -> Place:
    """With which of their applications: the one in play. Where it is not clear which, nobody guesses."""
    active = [pk for pk, state in theirs if state == ApplicationState.ACTIVE]
    if len(active) == 1:
        return Place(person, active[0])
    if active:
        return Place(
            person, None, kept("They are in play for several roles: filter the list by one of them.")
        )
    if theirs and kind == BulkKind.MESSAGE:
        return Place(person, theirs[0][0])
    return Place(person, None, kept("They are in play for no role."))


def _people(user: User, choice: Choice) -> tuple[Mapping[str, object], list[int]]:
    form = PeopleForm(QueryDict(choice.filters), user=user)
    wanted = form.wanted()
    if choice.everybody:
        return wanted.of_applications(), people_pages.selected(user, wanted, most=MOST + 1)
    rows = Candidate.objects.visible_to(user).filter(pk__in=choice.people, anonymised_at=None)
    return wanted.of_applications(), list(rows.order_by("-created_at", "-pk").values_list("pk", flat=True))


def _of_applications(user: User, choice: Choice, *, kind: str, now: datetime) -> list[Place]:
    ids: Iterable[int] = choice.applications
    if choice.stage:
        role = get_for(
            Requisition.objects.all(),
            choice.requisition or 0,
            user=user,
            permission="candidates.work_board",
        )
        narrowed = FilterForm.of(QueryDict(choice.filters), role, kept_in(user, role.pk))
        ids = everyone(role, choice.stage, narrowed=narrowed, now=now, most=MOST + 1)
    rows = Application.objects.visible_to(user).filter(pk__in=list(ids)).order_by("pk")
    pairs = rows.values_list("candidate", "pk")
    if kind in OF_PEOPLE:
        return [Place(candidate, None) for candidate in dict.fromkeys(candidate for candidate, _ in pairs)]
    return [Place(candidate, pk) for candidate, pk in pairs]


def roles_of(places: Iterable[Place]) -> list[Requisition]:
    """The roles for which these applications are."""
    ids = [each.application for each in places if each.application]
    rows = Requisition.objects.filter(pk__in=Application.objects.filter(pk__in=ids).values("requisition"))
    return list(rows.select_related("organisation__calendar").order_by("pk"))
