"""Who may be known already, and for which roles somebody can be taken up."""

from django.db.models import Exists, OuterRef, QuerySet

from ats.accounts.models import User
from ats.kernel.prepared import Prepared
from ats.kernel.rows import listed
from candidates.applications.models import Application
from candidates.people.domain.addresses import email_key
from candidates.people.domain.keys import name_key
from candidates.people.models import Candidate
from candidates.people_pages.queries.applications import with_applications
from requisitions.models import Requisition
from requisitions.roles.workflow import LIVE


def alike(user: User, *, first_name: str, last_name: str, email: str) -> list[Candidate]:
    """People who may be the same: by address, else by name."""
    name, address = name_key(first_name, last_name), email_key(email)
    ids = _alike((bool(email), user.oversees), name=name, email=address)
    if not ids:  # as nearly always
        return []
    rows = Candidate.objects.visible_to(user).filter(pk__in=ids).without_words()
    found = list(rows.order_by("-created_at")[:5])
    with_applications(found, user)
    return found


@Prepared
def _alike(asked: tuple[bool, bool], *, name: str, email: str) -> "QuerySet[Candidate, int]":
    """Of whom not everybody may know, nobody but overseers is reminded, not even by how long it takes."""
    by_address, oversees = asked
    rows = Candidate.objects.filter(name_key=name)
    if by_address:
        rows = Candidate.objects.filter(
            pk__in=rows.values("pk").union(Candidate.objects.with_address(email).values("pk"))
        )
    return (rows if oversees else rows.filter(only_confidential=False)).values_list("pk", flat=True)


def open_to(user: User, candidate: Candidate | None = None) -> "QuerySet[Requisition]":
    """The open roles for which `user` may take this person up."""
    rows = Requisition.objects.visible_to(user).filter(state="open").order_by("title", "pk")
    if candidate is None:
        return rows
    in_play = Application.objects.active().filter(candidate=candidate, requisition=OuterRef("pk"))
    return rows.exclude(Exists(in_play))


def to_filter_by(user: User) -> dict[str, list[tuple[int, str]]]:
    """What the list can be narrowed down by, each by number and name: live roles, sources, tags; two queries."""
    roles = Requisition.objects.visible_to(user).filter(state__in=LIVE).order_by("title", "pk")
    found: dict[str, list[tuple[int, str]]] = {
        "requisition": list(roles.values_list("pk", "title")),
        "source": [],
        "tag": [],
    }
    for kind, number, name in listed(_NAMED, {}):
        found[kind].append((number, name))
    return found


_NAMED = """
    SELECT 'source', id, name FROM candidates_source UNION ALL SELECT 'tag', id, name FROM candidates_tag ORDER BY 3
"""
