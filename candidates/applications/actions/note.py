"""What the team writes down: notes on an application, tags on a person."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.access import get_for
from ats.kernel.errors import Invalid, Missing, NotAllowed
from ats.kernel.kept import kept
from ats.kernel.staff_words import gettext
from ats.mail import outbox
from ats.notifications.actions import tell
from ats.notifications.models import Kind
from candidates.applications.actions import fetch
from candidates.applications.models import Application, Note, NoteVisibility
from candidates.compose import letters
from candidates.compose.words import typed
from candidates.people.actions import index
from candidates.people.domain.keys import one_line
from candidates.people.models import Candidate, Tag

LONGEST_NOTE = 20_000
LONGEST_MATTERS = 4_000
LONGEST_TAG, MOST_TAGS = 50, 30


@transaction.atomic
def add_note(
    *,
    application_id: int,
    body: str,
    by: User,
    now: datetime,
    visibility: str = NoteVisibility.TEAM,
    mentions: list[int] | None = None,
) -> Note:
    """Write a note for the team, or for recruiters only; who is mentioned gets it by mail."""
    application = fetch.locked(application_id, user=by, permission=fetch.NOTE)
    body = _checked(body)
    if visibility not in NoteVisibility.values:
        raise Invalid(gettext("Choose who may read it."), field="visibility")
    if visibility == NoteVisibility.RECRUITERS and not by.recruits:
        raise NotAllowed(gettext("Notes for recruiters only are written by recruiters."))
    mentioned = _mentioned(application, mentions or [], visibility)
    note = Note.objects.create(
        application=application, author=by, body=body, visibility=visibility, written_at=now
    )
    note.mentions.set(mentioned)
    for user in mentioned:
        if user.pk != by.pk:
            _tell(user, note, now=now)
    fetch.touched(application, now=now)
    data = {"note_id": note.pk, "visibility": visibility, "mentions": [user.pk for user in mentioned]}
    record("application.noted", subject=note, by=by, now=now, data=data)
    return note


@transaction.atomic
def change_note(
    *, note_id: int, body: str, by: User, now: datetime, mentions: list[int] | None = None
) -> Note:
    """Write one's own note anew; who is mentioned for the first time gets it by mail."""
    note = _own(note_id, by)
    body = _checked(body)
    mentioned = _mentioned(note.application, mentions or [], note.visibility)
    if body == note.body:
        return note
    before = set(note.mentions.values_list("pk", flat=True))
    note.body = body
    note.save(update_fields=["body"])
    note.mentions.set(mentioned)
    for user in mentioned:
        if user.pk not in before | {by.pk}:
            _tell(user, note, now=now)
    fetch.touched(note.application, now=now)
    record("application.note_changed", subject=note, by=by, now=now, data={"note_id": note.pk})
    return note


@transaction.atomic
def remove_note(*, note_id: int, by: User, now: datetime) -> Application:
    """Take one's own note away; that there was one stays in the record, without its words."""
    note = _own(note_id, by)
    record("application.note_removed", subject=note, by=by, now=now, data={"note_id": note.pk})
    fetch.touched(note.application, now=now)
    note.delete()
    return note.application


def _own(note_id: int, by: User) -> Note:
    """One's own note, under the lock of its application; `Missing` for everybody else's."""
    place = Note.objects.filter(pk=note_id, author=by).values_list("application", flat=True).first()
    application = fetch.locked(place or 0, user=by, permission=fetch.NOTE)
    note = Note.objects.select_for_update(of=("self",)).filter(pk=note_id, author=by).first()
    if note is None:
        raise Missing(gettext("There is no such note of yours."))
    note.application = application
    return note


def _checked(body: str) -> str:
    body = typed(body)
    if not body:
        raise Invalid(gettext("Write the note."), field="body")
    if len(body) > LONGEST_NOTE:
        raise Invalid(
            gettext("Keep the note under %(most)s characters.") % {"most": LONGEST_NOTE}, field="body"
        )
    return body


def _mentioned(application: Application, ids: list[int], visibility: str) -> list[User]:
    users = list(User.objects.filter(pk__in=ids, is_active=True).order_by("pk"))
    if len(users) != len(set(ids)):
        raise Invalid(gettext("One of the people mentioned is not here any more."), field="mentions")
    for user in users:
        sees = user.has_perm("candidates.view_application", application)
        if not sees or (visibility == NoteVisibility.RECRUITERS and not user.recruits):
            raise Invalid(
                gettext("%(user)s may not see this note, so they cannot be mentioned in it.")
                % {"user": user},
                field="mentions",
            )
    return users


def _tell(user: User, note: Note, *, now: datetime) -> None:
    """In the app, and by mail where they want it at once."""
    wants_mail = tell(
        user,
        Kind.MENTION,
        key=f"mention:{note.pk}",
        text=kept(f"{note.author} mentioned you in a note."),
        link=f"/applications/{note.application_id}/#story",
        now=now,
    )
    if wants_mail:
        _write_to(user, note, now=now)


def _write_to(user: User, note: Note, *, now: datetime) -> None:
    application = note.application
    values = {
        "user.first_name": user.get_short_name(),
        "author.name": str(note.author),
        "candidate.name": application.candidate.name,
        "job.title": application.requisition.title,
        "note": note.body,
        "link": letters.staff_link(f"/applications/{application.pk}/"),
    }
    outbox.queue(
        "application.mentioned",
        to=letters.to_user(user),
        message=outbox.write(
            "application.mentioned", values=values, organisation=None, language=user.language
        ),
        key=f"mention:{note.pk}:{user.pk}",
        now=now,
        # Not about the candidate's conversation: what the team says among themselves stays there.
        about={"requisition_id": application.requisition_id},
    )


@transaction.atomic
def set_tags(*, candidate_id: int, tags: list[str], by: User, now: datetime) -> list[str]:
    """Give a candidate exactly these tags; their search words follow."""
    candidate = get_for(
        Candidate.objects.all(),
        candidate_id,
        user=by,
        permission="candidates.change_candidate",
        for_update=True,
    )
    names = sorted({cleaned for tag in tags if (cleaned := one_line(tag).lower())})
    if len(names) > MOST_TAGS:
        raise Invalid(gettext("Keep it to %(most)s tags.") % {"most": MOST_TAGS}, field="tags")
    if any(len(name) > LONGEST_TAG for name in names):
        raise Invalid(gettext("Keep a tag under %(most)s characters.") % {"most": LONGEST_TAG}, field="tags")
    before = sorted(candidate.tags.values_list("name", flat=True))
    if names == before:
        return names
    Tag.objects.bulk_create([Tag(name=name) for name in names], ignore_conflicts=True)
    candidate.tags.set(Tag.objects.filter(name__in=names))
    index.refresh([candidate.pk])
    data = {"tags": ", ".join(names) or "none", "was": ", ".join(before)}
    record("candidate.tagged", subject=candidate, by=by, now=now, data=data)
    return names


@transaction.atomic
def note_matters(*, application: Application, text: str, by: User | Candidate, now: datetime) -> Application:
    """What this person says matters to them in a job; the caller has fetched and permitted it.

    It stands beside an offer to them while it is written.
    """
    application = fetch.relocked(application)
    said = typed(text)
    if len(said) > LONGEST_MATTERS:
        raise Invalid(
            gettext("Keep it under %(most)s characters.") % {"most": LONGEST_MATTERS}, field="matters"
        )
    if said != application.matters:
        application.matters = said
        application.save(update_fields=["matters"])
        record("application.matters_noted", subject=application, by=by, now=now, data={"body": said})
        fetch.touched(application, now=now)
    return application
