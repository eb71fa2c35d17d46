"""How an application comes in: by its candidate, or taken up by a recruiter."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext, gettext_lazy

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel import staff_words, writing, zones
from ats.kernel.access import Kept, get_for, lock
from ats.kernel.errors import Conflict, Invalid, WrongState
from ats.kernel.languages import later, too_long
from ats.kernel.prepared import Prepared
from candidates.applications.actions import fetch
from candidates.applications.models import Answer, Application
from candidates.compose import letters
from candidates.compose.words import typed
from candidates.consents import actions as consents
from candidates.consents.models import Purpose, Where
from candidates.documents.actions import attach
from candidates.documents.models import DocumentKind
from candidates.follow_ups import actions
from candidates.follow_ups.domain import journeys
from candidates.people.actions import find_or_create, index
from candidates.people.domain.keys import one_line
from candidates.people.models import Candidate, Source
from requisitions.models import JobPost, Question, QuestionKind, Requisition, Stage, StageKind

CAREERS_SITE = "Careers site"
LONGEST_SHORT, LONGEST_LONG = 500, 20_000
RECEIVED, ALREADY = "received", "already"
CANDIDATE = Kept(Candidate.objects.without_words)
ROLE = Kept(Requisition.objects.with_calendar)


@dataclass(frozen=True, kw_only=True)
class Submission:
    """What somebody typed into the form of a job."""

    post_id: int
    first_name: str
    last_name: str
    email: str
    phone: str = ""
    headline: str = ""
    cover_letter: str = ""
    resume: UploadedFile | None = None
    answers: Mapping[int, Any] = field(default_factory=dict)
    consent_pool: bool = False
    source_code: str = ""
    source_detail: Mapping[str, Any] = field(default_factory=dict)
    time_zone: str = ""
    language: str = ""
    works_here: bool = False
    work_email: str = ""


@dataclass(frozen=True)
class Applied:
    """`already`: an active application for this role exists, and nothing was stored."""

    application: Application
    candidate: Candidate
    outcome: str


@transaction.atomic
def apply(*, submission: Submission, now: datetime) -> Applied:
    """Take in an application; the acknowledgement leaves at once, with the link to the portal.

    Whoever types an address need not own it: it leads to the one candidate of that address, whose own data
    stays as it is; what was typed is kept on the application. The caller must answer the same for both
    outcomes: only the owner of the address learns, by mail, that they had applied already.
    """
    post = _live_post(submission.post_id)
    questions = list(post.questions.filter(removed_at__isnull=True).order_by("position", "id"))
    answers = check_answers(questions, submission.answers)
    if not submission.email.strip():
        raise Invalid(gettext_lazy("Write your e-mail address, so that we can answer."), field="email")
    if len(submission.cover_letter) > LONGEST_LONG:
        raise Invalid(
            later(lambda: gettext("Keep the letter under %(limit)s characters.") % {"limit": LONGEST_LONG}),
            field="cover_letter",
        )
    candidate, new = find_or_create(
        first_name=submission.first_name,
        last_name=submission.last_name,
        email=submission.email,
        phone=submission.phone,
        headline=submission.headline,
        language=submission.language or settings.LANGUAGE_CODE,
        now=now,
        confidential_role=post.requisition_id if post.requisition.confidential else None,
    )
    if new:
        _complete(candidate, submission, now=now)
    elif existing := _in_play(candidate, post.requisition_id):
        _say_already(existing, now=now)
        return Applied(existing, candidate, ALREADY)
    application = _begin(candidate, post.requisition, now=now, **_typed(submission, post))
    _store_answers(application, questions, answers, now=now)
    if submission.resume is not None:
        attach(
            candidate=candidate,
            application=application,
            kind=DocumentKind.RESUME,
            upload=submission.resume,
            by=candidate,
            now=now,
        )
    _acknowledge(application, now=now)
    data = {"stage": application.stage.name, "post_id": post.pk, "source": str(application.source or "")}
    record("application.received", subject=application, by=candidate, now=now, data=data)
    return Applied(application, candidate, RECEIVED)


@transaction.atomic
def add_application(
    *,
    candidate_id: int,
    requisition_id: int,
    by: User,
    now: datetime,
    source: Source | None = None,
    resume: UploadedFile | None = None,
) -> Application:
    """Take a candidate up for a role, without their having applied to it; with a résumé if there is one."""
    candidate = get_for(
        CANDIDATE, candidate_id, user=by, permission="candidates.change_candidate", for_update=True
    )
    return take_up(candidate, requisition_id=requisition_id, by=by, now=now, source=source, resume=resume)


def take_up(
    candidate: Candidate,
    *,
    requisition_id: int,
    by: User,
    now: datetime,
    source: Source | None = None,
    resume: UploadedFile | None = None,
    is_new: bool = False,
) -> Application:
    """`add_application` of somebody whom the caller holds; or who `is_new`, written in this transaction."""
    requisition = get_for(ROLE, requisition_id, user=by, permission="requisitions.view_requisition")
    if not by.has_perm("candidates.add_candidate"):
        raise WrongState(staff_words.gettext("Only the recruiting team takes people up for a role."))
    if requisition.state != "open":
        said = staff_words.gettext("This role is %(state)s, not open.")
        raise WrongState(said % {"state": requisition.get_state_display().lower()})
    if not is_new and _active(candidate=candidate.pk, requisition=requisition.pk):
        said = staff_words.gettext("%(name)s is in play for this role already.")
        raise Conflict(said % {"name": candidate.name})
    if candidate.only_confidential and not requisition.confidential:
        _come_into_the_open(candidate, by)
    application = _begin(candidate, requisition, now=now, source=source)
    if resume is not None:
        attach(
            candidate=candidate,
            application=application,
            kind=DocumentKind.RESUME,
            upload=resume,
            by=by,
            now=now,
        )
    data = {"stage": application.stage.name, "source": str(source or "")}
    record("application.added", subject=application, by=by, now=now, data=data)
    return application


def _come_into_the_open(candidate: Candidate, by: User) -> None:
    """Who knows them takes them up for a role that is not confidential: from then on others may know them, too."""
    key = candidate.email_key or ""
    others = Candidate.objects.with_address(key, openly=True).exclude(pk=candidate.pk)
    if key and others.exists():
        if by.works_for is not None and not others.visible_to(by).exists():
            return  # somebody beyond a wall, who stays unknown: they are seen by this application
        said = staff_words.gettext("%(name)s is known outside this role already: take them up from there.")
        raise WrongState(said % {"name": candidate.name})
    candidate.only_confidential = False
    candidate.save(update_fields=["only_confidential"])
    index.refresh([candidate.pk])


@Prepared
def _active(*, candidate: int, requisition: int) -> "QuerySet[Application, int]":
    rows = Application.objects.active().filter(candidate=candidate, requisition=requisition)
    return rows.values_list("pk", flat=True)


def _live_post(post_id: int) -> JobPost:
    posts = JobPost.objects.live().select_related(
        "requisition__organisation__calendar", "requisition__recruiter", "requisition__hiring_manager"
    )
    post = posts.filter(pk=post_id).first()
    if post is None:
        raise WrongState(gettext_lazy("This job is no longer open for applications."))
    return post


def _in_play(candidate: Candidate, requisition_id: int) -> Application | None:
    # Two submissions of one person at the same moment: the second waits here and then finds the first.
    lock(Candidate, candidate.pk)
    mine = Application.objects.active().filter(candidate=candidate, requisition=requisition_id)
    return mine.whole().first()


def _typed(submission: Submission, post: JobPost) -> dict[str, Any]:
    code = one_line(submission.source_code)[:100]
    sources = {source.name.lower(): source for source in Source.objects.filter(name__in=[code, CAREERS_SITE])}
    detail = dict(submission.source_detail) | ({"code": code} if code else {})
    return {
        "post": post,
        "cover_letter": typed(submission.cover_letter),
        "source": sources.get(code.lower()) or sources.get(CAREERS_SITE.lower()),
        "source_detail": detail,
        "submitted": {
            "first_name": one_line(submission.first_name),
            "last_name": one_line(submission.last_name),
            "email": one_line(submission.email),
            "phone": one_line(submission.phone),
            "consent_pool": submission.consent_pool,
            **({"works_here": True} if submission.works_here else {}),
            **({"work_email": one_line(submission.work_email).lower()} if submission.work_email else {}),
            **({"headline": one_line(submission.headline)} if submission.headline else {}),
        },
    }


def _begin(candidate: Candidate, requisition: Requisition, *, now: datetime, **facts: Any) -> Application:
    fetch.keep_open(requisition.pk)
    [stage] = _first_stage(requisition=requisition.pk)
    application = Application(
        candidate=candidate,
        requisition=requisition,
        stage=stage,
        applied_at=now,
        stage_entered_at=now,
        last_activity_at=now,
        **facts,
    )
    writing.insert(application)
    return application


@Prepared
def _first_stage(*, requisition: int) -> QuerySet[Stage]:
    return Stage.objects.filter(requisition=requisition, kind=StageKind.APPLIED)


def _complete(candidate: Candidate, submission: Submission, *, now: datetime) -> None:
    """What a new person said beside their name; of somebody known, nothing is believed without proof."""
    if submission.time_zone in zones.known():
        candidate.time_zone = submission.time_zone
        candidate.save(update_fields=["time_zone"])
    if submission.consent_pool:
        consents.agree(candidate=candidate, purpose=Purpose.ROLES, where=Where.FORM, by=candidate, now=now)


def _acknowledge(application: Application, *, now: datetime) -> None:
    key = f"acknowledgement:{application.pk}"
    actions.schedule(journeys.ACKNOWLEDGEMENT, application=application, now=now, key=key)


def _say_already(application: Application, *, now: datetime) -> None:
    """At most once an hour: nobody can fill somebody else's letterbox with this form."""
    key = f"already:{application.pk}:{now:%Y%m%d%H}"
    letters.queue("application.already", application=application, key=key, now=now)


def check_answers(questions: list[Question], answers: Mapping[int, Any]) -> dict[int, Any]:
    """The answers to these questions, cleaned; `Invalid` names the first that is missing or makes no sense."""
    cleaned = {}
    for question in questions:
        value = _check_answer(question, answers.get(question.pk))
        if question.required and value in (None, "", []):
            raise Invalid(gettext_lazy("Please answer this."), field=f"question_{question.pk}")
        if value not in (None, "", []):
            cleaned[question.pk] = value
    return cleaned


def _check_answer(question: Question, value: Any) -> Any:
    field_name = f"question_{question.pk}"
    if value in (None, ""):
        return None
    if question.kind == QuestionKind.FILE:
        if not isinstance(value, UploadedFile):
            raise Invalid(gettext_lazy("Choose a file."), field=field_name)
        return value
    if question.kind == QuestionKind.YES_NO:
        known = {"yes": True, "true": True, True: True, "no": False, "false": False, False: False}
        if not isinstance(value, str | bool) or value not in known:
            raise Invalid(gettext_lazy("Choose yes or no."), field=field_name)
        return known[value]
    if question.kind == QuestionKind.SEVERAL:
        several = list(value) if isinstance(value, list | tuple) else [value]
        if not all(choice in question.options for choice in several):
            raise Invalid(gettext_lazy("Choose from the list."), field=field_name)
        return several
    if question.kind == QuestionKind.CHOICE:
        if value not in question.options:
            raise Invalid(gettext_lazy("Choose from the list."), field=field_name)
        return value
    return _check_text(question, value)


def _check_text(question: Question, value: Any) -> str:
    field_name = f"question_{question.pk}"
    if not isinstance(value, str):
        raise Invalid(gettext_lazy("Write your answer as text."), field=field_name)
    limit = LONGEST_SHORT if question.kind == QuestionKind.SHORT else LONGEST_LONG
    text = typed(value)
    if len(text) > limit:
        raise Invalid(
            too_long(limit),
            field=field_name,
        )
    return text


def _store_answers(
    application: Application, questions: list[Question], answers: Mapping[int, Any], *, now: datetime
) -> None:
    rows = []
    for question in questions:
        if question.pk not in answers:
            continue
        value, document = answers[question.pk], None
        if question.kind == QuestionKind.FILE:
            document = attach(
                candidate=application.candidate,
                application=application,
                kind=DocumentKind.ANSWER,
                upload=value,
                by=application.candidate,
                now=now,
                field=f"question_{question.pk}",
            )
            value = document.filename
        rows.append(
            Answer(
                application=application,
                question=question,
                label=question.label,
                value=value,
                document=document,
            )
        )
    Answer.objects.bulk_create(rows)
