"""What somebody may mean while they type: people, roles, places to go."""

from dataclasses import dataclass, field

from django.db.models import Q
from django.urls import NoReverseMatch, reverse

from ats.accounts.models import User
from candidates.finding.domain.commands import Command, answering
from candidates.people.domain.fields import fielded
from candidates.people.models import Candidate
from candidates.people.queries import nearly, ranked, sees_nearly_all, tidied
from requisitions.models import Requisition

PEOPLE, ROLES, COMMANDS = 6, 4, 5


@dataclass(frozen=True)
class Suggestions:
    """The first of each; `is_nearly`: nobody is called so, these are called nearly so."""

    people: list[Candidate] = field(default_factory=list)
    roles: list[Requisition] = field(default_factory=list)
    commands: list[tuple[Command, str]] = field(default_factory=list)
    is_nearly: bool = False

    def __bool__(self) -> bool:
        return bool(self.people or self.roles or self.commands)


def suggestions(user: User, question: str) -> Suggestions:
    """Nothing but places to go where nothing is asked yet; three queries else, one more where nobody is found."""
    asked = fielded(tidied(question))
    commands = [
        (command, address) for command in answering(asked.words) if (address := _open_to(user, command))
    ]
    if not asked.words or asked.fields:
        return Suggestions(commands=[] if asked.fields else commands)
    rows = Candidate.objects.visible_to(user).filter(anonymised_at=None)
    ids = ranked(
        rows, _being_typed(asked.words), skip=0, size=PEOPLE, are_nearly_all=sees_nearly_all(user)
    ).ids
    alike = nearly(rows, asked.words)[:PEOPLE] if not ids else []
    shown = Candidate.objects.filter(pk__in=ids or alike).only("first_name", "last_name", "headline", "city")
    people = {row.pk: row for row in shown}
    return Suggestions(
        people=[people[one] for one in ids or alike if one in people],
        roles=_roles(user, asked.words),
        commands=commands[:COMMANDS],
        is_nearly=bool(alike),
    )


def _being_typed(words: str) -> str:
    """The last word may be only begun: not one of one or two letters, which thousands begin with."""
    last = words.rpartition(" ")[2]
    return f"{words}*" if len(last) > 2 and last.isalnum() and not words.startswith("-") else words


def _roles(user: User, words: str) -> list[Requisition]:
    wanted = Q()
    for word in words.split()[:PEOPLE]:
        wanted &= Q(title__icontains=word)
    rows = Requisition.objects.visible_to(user).filter(wanted).only("title", "state")
    return list(rows.order_by("-opened_at", "-pk")[:ROLES])


def _open_to(user: User, command: Command) -> str:
    """Its address; empty where they may not go there, or there is no such page here."""
    if command.permission and not user.has_perm(command.permission):
        return ""
    try:
        return reverse(command.address)
    except NoReverseMatch:
        return ""
