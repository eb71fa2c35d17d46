"""The portal's reads: a fixed number of queries, however long somebody's history is."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.db.models import F, Q, QuerySet

from ats.activity.models import Activity
from ats.kernel.errors import Missing
from ats.kernel.prepared import Prepared
from ats.kernel.rows import answers, showing
from ats.mail.models import MailState, OutgoingMail
from ats.organisation.models import HiringOrganisation
from candidates.applications.models import DECISION_MAILS, Application, ApplicationState
from candidates.compose import quiet_hours
from candidates.consents.models import Consent
from candidates.documents.models import Document
from candidates.feedback.queries import of_mine
from candidates.internal.queries import may_let_know
from candidates.messages.models import Message, Praise
from candidates.people.models import Candidate
from candidates.portal.queries import offers as offer_queries
from candidates.portal.queries.interviews import arranged_of
from candidates.portal.queries.status import SHOWN, Standing, standing
from candidates.promises.models import Promise
from candidates.scorecards.queries import awaited_by
from candidates.sms.models import SmsChoice
from candidates.sms.queries import choice_of, notices_of
from candidates.submissions.models import Submission, SubmissionState, Way
from requisitions.models import Stage

T = TypeVar("T")
RECORDED = (*SHOWN, "application.hired")
MANY = 200
"""Rows of one kind that one person's page shows at most."""


OF_AN_APPLICATION = (
    *("state", "matters", "stage_id", "applied_at", "decided_at", "told_at", "starts_on"),
    *(
        "candidate_id",
        "post__slug",
        "reason__candidate_text",
        "requisition__title",
        "requisition__hiring_manager_id",
    ),
    *(
        f"requisition__organisation__{name}"
        for name in ("name", "logo", "colour", "website", "language", "privacy_text", "texts")
    ),
    "requisition__organisation__calendar__time_zone",
    "requisition__location__time_zone",
)


OF_A_PROMISE = (
    *(
        "application_id",
        "what",
        "due_at",
        "side",
        "kind",
        "state",
        "broken_before",
        "asked_after_at",
        "reason",
    ),
    *("owner__name", "owner__title"),
)
OF_A_DOCUMENT = ("filename", "created_at", "size", "reading", "reading_problem", "unread", "picture_pages")
THERE = """
    SELECT
    EXISTS (SELECT FROM candidates_message WHERE candidate_id = %(candidate)s) AS messages,
    EXISTS (SELECT FROM candidates_offer WHERE application_id = ANY(%(applications)s)
            AND sent_at <= %(now)s) AS offers,
    EXISTS (SELECT FROM ats_outgoingmail WHERE application_id = ANY(%(applications)s)
            AND role IN ('application.rejected', 'application.hired') AND state = 'sent') AS decisions,
    EXISTS (SELECT FROM candidates_interview WHERE application_id = ANY(%(applications)s)
            AND state = 'booked') AS booked,
    EXISTS (SELECT FROM candidates_bookingrequest WHERE application_id = ANY(%(applications)s)
            AND state IN ('open', 'given')) AS asked,
    EXISTS (SELECT FROM candidates_praise p JOIN candidates_message m ON m.id = p.message_id
            WHERE m.candidate_id = %(candidate)s) AS praise,
    EXISTS (SELECT FROM candidates_keptfrom WHERE application_id = ANY(%(applications)s)
            AND lifted_at IS NULL AND NOT until_put_forward) AS kept,
    EXISTS (SELECT FROM candidates_submission WHERE application_id = ANY(%(applications)s)
            AND state <> 'waiting' AND way <> 'applied') AS put_forward,
    EXISTS (SELECT FROM candidates_candidate c JOIN candidates_candidate o USING (email_key)
            WHERE c.id = %(candidate)s AND c.only_confidential AND c.noted_openly_at IS NOT NULL
            AND c.is_same_person IS NULL AND NOT o.only_confidential) AS twin,
    EXISTS (SELECT FROM candidates_consent WHERE candidate_id = %(candidate)s
            AND withdrawn_at IS NULL AND until > %(now)s) AS consents,
    EXISTS (SELECT FROM ats_smsmessage WHERE candidate_id = %(candidate)s AND kind = 'notice') AS notices,
    EXISTS (SELECT FROM candidates_smschoice WHERE candidate_id = %(candidate)s) AS sms
"""
"""Which parts of the page there are; what is asked for then says it in full."""


@dataclass(frozen=True)
class Portal:
    """Everything on a candidate's own page."""

    candidate: Candidate
    standings: tuple[Standing, ...]
    documents: tuple[Document, ...]
    organisation: HiringOrganisation | None
    zone: ZoneInfo
    praise: tuple[Praise, ...] = ()
    """Kind words of theirs that we asked to share, or share."""
    kept: tuple[Application, ...] = ()
    """Applications of theirs of which their manager here knows nothing."""
    put_forward: tuple[Submission, ...] = ()
    """Where we asked whether they may be put forward to a client, or did with their yes; open ones first."""
    asks_who: bool = False
    """Whether somebody else of this address may be they, and they have not said."""
    consents: tuple[Consent, ...] = ()
    """What we may write to them about beside their applications."""
    sms: SmsChoice | None = None
    """What they get by SMS as well."""

    @property
    def open(self) -> list[Standing]:
        return [each for each in self.standings if each.is_open]

    @property
    def ended(self) -> list[Standing]:
        return [each for each in self.standings if not each.is_open]


def portal_of(candidate: Candidate, *, now: datetime) -> Portal:
    """Where this candidate stands: six queries, and one or two for each further part that there is."""
    applications = _applications(candidate=candidate.pk)
    ids = [application.pk for application in applications]
    promises = _one_each(_promises(candidate=candidate.pk))
    happened = _by_application(_happened(candidate=candidate.pk))
    there = answers(THERE, {"candidate": candidate.pk, "applications": ids, "now": now})
    messages = _messages(candidate) if there["messages"] else defaultdict(list)
    notices = _by_application(notices_of(ids)) if there["notices"] else defaultdict(list)
    held = [number for number in ids if any(entry.verb == "interview.held" for entry in happened[number])]
    awaited = awaited_by(held) if held else {}
    stages = _by_role(_stages(candidate=candidate.pk), applications)
    offers = offer_queries.cards(candidate, applications, now=now) if there["offers"] else {}
    organisation = applications[0].requisition.organisation if applications else None
    unheard = [each.pk for each in applications if not each.decided_at or not each.told_at]
    arranged = arranged_of(unheard, now=now, booked=there["booked"], asked=there["asked"])
    decisions = _decisions(ids) if there["decisions"] else {}
    told_no = [each.pk for each in applications if each.state == ApplicationState.REJECTED and each.told_at]
    feedback = of_mine(told_no, now=now) if told_no else {}
    return Portal(
        candidate=candidate,
        standings=tuple(
            standing(
                application,
                promise=promises.get(application.pk),
                stages=stages[application.requisition_id],
                happened=happened[application.pk],
                messages=messages[application.pk],
                decision=decisions.get(application.pk),
                awaited=awaited.get(application.pk, ()),
                offer=offers.get(application.pk),
                now=now,
                arranged=arranged.get(application.pk),
                notices=notices[application.pk],
                feedback=feedback.get(application.pk),
            )
            for application in applications
        ),
        documents=tuple(_documents(candidate=candidate.pk)),
        organisation=organisation,
        zone=_zone(candidate, applications),
        praise=_praise(candidate) if there["praise"] else (),
        kept=_kept(candidate, applications) if there["kept"] else (),
        put_forward=_put_forward(ids) if there["put_forward"] else (),
        asks_who=bool(there["twin"]),
        consents=_consents(candidate, now) if there["consents"] else (),
        sms=choice_of(candidate) if there["sms"] else None,
    )


# --- What every page asks


@Prepared
def _applications(*, candidate: int) -> QuerySet[Application]:
    rows = showing(Application.objects.filter(candidate=candidate), *OF_AN_APPLICATION)
    return rows.order_by("-applied_at", "-id")[:MANY]


@Prepared
def _promises(*, candidate: int) -> QuerySet[Promise]:
    """The open one of each application, or the last."""
    rows = showing(Promise.objects.filter(application__candidate=candidate), *OF_A_PROMISE)
    latest = F("settled_at").desc(nulls_first=True)
    return rows.order_by("application_id", latest, "-opened_at", "-id").distinct("application_id")


@Prepared
def _happened(*, candidate: int) -> QuerySet[Activity]:
    theirs = Application.objects.filter(candidate=candidate).values("pk")
    rows = Activity.objects.filter(application_id__in=theirs, verb__in=RECORDED)
    return rows.only("application_id", "verb", "occurred_at", "data").order_by("occurred_at", "id")[:MANY]


@Prepared
def _stages(*, candidate: int) -> QuerySet[Stage]:
    """The steps of each role that they applied for, in order."""
    roles = Application.objects.filter(candidate=candidate).values("requisition")
    rows = Stage.objects.filter(requisition__in=roles)
    return rows.only("requisition_id", "position", "kind", "candidate_name").order_by("position")


@Prepared
def _documents(*, candidate: int) -> QuerySet[Document]:
    rows = showing(Document.objects.filter(candidate=candidate), *OF_A_DOCUMENT)
    return rows.order_by("-created_at", "-id")[:MANY]


# --- What some ask


def _zone(candidate: Candidate, applications: Sequence[Application]) -> ZoneInfo:
    """In which they read times: their own, else that of what they applied for last."""
    if not applications:
        return quiet_hours.zone_named(candidate.time_zone)
    applications[0].candidate = candidate
    return quiet_hours.zone_for(applications[0])


def _praise(candidate: Candidate) -> tuple[Praise, ...]:
    rows = Praise.objects.asked_of(candidate).select_related("message")
    return tuple(showing(rows, "agreed", "message__body").order_by("-asked_at", "-id")[:MANY])


def _consents(candidate: Candidate, now: datetime) -> tuple[Consent, ...]:
    rows = Consent.objects.valid(now).filter(candidate=candidate)
    return tuple(showing(rows, "purpose", "until").order_by("given_at", "pk"))


def _kept(candidate: Candidate, applications: list[Application]) -> tuple[Application, ...]:
    """In play, or hired: of what came to nothing nobody needs to hear."""
    unknown = may_let_know(candidate)
    going_on = {ApplicationState.ACTIVE, ApplicationState.HIRED}
    return tuple(one for one in applications if one.pk in unknown and one.state in going_on)


def _put_forward(ids: list[int]) -> tuple[Submission, ...]:
    """Of what is not over as far as they know; what ended says so by itself."""
    untold = Q(application__told_at=None) & ~Q(application__state=ApplicationState.WITHDRAWN)
    rows = Submission.objects.filter(untold, application__in=ids)
    rows = rows.exclude(state=SubmissionState.WAITING).exclude(way=Way.APPLIED)
    own = ("state", "application_id", "organisation__name", "application__requisition__title")
    return tuple(showing(rows, *own).order_by("answered_at", "-pk"))


def _messages(candidate: Candidate) -> dict[int, list[Message]]:
    """The last of them, oldest first."""
    own = (
        "application_id",
        "direction",
        "channel",
        "subject",
        "body",
        "said_at",
        "below",
        "sent_from",
        "not_kept",
        "is_automatic",
    )
    fields = (*own, "author__name", "mail__state")
    rows = showing(Message.objects.filter(candidate=candidate), *fields).order_by("-said_at", "-id")[:MANY]
    return _by_application(reversed(rows))


def _decisions(ids: list[int]) -> dict[int, OutgoingMail]:
    return _one_each(
        OutgoingMail.objects.filter(application_id__in=ids, role__in=DECISION_MAILS, state=MailState.SENT)
        .only("application_id", "subject", "text", "sent_at", "not_before", "from_name")
        .order_by("application_id", "-sent_at", "-id")
        .distinct("application_id")
    )


def _by_role(stages: Iterable[Stage], applications: list[Application]) -> dict[int, list[Stage]]:
    """The steps of each role; each application gets to know the one that it is in."""
    found: dict[int, list[Stage]] = defaultdict(list)
    for stage in stages:
        found[stage.requisition_id].append(stage)
    by_id = {stage.pk: stage for steps in found.values() for stage in steps}
    for application in applications:
        application.stage = by_id[application.stage_id]
    return found


def _by_application(rows: Iterable[T]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = defaultdict(list)
    for row in rows:
        found[_application_id(row)].append(row)
    return found


def _one_each(rows: Iterable[T]) -> dict[int, T]:
    return {_application_id(row): row for row in rows}


def _application_id(row: Any) -> int:
    return row.application_id


def application_of(candidate: Candidate, application_id: int) -> Application:
    """This candidate's application with this number; `Missing` if it is another's, or nobody's."""
    application = (
        Application.objects.whole()
        .select_related("post")
        .filter(candidate=candidate, pk=application_id)
        .first()
    )
    if application is None:
        raise Missing(f"Candidate {candidate.pk} has no application {application_id}.")
    return application


def document_of(candidate: Candidate, document_id: int) -> Document:
    """A file that this candidate handed in; `Missing` if it is another's, or nobody's."""
    document = Document.objects.filter(candidate=candidate, pk=document_id).first()
    if document is None:
        raise Missing(f"Candidate {candidate.pk} has no document {document_id}.")
    return document


def open_application_of(candidate: Candidate) -> Application | None:
    """The application that a new document belongs to: the only one that is open, if there is only one."""
    found = list(Application.objects.active().filter(candidate=candidate)[:2])
    return found[0] if len(found) == 1 else None
