"""Finding people, and everything that is known about one of them."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, prefetch_related_objects
from django.utils import timezone

from ats.accounts.models import User
from ats.activity import describing
from ats.activity.models import Activity
from ats.kernel.access import Kept, get_for
from ats.kernel.errors import Missing
from ats.kernel.kept import retold
from ats.kernel.prepared import Prepared
from ats.kernel.rows import showing
from ats.kernel.staff_words import gettext, ngettext
from ats.web.addresses import pages
from ats.web.cursors import Cursor, said
from candidates.application_pages.queries.timeline import ITS_WAY, TOLD_ELSEWHERE, Entry, delivery_status
from candidates.applications.models import Application, ApplicationState, Note
from candidates.applications.pages.cards import hidden
from candidates.consents import queries as consents
from candidates.consents.models import Consent
from candidates.documents.models import Document
from candidates.messages.models import Direction, Message
from candidates.people.domain.addresses import email_key
from candidates.people.domain.keys import name_key
from candidates.people.domain.phone_countries import PhoneCountry, possible
from candidates.people.models import Candidate, Tag
from candidates.people.queries import COUNTED, found
from candidates.portal.events import ASKED
from candidates.portal.models import AddressChange
from candidates.promises.models import Promise
from candidates.reaching.models import AnotherWay
from candidates.submissions.models import Ownership
from requisitions.models import Requisition
from requisitions.roles.workflow import LIVE

PAGE = 25
STORY = 100


@dataclass(frozen=True, kw_only=True)
class PeopleFilter:
    """What a person narrows the list of people down to."""

    text: str = ""
    requisition: int | None = None
    stage: str = ""
    state: str = ""
    source: int | None = None
    tag: int | None = None

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


@dataclass(frozen=True)
class People:
    """One page of the list; `total` counts no further than it is worth."""

    rows: list[Candidate]
    total: int
    next: Cursor | None
    tags: dict[int, list[str]]

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
                    roles=[(application(row.pk), row.requisition.title, _how(row)) for row in seen[:2]],
                    further=max(0, len(seen) - 2),
                    promise=owed[0] if owed else None,
                    tags=self.tags.get(candidate.pk, [])[:3],
                )
            )
        return made

    @property
    def said_total(self) -> str:
        if self.total > COUNTED:
            return gettext("%(number)s+ people") % {"number": f"{COUNTED:,}"}
        return ngettext("%(number)s person", "%(number)s people", self.total) % {"number": self.total}

    @property
    def after(self) -> str:
        return said(self.next)


def people(user: User, wanted: PeopleFilter, *, after: Cursor | None = None, size: int = PAGE) -> People:
    """People that `user` may see and asked for, who came last first; six queries."""
    rows: QuerySet[Candidate] = Candidate.objects.visible_to(user).filter(anonymised_at=None)
    if facts := wanted.of_applications():
        theirs = Application.objects.visible_to(user).filter(candidate=OuterRef("pk"), **facts)
        rows = rows.filter(Exists(theirs))
    if wanted.tag:
        rows = rows.filter(
            Exists(Tag.candidates.through.objects.filter(candidate=OuterRef("pk"), tag=wanted.tag))
        )
    answer = found(rows, wanted.text)
    rows = answer.rows
    if after is not None:
        moment, number = after
        rows = rows.filter(
            Q(created_at__lt=moment) | Q(created_at=moment, pk__lt=number), created_at__lte=moment
        )
    page = list(
        rows.only("first_name", "last_name", "headline", "city", "created_at")
        .prefetch_related(_applications(user))
        .order_by("-created_at", "-pk")[: size + 1]
    )
    more = page[size - 1] if len(page) > size else None
    return People(
        rows=page[:size],
        total=answer.total,
        next=(more.created_at, more.pk) if more else None,
        tags=_tags(page),
    )


def _tags(page: list[Candidate]) -> dict[int, list[str]]:
    rows = Tag.candidates.through.objects.filter(candidate__in=[row.pk for row in page])
    found: dict[int, list[str]] = defaultdict(list)
    for candidate, name in rows.order_by("tag__name").values_list("candidate", "tag__name"):
        found[candidate].append(name)
    return found


def _how(application: Application) -> str:
    if application.state == ApplicationState.ACTIVE:
        return retold(application.stage.name)
    return str(ApplicationState(application.state).label)


def _applications(user: User, *, of_one: bool = False) -> "Prefetch[str]":
    """Of each person, the applications that `user` may see, in play first, each with its open promise.

    `of_one`: and whether a message did not reach them, so that they have to be told another way; how they stand with
    a client, and until when they count as ours there.
    """
    rows = showing(
        Application.objects.visible_to(user),
        *("candidate_id", "state", "applied_at", "requisition__title", "stage__name", "source__name"),
    )
    owed = showing(
        Promise.objects.open(),
        *(
            "application_id",
            "state",
            "kind",
            "what",
            "side",
            "due_at",
            "broken_before",
            "waiting_since",
            "owner__name",
        ),
    )
    if of_one:
        ours = Ownership.objects.in_force(timezone.now()).filter(
            candidate=OuterRef("candidate"), organisation=OuterRef("requisition__organisation")
        )
        rows = rows.annotate(
            is_unreached=Exists(AnotherWay.objects.open().filter(application=OuterRef("pk"))),
            client=F("requisition__organisation__name"),
            put_forward=F("submission__state"),
            owned_until=Subquery(ours.values("ends_at")[:1]),
            owner=Subquery(ours.values("owner__name")[:1]),
        )
    promises = Prefetch("promises", owed, to_attr="open_promises")
    return Prefetch(
        "applications",
        rows.prefetch_related(promises).order_by("state", "-applied_at", "-pk"),
        to_attr="seen_applications",
    )


@dataclass(frozen=True)
class Person:
    candidate: Candidate
    documents: list[Document]
    entries: list[Entry]
    may_change: bool
    other: Candidate | None = None
    """The one whom the team of a confidential role may know as the same person, for they said so."""
    other_address: AddressChange | None = None
    phone_countries: tuple[PhoneCountry, ...] = ()
    """Of which countries their number may be, where it says none."""
    consents: tuple[Consent, ...] = ()
    """What they agreed to, the newest first, and what became of it."""

    @property
    def applications(self) -> list[Application]:
        return self.candidate.seen_applications  # type: ignore[attr-defined]

    @property
    def resume(self) -> Document | None:
        return next((row for row in self.documents if row.kind == "resume"), None)

    @property
    def further_documents(self) -> list[Document]:
        return [row for row in self.documents if row is not self.resume]


PERSON = Kept(lambda: Candidate.objects.without_words().with_further())


def person(user: User, candidate_id: int) -> Person:
    """Everything about one person that `user` may see; a fixed number of queries."""
    candidate = get_for(PERSON, candidate_id, user=user, permission="candidates.view_candidate")
    shown = _applications(user, of_one=True)
    prefetch_related_objects([candidate], shown, Prefetch("tags", Tag.objects.order_by("name")))
    documents, entries = _documents(candidate), _story(candidate, user)
    may_change = user.has_perm("candidates.change_candidate", candidate)
    has_asked = any(entry.text == ASKED for entry in entries)  # hardly anybody has: the rest cost no query
    return Person(
        candidate=candidate,
        documents=documents,
        entries=entries,
        may_change=may_change,
        other=_other(candidate, user) if candidate.only_confidential and candidate.is_same_person else None,
        other_address=_other_address(candidate) if may_change and has_asked else None,
        consents=tuple(consents.history(candidate)),
        phone_countries=_phone_countries(candidate) if may_change and candidate.phone_lacks_country else (),
    )


def leads_to(user: User, candidate_id: int) -> int:
    """The number of who this record was put together with; `Missing` where there is nobody whom `user` may see."""
    found = (
        Candidate.objects.visible_to(user).filter(merged=candidate_id).values_list("pk", flat=True).first()
    )
    if found is None:
        raise Missing(f"No candidate with the number {candidate_id} is visible.")
    return found


def _phone_countries(candidate: Candidate) -> tuple[PhoneCountry, ...]:
    seen = [row.pk for row in candidate.seen_applications]  # type: ignore[attr-defined]
    jobs = Requisition.objects.filter(applications__in=seen, location__isnull=False)
    codes = jobs.order_by("location__country").values_list("location__country", flat=True).distinct()
    return possible(candidate.phone, lives_in=candidate.country, jobs=codes)


def _other(candidate: Candidate, user: User) -> Candidate | None:
    rows = Candidate.objects.visible_to(user).filter(email_key=candidate.email_key, only_confidential=False)
    return rows.without_words().first()


def _other_address(candidate: Candidate) -> AddressChange | None:
    """An address that they confirmed and that waits for a yes of the team, if nobody answers at the old one."""
    asked = AddressChange.objects.open(timezone.now()).filter(candidate=candidate).first()
    return asked if asked is not None and asked.waits_for_team else None


def _documents(candidate: Candidate) -> list[Document]:
    """What they handed in, except with an application that the viewer may not see; newest first."""
    seen = [row.pk for row in candidate.seen_applications]  # type: ignore[attr-defined]
    rows = candidate.documents.filter(Q(application__isnull=True) | Q(application__in=seen))
    shown = showing(
        rows,
        *("candidate_id", "kind", "filename", "size", "created_at", "reading", "reading_problem", "text"),
        *("unread", "unseen", "holds", "scan", "scan_found", "picture_pages"),
        *("uploaded_by__name", "uploaded_by__email"),
    )
    return list(shown.prefetch_related("pages").order_by("-created_at", "-pk"))


def _story(candidate: Candidate, user: User) -> list[Entry]:
    """What happened with this person, over all applications that `user` may see; newest first, six queries at most."""
    seen = {row.pk: row.requisition.title for row in candidate.seen_applications}  # type: ignore[attr-defined]
    followed = _followed(seen, user)
    entries = [*_activities(candidate, seen, followed, user), *_messages(followed), *_notes(followed, user)]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)[:STORY]


def _followed(seen: dict[int, str], user: User) -> dict[int, str]:
    """Those of which the viewer reads all, and not their way alone."""
    if user.recruits:
        return seen
    rows = Application.objects.followed_by(user).filter(pk__in=list(seen))
    return {number: seen[number] for number in rows.values_list("pk", flat=True)}


def _activities(
    candidate: Candidate, seen: dict[int, str], followed: dict[int, str], user: User
) -> list[Entry]:
    way = Q(application_id__in=[*seen.keys() - followed.keys()], verb__in=ITS_WAY)
    rows = (
        Activity.objects.filter(candidate_id=candidate.pk)
        .filter(Q(application_id__isnull=True) | Q(application_id__in=list(followed)) | way)
        .exclude(verb__in=TOLD_ELSEWHERE)
        .only("verb", "occurred_at", "actor_kind", "actor_name", "application_id", "data")
        .order_by("-occurred_at", "-id")
    )
    told = list(rows[:STORY])
    kept_back = hidden(list(followed), user, among={row.verb for row in told})
    return [
        Entry(
            at=said.at,
            kind="activity",
            icon=said.icon,
            who=said.who,
            text=said.text,
            status=seen.get(row.application_id or 0, ""),
        )
        for row in told
        if row.verb not in kept_back.get(row.application_id or 0, ())
        for said in [describing.entry(row, candidate_name=candidate.name)]
    ]


def _messages(seen: dict[int, str]) -> list[Entry]:
    rows = showing(
        Message.objects.filter(application__in=list(seen)),
        *("application_id", "direction", "subject", "body", "said_at", "mail__state", "mail__last_error"),
        *("author__name", "author__email", "candidate__first_name", "candidate__last_name"),
    )
    return [
        Entry(
            at=row.said_at,
            kind="message",
            icon="mail" if row.direction == Direction.OUT else "message",
            who=str(row.author or "Accord") if row.direction == Direction.OUT else row.candidate.name,
            text=gettext("wrote: %(subject)s") % {"subject": row.subject}
            if row.subject
            else gettext("wrote"),
            body=row.body,
            status=", ".join(filter(None, [seen[row.application_id or 0], delivery_status(row.mail)])),
        )
        for row in rows.order_by("-said_at")[:STORY]
    ]


def _notes(seen: dict[int, str], user: User) -> list[Entry]:
    rows = showing(
        Note.objects.filter(application__in=list(seen)),
        *("application_id", "body", "visibility", "written_at", "author__name", "author__email"),
    )
    if not user.recruits:
        rows = rows.filter(visibility="team")
    return [
        Entry(
            at=row.written_at,
            kind="note",
            icon="note",
            who=str(row.author),
            text=gettext("wrote a note"),
            body=row.body,
            visibility=gettext("Recruiters only") if row.visibility == "recruiters" else "",
            status=seen[row.application_id],
        )
        for row in rows.order_by("-written_at", "-pk")[:STORY]
    ]


def alike(user: User, *, first_name: str, last_name: str, email: str) -> list[Candidate]:
    """People who may be the same: by address, else by name."""
    name, address = name_key(first_name, last_name), email_key(email)
    ids = _alike((bool(email), user.oversees), name=name, email=address)
    if not ids:  # as nearly always
        return []
    rows = Candidate.objects.visible_to(user).filter(pk__in=ids).without_words()
    return list(rows.prefetch_related(_applications(user)).order_by("-created_at")[:5])


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


def roles_to_filter(user: User) -> "QuerySet[Requisition]":
    rows = Requisition.objects.visible_to(user).filter(state__in=LIVE).only("title")
    return rows.order_by("title", "pk")
