"""The page of one application: who it is, what is owed next, what they gave, and what happened."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import Value
from django.db.models.functions import Concat, Lower, StrIndex

from ats.accounts.domain import sides
from ats.accounts.models import RECRUITING, User
from ats.kernel.access import get_for, permitted
from ats.kernel.errors import Missing
from ats.kernel.rows import answers, columns, listed, made, showing
from ats.kernel.staff_words import gettext
from ats.mail.models import MailState, OutgoingMail
from ats.organisation.models import HiringOrganisation, Location, WorkingCalendar
from candidates.application_pages.queries import no_letters
from candidates.application_pages.queries.timeline import Entry, timeline
from candidates.applications.actions import decide, fetch
from candidates.applications.models import DECISION_MAILS, Answer, Application, DispositionReason, Note
from candidates.applications.queries.sight import VISIBLE, viewer
from candidates.applications.rules import May, may_of
from candidates.documents.models import Document, DocumentKind
from candidates.documents.queries import documents_beside
from candidates.hires.models import HireRecord
from candidates.internal.queries import partner_of
from candidates.journeys.models import StepTask
from candidates.messages.models import Direction, Message
from candidates.people.models import Candidate, Source, Tag
from candidates.promises.models import Promise, PromiseState
from requisitions.models import Opening, OpeningState, Requisition, Stage, StageKind

VIEW = "candidates.view_application"


@dataclass(frozen=True, kw_only=True)
class Page:
    application: Application
    promise: Promise | None
    stages: list[Stage]
    documents: list[Document]
    answers: list[Answer]
    reviews: list[Any]
    others: list[Application]
    tags: list[Tag]
    entries: list[Entry]
    may: May
    partner: User | None
    """Who is asked for a view: the hiring manager, or who stands in for them."""
    offer: int | None = None
    """The number of their last offer, for who may see it."""
    hire: int | None = None
    """The number of their hire, while they are hired."""
    previous: int | None = None
    next: int | None = None
    tasks: list[StepTask] = field(default_factory=list)

    @property
    def resume(self) -> Document | None:
        """The résumé that came with this application, else the newest one."""
        resumes = [row for row in self.documents if row.kind == DocumentKind.RESUME]
        mine = (row for row in resumes if row.application_id == self.application.pk)
        return next(mine, resumes[0] if resumes else None)

    @property
    def further_documents(self) -> list[Document]:
        return [row for row in self.documents if row is not self.resume]

    @property
    def onward(self) -> Stage | None:
        """The stage after this one; hired is not moved to."""
        here = self.application.stage.position
        later = (row for row in self.stages if row.position > here and row.kind != StageKind.HIRED)
        return next(later, None)

    @property
    def asked(self) -> list[Any]:
        """What they wrote and nobody has answered, the oldest first."""
        wrote = (entry.row for entry in reversed(self.entries) if entry.kind == "message")
        return [row for row in wrote if row.direction == Direction.IN and row.answered_at is None]

    @property
    def is_active(self) -> bool:
        return self.application.state == "active"

    @property
    def manager_is_asked(self) -> bool:
        """Whether the hiring manager, or who stands in for them, is asked already, or there is nobody to ask."""
        partner = self.partner
        return partner is None or any(
            row.reviewer_id == partner.pk and not row.verdict for row in self.reviews
        )

    @property
    def letter(self) -> OutgoingMail | None:
        """What tells them of the decision, while it waits to leave."""
        mails = (entry.row for entry in self.entries if entry.kind == "mail")
        waiting = {MailState.QUEUED, MailState.SENDING}
        return next((row for row in mails if row.role in DECISION_MAILS and row.state in waiting), None)

    @property
    def undoable(self) -> bool:
        """Whether the decision may be taken back; what a candidate decided themselves, nobody does."""
        decided = self.application.decided_by_id is not None
        return decided and (self.application.told_at is None or self.application.state == "rejected")


WHOLE = f"""
    SELECT {columns("a", Application)}, {columns("c", Candidate, of="candidate", without={"search"})},
           {columns("s", Stage, of="stage")}, {columns("r", Requisition, of="requisition")},
           {columns("o", HiringOrganisation, of="requisition__organisation")},
           {columns("w", WorkingCalendar, of="requisition__organisation__calendar")},
           {columns("l", Location, of="requisition__location")},
           {columns("u", User, of="requisition__recruiter")},
           {columns("m", User, of="requisition__hiring_manager")},
           {columns("f", Source, of="source")}, {columns("d", User, of="decided_by")},
           {columns("y", DispositionReason, of="reason")}
    FROM candidates_application a
    JOIN candidates_candidate c ON c.id = a.candidate_id
    JOIN requisitions_stage s ON s.id = a.stage_id
    JOIN requisitions_requisition r ON r.id = a.requisition_id
    JOIN ats_hiringorganisation o ON o.id = r.organisation_id
    JOIN ats_workingcalendar w ON w.id = o.calendar_id
    JOIN ats_user u ON u.id = r.recruiter_id
    LEFT JOIN ats_user m ON m.id = r.hiring_manager_id
    LEFT JOIN ats_location l ON l.id = r.location_id
    LEFT JOIN candidates_source f ON f.id = a.source_id
    LEFT JOIN ats_user d ON d.id = a.decided_by_id
    LEFT JOIN candidates_dispositionreason y ON y.id = a.reason_id
    WHERE a.id = %(application)s AND {VISIBLE}
"""  # noqa: S608


def application_for(user: User, application_id: int, permission: str = VIEW) -> Application:
    """With what its page and those under it show of all it belongs to."""
    values = viewer(user) | {"application": application_id}
    seen = made(Application, WHOLE, values) if user.is_active else []
    return permitted(Application, application_id, seen, user=user, permission=permission)


def asked_of(application: Application) -> list[Message]:
    """What they wrote and nobody has answered, the oldest first."""
    return list(application.messages.unanswered().order_by("said_at", "pk"))


HELD = """
    SELECT
    EXISTS (SELECT FROM candidates_answer WHERE application_id = %(application)s) AS answers,
    EXISTS (SELECT FROM candidates_review WHERE application_id = %(application)s) AS reviews,
    EXISTS (SELECT FROM candidates_application
            WHERE candidate_id = %(candidate)s AND id <> %(application)s) AS others,
    EXISTS (SELECT FROM candidates_candidate_tags WHERE candidate_id = %(candidate)s) AS tags,
    EXISTS (SELECT FROM candidates_message WHERE application_id = %(application)s) AS messages,
    EXISTS (SELECT FROM candidates_note WHERE application_id = %(application)s) AS notes,
    EXISTS (SELECT FROM ats_smsmessage WHERE application_id = %(application)s) AS notices,
    EXISTS (SELECT FROM candidates_followup
            WHERE application_id = %(application)s AND state = 'waiting') AS planned,
    (SELECT max(id) FROM candidates_offer WHERE application_id = %(application)s) AS offer,
    EXISTS (SELECT FROM candidates_ruleact WHERE application_id = %(application)s
            AND state = 'delayed') AS rule_no,
    EXISTS (SELECT FROM candidates_keptfrom WHERE application_id = %(application)s AND lifted_at IS NULL) AS kept,
    EXISTS (SELECT FROM candidates_submission s JOIN ats_hiringorganisation o ON o.id = s.organisation_id
            WHERE s.application_id = %(application)s AND s.state <> 'forward'
            AND o.client_since IS NOT NULL) AS unforwarded,
    EXISTS (SELECT FROM candidates_steptask WHERE application_id = %(application)s
            AND done_at IS NULL AND skipped_at IS NULL) AS tasks
"""
"""What there is of this application at all: most have none of most."""


def page(user: User, application_id: int) -> Page:
    """Everything that the page shows; a fixed number of queries, and fewer for who brought little."""
    application = application_for(user, application_id)
    may = may_of(user, application)
    held = answers(HELD, {"application": application.pk, "candidate": application.candidate_id})
    vars(application)["is_kept"] = held["kept"]  # nobody has to ask again
    vars(application)["has_rule_no"] = held["rule_no"]
    if held["unforwarded"]:
        may = replace(may, fill=False)  # what would be refused is not offered
    previous, following = neighbours(application) if may.move else (None, None)
    return Page(
        application=application,
        promise=_promise(application),
        stages=made(Stage, STAGES, {"requisition": application.requisition_id}),
        documents=documents_beside(application.pk, application.candidate_id, user=user),
        answers=_answers(application) if held["answers"] else [],
        reviews=_reviews(application, user) if held["reviews"] else [],
        others=_others(application, user) if held["others"] else [],
        tags=list(application.candidate.tags.order_by("name")) if held["tags"] else [],
        entries=timeline(application, user, held=held),
        may=may,
        partner=partner_of(application) if held["kept"] else application.requisition.hiring_manager,
        offer=held["offer"] if may.decide else None,
        hire=_hire_of(application) if may.decide and application.state == "hired" else None,
        previous=previous,
        next=following,
        tasks=_tasks(application) if held["tasks"] else [],
    )


def _tasks(application: Application) -> list[StepTask]:
    """What the journey asked of people and is not done, the first due first."""
    rows = application.step_tasks.open()
    return list(
        showing(rows, "what", "due_at", "application_id", "owner__name", "owner__email").order_by(
            "due_at", "pk"
        )
    )


PROMISED = f"""
    SELECT {columns("p", Promise)}, {columns("u", User, "name", of="owner")}
    FROM candidates_promise p LEFT JOIN ats_user u ON u.id = p.owner_id
    WHERE p.application_id = %(application)s AND p.state = %(state)s
    ORDER BY p.id LIMIT 1
"""  # noqa: S608
STAGES = f"""
    SELECT {columns("s", Stage)} FROM requisitions_stage s
    WHERE s.requisition_id = %(requisition)s ORDER BY s.position
"""  # noqa: S608


def _promise(application: Application) -> Promise | None:
    """What is owed next; of somebody about whom is decided, that they are told."""
    state = PromiseState.OPEN if application.state == "active" else PromiseState.TELLING
    return next(iter(made(Promise, PROMISED, {"application": application.pk, "state": state.value})), None)


def _answers(application: Application) -> list[Answer]:
    return list(application.answers.select_related("document").order_by("question__position", "pk"))


def _reviews(application: Application, user: User) -> list[Any]:
    rows = application.reviews.visible_to(user).exclude(state="cancelled").select_related("reviewer")
    return list(rows.order_by("requested_at"))


def _others(application: Application, user: User) -> list[Application]:
    """Where else they applied, as far as the viewer may know."""
    rows = Application.objects.visible_to(user).filter(candidate=application.candidate_id)
    shown = showing(
        rows.exclude(pk=application.pk), "state", "applied_at", "requisition__title", "stage__name"
    )
    return list(shown.order_by("-applied_at", "-pk")[:10])


def _hire_of(application: Application) -> int | None:
    hires = HireRecord.objects.filter(application=application)
    return hires.order_by("-pk").values_list("pk", flat=True).first()


NEIGHBOURS = """
    SELECT
    (SELECT id FROM candidates_application
     WHERE state = 'active' AND requisition_id = %(requisition)s AND stage_id = %(stage)s
       AND (stage_entered_at, id) < (%(entered)s, %(number)s)
     ORDER BY stage_entered_at DESC, id DESC LIMIT 1) AS before,
    (SELECT id FROM candidates_application
     WHERE state = 'active' AND requisition_id = %(requisition)s AND stage_id = %(stage)s
       AND (stage_entered_at, id) > (%(entered)s, %(number)s)
     ORDER BY stage_entered_at, id LIMIT 1) AS after
"""


def neighbours(application: Application) -> tuple[int | None, int | None]:
    """Who stands before and after on the board, in the same stage; one query, by the index of the board."""
    found = answers(
        NEIGHBOURS,
        {
            "requisition": application.requisition_id,
            "stage": application.stage_id,
            "entered": application.stage_entered_at,
            "number": application.pk,
        },
    )
    return found["before"], found["after"]


@dataclass(frozen=True, slots=True)
class Mentionable:
    """Somebody who can be mentioned in a note: of a large house they are hundreds, of whom a name is shown."""

    pk: int
    name: str


MENTIONABLE = """
    SELECT u.id, u.name FROM ats_user u
    WHERE u.is_active AND (u.role = ANY(%(everywhere)s) OR EXISTS (
        SELECT FROM requisitions_teammember m WHERE m.requisition_id = %(requisition)s AND m.user_id = u.id))
      AND (u.works_for IS NULL OR %(organisation)s = ANY(u.works_for))
      AND NOT EXISTS (SELECT FROM candidates_keptfrom k
                      WHERE k.application_id = %(application)s AND k.user_id = u.id AND k.lifted_at IS NULL)
    ORDER BY u.name, u.id
"""


def mentionable(application: Application) -> list[Mentionable]:
    """Who can be mentioned in a note: the role's team, and the recruiting team where it is not confidential.

    As far as they may know of its organisation (`sides.working_for`).
    """
    everywhere = [] if application.requisition.confidential else [role.value for role in RECRUITING]
    values = {
        "requisition": application.requisition_id,
        "organisation": application.requisition.organisation_id,
        "application": application.pk,
        "everywhere": everywhere,
    }
    return [Mentionable(*row) for row in listed(MENTIONABLE, values)]


def own_note(user: User, application: Application, note_id: int) -> Note:
    """A note that this person wrote on this application."""
    found = Note.objects.filter(pk=note_id, application=application, author=user).first()
    if found is None or not user.has_perm("candidates.note_application", application):
        raise Missing(gettext("There is no such note of yours."))
    return found


def mentioned(body: str, people: Sequence[Mentionable], application: Application) -> list[int]:
    """Whom a note names with an @ and their name: of `people`, and of everybody else on this side.

    Who may not see the note is refused by the action that writes it, so that its author learns of it.
    """
    if "@" not in body:
        return []
    words, found = body.casefold(), []
    for user in sorted(people, key=lambda each: -len(each.name)):
        if (name := f"@{user.name}".casefold()) in words:
            found.append(user.pk)
            words = words.replace(name, "")  # nobody whose name is the beginning of it is meant
    if "@" not in words:
        return found
    named = Concat(Value("@"), Lower("name"))
    others = User.objects.filter(is_active=True).exclude(name="").exclude(pk__in=[user.pk for user in people])
    others = others.annotate(place=StrIndex(Value(words), named)).filter(place__gt=0).order_by("pk")
    here = sides.working_for(others, application.requisition.organisation_id)
    return found + [user.pk for user in here]


def seats_left(application: Application) -> int:
    return Opening.objects.filter(requisition=application.requisition_id, state=OpeningState.OPEN).count()


@dataclass(frozen=True, kw_only=True)
class Preview:
    """The words a person may still change, and when and where the message would leave."""

    subject: str
    body: str
    leaves_at: datetime
    to: str
    problem: str = ""
    template_problem: str = ""


def decision_preview(*, application_id: int, by: User, now: datetime, reason: str = "") -> Preview:
    """The message of a rejection for this reason (by its code), before anything is decided."""
    application = get_for(Application.objects.whole(), application_id, user=by, permission=fetch.DECIDE)
    why = DispositionReason.objects.filter(code=reason, is_active=True).first()
    subject, body, problem = no_letters.letter_to(
        application, now=now, reason=why.candidate_text if why else ""
    )
    address = application.candidate.email
    return Preview(
        subject=subject,
        body=body,
        leaves_at=decide.leaves_at(application, now),
        to=address,
        problem="" if address else gettext("There is no address to write to."),
        template_problem=problem,
    )
