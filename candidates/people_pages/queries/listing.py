"""The list of people: who is asked for, and what a row tells of them."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from ats.accounts.models import User
from ats.kernel.rows import columns, listed, made
from ats.kernel.staff_words import gettext, ngettext
from ats.web.addresses import pages
from ats.web.cursors import Cursor, said
from candidates.applications.models import Application
from candidates.people.domain.fields import fielded
from candidates.people.domain.snippets import Part
from candidates.people.models import Candidate, Tag
from candidates.people.queries import COUNTED, counted, matching, nearly, ranked, sees_nearly_all, tidied
from candidates.people_pages.domain.columns import Wish
from candidates.people_pages.queries.applications import how, with_applications
from candidates.people_pages.queries.asked import narrowed, unknown
from candidates.people_pages.queries.why import why
from candidates.promises.models import Promise

PAGE = 25
FIELDS = ("first_name", "last_name", "headline", "city", "email", "phone", "created_at")
SHOWN = f"""
    SELECT {columns("c", Candidate, *FIELDS)}
    FROM candidates_candidate c WHERE c.id = ANY(%(people)s) ORDER BY array_position(%(people)s, c.id)
"""  # noqa: S608


@dataclass(frozen=True, kw_only=True)
class PeopleFilter:
    """What a person narrows the list of people down to."""

    text: str = ""
    requisition: int | None = None
    stage: str = ""
    state: str = ""
    source: int | None = None
    tag: int | None = None
    gone: tuple[str, ...] = ()
    """What was asked for that is not there any more, in words: it is left out."""

    @property
    def is_set(self) -> bool:
        return self != PeopleFilter()

    def of_applications(self) -> dict[str, object]:
        """What one and the same application of the person must meet."""
        facts = {
            "requisition": self.requisition,
            "stage__kind": self.stage,
            "state": self.state or ("active" if self.stage else ""),
            "source": self.source,
        }
        return {name: value for name, value in facts.items() if value}


@dataclass(frozen=True)
class Line:
    """One person of the list: their last applications with where they stand, and what is owed next."""

    candidate: Candidate
    href: str
    roles: list[tuple[str, str, str]]
    """The address of each, its role and how it stands."""
    further: int
    promise: Promise | None
    tags: list[str]
    why: list[Part]
    """The words of their files that were asked for."""

    @property
    def source(self) -> str:
        """How we know of them, by the first of their applications here."""
        seen: list[Application] = self.candidate.seen_applications  # type: ignore[attr-defined]
        return next((row.source.name for row in seen if row.source_id and row.source), "")


@dataclass(frozen=True)
class People:
    """One page of the list.

    `total` counts no further than it is worth: they are all only if `is_all`. `next` or `next_skip` says where the
    list goes on; `is_nearly`: nobody was found, and these are called nearly so; `why` are the words of somebody's
    files that were asked for; `problems` what of the question nobody can meet.
    """

    rows: list[Candidate]
    total: int
    next: Cursor | None
    tags: dict[int, list[str]]
    is_all: bool = True
    next_skip: int | None = None
    is_nearly: bool = False
    why: dict[int, list[Part]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def lines(self) -> list[Line]:
        href, application = pages("candidate"), pages("application")
        made = []
        for candidate in self.rows:
            seen: list[Application] = candidate.seen_applications  # type: ignore[attr-defined]
            owed = seen[0].open_promises if seen else []  # type: ignore[attr-defined]
            made.append(
                Line(
                    candidate=candidate,
                    href=href(candidate.pk),
                    roles=[(application(row.pk), row.requisition.title, how(row)) for row in seen[:2]],
                    further=max(0, len(seen) - 2),
                    promise=owed[0] if owed else None,
                    tags=self.tags.get(candidate.pk, [])[:3],
                    why=self.why.get(candidate.pk, []),
                )
            )
        return made

    @property
    def said_total(self) -> str:
        if not self.is_all:
            return gettext("%(number)s+ people") % {"number": f"{min(self.total, COUNTED):,}"}
        return ngettext("%(number)s person", "%(number)s people", self.total) % {"number": self.total}

    @property
    def after(self) -> str:
        return said(self.next)


def people(
    user: User, wanted: PeopleFilter, *, after: Cursor | None = None, skip: int = 0, size: int = PAGE
) -> People:
    """People that `user` may see and asked for; seven queries.

    Without words in the order that `user` chose; with words who answers them best (`people.queries.ranked`) is
    first, from `skip` on.
    Where nobody answers, those whose names are nearly so.
    """
    asked = fielded(tidied(wanted.text))
    rows = narrowed(_narrowed(user, wanted), asked.fields, user)
    problems = [*unknown(asked.fields), *_said_gone(wanted)]
    if not asked.words:
        return _in_turn(user, rows, after=after, size=size, problems=problems)
    are_nearly_all = sees_nearly_all(user) and not asked.fields and wanted == PeopleFilter(text=wanted.text)
    best = ranked(rows, asked.words, skip=skip, size=size + 1, are_nearly_all=are_nearly_all)
    alike = nearly(rows, asked.words) if not best.ids and not skip else []
    page = _in_order(user, best.ids[:size] or alike)
    return People(
        rows=page,
        total=len(alike) or best.total,
        is_all=best.is_all,
        next=None,
        next_skip=skip + size if len(best.ids) > size else None,
        tags=_tags(page),
        is_nearly=bool(alike),
        why=why(page, asked.words),
        problems=problems,
    )


def _said_gone(wanted: PeopleFilter) -> list[str]:
    said = gettext("%(what)s: what was asked for is gone. The list is not narrowed down by it.")
    return [said % {"what": one} for one in wanted.gone]


def those(user: User, ids: list[int]) -> People:
    """Of these people those that `user` may see, in the order of the numbers."""
    seen = set(
        Candidate.objects.visible_to(user).filter(pk__in=ids, anonymised_at=None).values_list("pk", flat=True)
    )
    page = _in_order(user, [number for number in ids if number in seen])
    return People(rows=page, total=len(page), next=None, tags=_tags(page))


def selected(user: User, wanted: PeopleFilter, *, most: int) -> list[int]:
    """The numbers of everybody whom `people` would show, who came last first; the first so many of them."""
    return list(found(user, wanted).order_by("-created_at", "-pk").values_list("pk", flat=True)[:most])


def found(user: User, wanted: PeopleFilter) -> QuerySet[Candidate]:
    """Everybody whom `people` would show, in no order."""
    asked = fielded(tidied(wanted.text))
    return matching(narrowed(_narrowed(user, wanted), asked.fields, user), asked.words)


def _narrowed(user: User, wanted: PeopleFilter) -> QuerySet[Candidate]:
    rows: QuerySet[Candidate] = Candidate.objects.visible_to(user).filter(anonymised_at=None)
    if facts := wanted.of_applications():
        theirs = Application.objects.visible_to(user).filter(candidate=OuterRef("pk"), **facts)
        rows = rows.filter(Exists(theirs))
    if wanted.tag:
        tagged = Tag.candidates.through.objects.filter(candidate=OuterRef("pk"), tag=wanted.tag)
        rows = rows.filter(Exists(tagged))
    return rows


def _in_turn(
    user: User, rows: QuerySet[Candidate], *, after: Cursor | None, size: int, problems: list[str]
) -> People:
    total, order = counted(rows), Wish.of(user).order
    if after is not None:
        rows = _beyond(rows, order, after)
    page = list(rows.only(*FIELDS).order_by(*_ORDERED[order])[: size + 1])
    with_applications(page, user)
    more = page[size - 1] if len(page) > size else None
    return People(
        rows=page[:size],
        total=total,
        is_all=total <= COUNTED,
        next=(more.created_at, more.pk) if more else None,
        tags=_tags(page[:size]),
        problems=problems,
    )


_ORDERED = {
    "newest": ("-created_at", "-pk"),
    "oldest": ("created_at", "pk"),
    "name": ("name_key", "pk"),
}


def _beyond(rows: QuerySet[Candidate], order: str, last: Cursor) -> QuerySet[Candidate]:
    """Those after the last row that was shown. In the order of names, hers is read: no address holds a name."""
    moment, number = last
    if order == "newest":
        return rows.filter(
            Q(created_at__lt=moment) | Q(created_at=moment, pk__lt=number), created_at__lte=moment
        )
    if order == "oldest":
        return rows.filter(
            Q(created_at__gt=moment) | Q(created_at=moment, pk__gt=number), created_at__gte=moment
        )
    name = Candidate.objects.filter(pk=number).values_list("name_key", flat=True).first()
    if name is None:
        raise Http404("There is no such page of this list.")
    return rows.filter(Q(name_key__gt=name) | Q(name_key=name, pk__gt=number), name_key__gte=name)


def _in_order(user: User, ids: list[int]) -> list[Candidate]:
    rows = made(Candidate, SHOWN, {"people": ids}) if ids else []
    with_applications(rows, user)
    return rows


TAGGED = """
    SELECT l.candidate_id, t.name FROM candidates_candidate_tags l JOIN candidates_tag t ON t.id = l.tag_id
    WHERE l.candidate_id = ANY(%(people)s) ORDER BY t.name
"""


def _tags(page: list[Candidate]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for candidate, name in listed(TAGGED, {"people": [row.pk for row in page]}) if page else []:
        found[candidate].append(name)
    return found
