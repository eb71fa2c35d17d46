"""Everything that is known about one person."""

from dataclasses import dataclass

from django.utils import timezone

from ats.accounts.models import User
from ats.activity import describing
from ats.activity.models import Activity
from ats.kernel.access import Kept, get_for
from ats.kernel.errors import Missing
from ats.kernel.rows import columns, made
from ats.kernel.staff_words import gettext
from ats.mail.models import OutgoingMail
from candidates.application_pages.queries.timeline import ITS_WAY, TOLD_ELSEWHERE, Entry, delivery_status
from candidates.applications.models import Application, Note
from candidates.applications.pages.cards import hidden
from candidates.consents import queries as consents
from candidates.consents.models import Consent
from candidates.documents.models import Document
from candidates.documents.queries import documents_with
from candidates.messages.models import Direction, Message
from candidates.people.domain.phone_countries import PhoneCountry, possible
from candidates.people.models import Candidate, Tag
from candidates.people_pages.queries.applications import with_applications
from candidates.portal.events import ASKED
from candidates.portal.models import AddressChange
from requisitions.models import Requisition

STORY = 100


@dataclass(frozen=True)
class Person:
    candidate: Candidate
    tags: list[Tag]
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


TAGS = f"""
    SELECT {columns("t", Tag, "name")}
    FROM candidates_candidate_tags l JOIN candidates_tag t ON t.id = l.tag_id
    WHERE l.candidate_id = %(candidate)s ORDER BY t.name
"""  # noqa: S608
PERSON = Kept(lambda: Candidate.objects.without_words().with_further())


def person(user: User, candidate_id: int) -> Person:
    """Everything about one person that `user` may see; a fixed number of queries."""
    candidate = get_for(PERSON, candidate_id, user=user, permission="candidates.view_candidate")
    with_applications([candidate], user, of_one=True)
    documents, entries = _documents(candidate), _story(candidate, user)
    may_change = user.has_perm("candidates.change_candidate", candidate)
    has_asked = any(entry.text == ASKED for entry in entries)  # hardly anybody has: the rest cost no query
    return Person(
        candidate=candidate,
        tags=made(Tag, TAGS, {"candidate": candidate.pk}),
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
    return documents_with(seen, candidate.pk)


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


HAPPENED = f"""
    SELECT {columns("a", Activity, "verb", "occurred_at", "actor_kind", "actor_name", "application_id", "data")}
    FROM ats_activity a
    WHERE a.candidate_id = %(candidate)s AND a.verb <> ALL(%(elsewhere)s)
      AND (a.application_id IS NULL OR a.application_id = ANY(%(followed)s)
           OR a.application_id = ANY(%(others)s) AND a.verb = ANY(%(its_way)s))
    ORDER BY a.occurred_at DESC, a.id DESC LIMIT {STORY}
"""  # noqa: S608
WRITTEN = f"""
    SELECT {columns("m", Message, "application_id", "direction", "subject", "body", "said_at")},
        {columns("l", OutgoingMail, "state", "last_error", of="mail")},
        {columns("u", User, "name", "email", of="author")},
        {columns("c", Candidate, "first_name", "last_name", of="candidate")}
    FROM candidates_message m
    JOIN candidates_candidate c ON c.id = m.candidate_id
    LEFT JOIN ats_outgoingmail l ON l.id = m.mail_id
    LEFT JOIN ats_user u ON u.id = m.author_id
    WHERE m.application_id = ANY(%(applications)s) ORDER BY m.said_at DESC, m.id DESC LIMIT {STORY}
"""  # noqa: S608
NOTED = f"""
    SELECT {columns("n", Note, "application_id", "body", "visibility", "written_at")},
        {columns("u", User, "name", "email", of="author")}
    FROM candidates_note n JOIN ats_user u ON u.id = n.author_id
    WHERE n.application_id = ANY(%(applications)s) AND (%(recruits)s OR n.visibility = 'team')
    ORDER BY n.written_at DESC, n.id DESC LIMIT {STORY}
"""  # noqa: S608


def _activities(
    candidate: Candidate, seen: dict[int, str], followed: dict[int, str], user: User
) -> list[Entry]:
    values = {
        "candidate": candidate.pk,
        "followed": list(followed),
        "others": [*seen.keys() - followed.keys()],
        "its_way": list(ITS_WAY),
        "elsewhere": list(TOLD_ELSEWHERE),
    }
    told = made(Activity, HAPPENED, values)
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
    rows = made(Message, WRITTEN, {"applications": list(seen)}) if seen else []
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
        for row in rows
    ]


def _notes(seen: dict[int, str], user: User) -> list[Entry]:
    values = {"applications": list(seen), "recruits": user.recruits}
    rows = made(Note, NOTED, values) if seen else []
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
        for row in rows
    ]
