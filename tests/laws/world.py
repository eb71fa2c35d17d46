"""A world for the sweep of every address: a confidential role of somebody else, with one of everything in it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, reverse
from django.utils import timezone

from ats.accounts.models import Role, User
from ats.calendars.models import BusyTime, CalendarSubscription
from ats.mail import arrivals
from ats.models import (
    Activity,
    ApiToken,
    ApprovalRequest,
    ChatRoom,
    IncomingMail,
    Notification,
    OutgoingMail,
    SmsAccount,
)
from candidates.compose import letters
from candidates.data_requests import actions as data_requests
from candidates.documents.actions import attach
from candidates.matters.domain.points import key_of
from candidates.models import (
    AloneConfirmed,
    AlonePlanned,
    AnotherWay,
    Application,
    AvailabilityRequest,
    BookingRequest,
    BulkItem,
    BulkRun,
    Candidate,
    ClientWord,
    Document,
    FollowedFilter,
    FollowUp,
    FurtherAddress,
    HireRecord,
    Interview,
    InterviewSeat,
    KeptFrom,
    KnownFact,
    Merge,
    Message,
    Note,
    Offer,
    OfferTerms,
    Ownership,
    Promise,
    ProposedTime,
    ResumeDraft,
    ResumeReading,
    Review,
    Rule,
    RuleAct,
    SavedFilter,
    Scorecard,
    Sequence,
    SequenceRun,
    Shadowing,
    ShadowingRules,
    Signal,
    SignalPerson,
    StepTask,
    Submission,
    TalentMember,
    TalentPool,
)
from candidates.offers import actions as offers
from candidates.resumes.domain.reader import VERSION
from partners.checkins.models import CheckIn, CheckInAction
from partners.declined.actions import Declined, decline
from partners.intake.models import Brief, CalibrationVerdict, OtherWords, Profile
from partners.intake.queries import said_now
from partners.models import (
    Advice,
    Agreement,
    BriefVersion,
    Commitment,
    Contradiction,
    CorrectionStep,
    CourseCorrection,
    DeclinedAddition,
    DeclinedReader,
    DeclinedRequest,
    Delegation,
    ExerciseDone,
    HireOutcome,
    Keepsake,
    LookBack,
    OutcomeReview,
    Partnership,
    PathRead,
    Retrospective,
    Signature,
)
from partners.partnerships.actions import begin
from requisitions.models import JobPost, Opening, PlannedInterview, Question, Requisition, Stage
from requisitions.wording.models import Misreading
from tests import factories

MARK = "Xylander"
"""Stands in everything that a stranger must not read."""


@dataclass
class World:
    """A confidential role of somebody else, with one of everything in it, and the numbers of all that."""

    numbers: dict[str, Any]

    def address(self, pattern: URLPattern) -> str | None:
        names = list(pattern.pattern.converters)
        if not all(name in self.numbers for name in names):
            return None
        return reverse(pattern.name, kwargs={name: self.numbers[name] for name in names})


@dataclass
class Ground:
    """What everything else is about."""

    now: datetime
    role: Requisition
    post: JobPost
    application: Application
    partnership: Partnership


@pytest.fixture
def world(db: None) -> World:
    return make_world()


def make_world(*, confidential: bool = True) -> World:
    ground = _ground(confidential=confidential)
    parts = (_role, _conversation, _meeting, _keys, _brief, _talk, _declined, _afterwards)
    numbers = {name: number for part in parts for name, number in part(ground).items()}
    return World(numbers)


def _ground(*, confidential: bool) -> Ground:
    now = timezone.now()
    role = factories.make_requisition(
        confidential=confidential, title=f"{MARK} engineer", must_haves=(f"{MARK} skill",)
    )
    post = factories.make_post(role, title=f"{MARK} post", state="draft")
    candidate = factories.make_candidate(first_name=MARK, last_name=MARK, only_confidential=confidential)
    application = factories.make_application(
        candidate=candidate, requisition=role, stage_kind="review", matters=MARK
    )
    return Ground(now, role, post, application, begin(requisition=role, now=now))


def _role(of: Ground) -> dict[str, Any]:
    return {
        "requisition_id": of.role.pk,
        "stage_id": of.role.stages.get(kind="review").pk,
        "planned_id": factories.make_planned(of.role, name=MARK).pk,
        "member_id": of.role.members.first().pk,
        "criterion_id": of.role.criteria.get().pk,
        "step": "facts",
        "post_id": of.post.pk,
        "slug": of.post.slug,
        "question_id": factories.make_question(of.post, label=MARK).pk,
        "number": 1,
    }


def _conversation(of: Ground) -> dict[str, Any]:
    """What the candidate handed in, what was said, and what somebody is asked about it."""
    application, role, now = of.application, of.role, of.now
    document = attach(
        candidate=application.candidate,
        application=application,
        kind="resume",
        upload=SimpleUploadedFile("cv.txt", f"{MARK} was here".encode()),
        by=None,
        now=now,
    )
    review = Review.objects.create(
        application=application,
        reviewer=role.hiring_manager,
        requested_by=role.recruiter,
        requested_at=now,
        due_at=now,
    )
    message = Message.objects.create(
        candidate=application.candidate, application=application, direction="in", body=MARK, said_at=now
    )
    word = ClientWord.objects.create(
        application=application,
        name=MARK,
        words=MARK,
        said_by=MARK,
        said_on=now,
        noted_by=role.recruiter,
        noted_at=now,
    )
    Submission.objects.create(
        application=application, candidate=application.candidate, organisation=role.organisation,
        text=MARK, words=MARK, way="telephone", state="no", answered_at=now, said_on=now, noted_by=role.recruiter,
    )  # fmt: skip
    own = letters.own_words(MARK, MARK)
    mail = letters.queue("conversation.message", application=application, key="world", now=now, words=own)
    step = FollowUp.objects.create(
        application=application, candidate=application.candidate, step="own-1", due_at=now + timedelta(days=1),
        payload={"label": MARK}, idempotency_key=f"world-{application.pk}",
    )  # fmt: skip
    task = StepTask.objects.create(
        follow_up=step, application=application, owner=role.recruiter, what=MARK, asked_at=now
    )
    correction = data_requests.ask_for_correction(candidate=application.candidate, text=MARK, now=now)
    complaint = data_requests.complain(candidate=application.candidate, text=MARK, now=now)
    many = BulkRun.objects.create(by=role.recruiter, kind="tag", parameters={"tags": [MARK], "adds": True})
    BulkItem.objects.create(run=many, candidate=application.candidate, application=application, why=MARK)
    saved = SavedFilter.objects.create(owner=role.recruiter, name=f"{MARK} {application.pk}", asked="q=x")
    FollowedFilter.objects.create(
        filter=saved, user=role.recruiter, due_at=now + timedelta(days=1), looked_at=now
    )
    pool = TalentPool.objects.create(
        organisation=role.organisation, name=f"Kept {role.pk}", purpose="Kept for later", owner=role.recruiter
    )
    member = TalentMember.objects.create(
        pool=pool, candidate=application.candidate, added_by=role.recruiter, added_at=now, why=MARK
    )
    sequence = Sequence.objects.create(
        organisation=role.organisation, name=f"Written {role.pk}", made_by=role.recruiter
    )
    sequence.steps.create(position=0, subject="Hello", body="Hello")
    writing = SequenceRun.objects.create(
        sequence=sequence, candidate=application.candidate, owner=role.recruiter, began_at=now
    )
    writing.mails.create(position=0, wait_days=0, subject=MARK, body=MARK, due_at=now + timedelta(days=1))
    told = Notification.objects.create(
        user=role.recruiter, kind="mention", key="world", text=MARK, link="/", at=now
    )
    rule = Rule.objects.create(
        organisation=application.requisition.organisation, requisition=application.requisition, name=MARK,
        when="arrives", actions=[{"act": "tag", "tags": [MARK]}], owner=role.recruiter,
    )  # fmt: skip
    act = RuleAct.objects.create(
        rule=rule, application=application, occasion="world", version=1, state="delayed", why=MARK, noticed_at=now,
        due_at=now + timedelta(days=1), seen=application.version,
    )  # fmt: skip
    signal = Signal.objects.create(kind="unseen", key=f"{application.pk:064}", found_at=now, reason=MARK)
    SignalPerson.objects.create(signal=signal, candidate=application.candidate, found_at=now)
    return {
        "house_rule_id": rule.pk,
        "act_id": act.pk,
        "signal_id": signal.pk,
        "run_id": many.pk,
        "talent_pool_id": pool.pk,
        "talent_member_id": member.pk,
        "sequence_id": sequence.pk,
        "sequence_run_id": writing.pk,
        "notification_id": told.pk,
        "filter_id": saved.pk,
        "candidate_id": application.candidate_id,
        **_known_twice(application),
        "data_correction_id": correction.pk,
        "data_complaint_id": complaint.pk,
        "application_id": application.pk,
        "key": key_of(MARK),
        "word_id": word.pk,
        "follow_up_id": step.pk,
        "task_id": task.pk,
        "document_id": document.pk,
        "incoming_id": _came_in(application).pk,
        "review_id": review.pk,
        "message_id": message.pk,
        "mail_id": mail.pk,
        "note_id": factories.make_note(application, role.recruiter, body=MARK).pk,
    }


def _known_twice(application: Application) -> dict[str, int]:
    """Another address of the candidate, somebody who is alike, and a record that was put together with theirs."""
    candidate, by = application.candidate, application.requisition.recruiter
    further = FurtherAddress.objects.create(
        candidate=candidate, kind="email", value=f"{MARK}{application.pk}@example.org",
        key=f"{MARK}{application.pk}@example.org".lower(),
        is_beside=candidate.only_confidential, label=MARK,
    )  # fmt: skip
    twin = factories.make_application(
        candidate=factories.make_candidate(last_name=MARK, only_confidential=candidate.only_confidential),
        requisition=application.requisition,
    ).candidate
    lost = factories.make_candidate(first_name="", last_name="", email="", merged_into=candidate)
    merge = Merge.objects.create(
        kept=candidate,
        lost=lost,
        by=by,
        merged_at=factories.NOW,
        why=MARK,
        before={"lost": {"first_name": MARK}},
    )
    return {"address_id": further.pk, "twin_id": twin.pk, "merge_id": merge.pk} | _read_of(application, by)


def _read_of(application: Application, by: User) -> dict[str, int]:
    """What was read of the candidate, what of it was confirmed, and a résumé dropped by whoever recruits them."""
    candidate = application.candidate
    document = Document.objects.filter(candidate=candidate).first()
    facts = {"headline": {"value": MARK, "confidence": "sure", "more": ""}}
    reading = ResumeReading.objects.filter(document=document).first() or ResumeReading(document=document)
    reading.candidate, reading.form, reading.state, reading.facts = candidate, VERSION, "read", facts
    reading.save()
    fact = KnownFact.objects.create(candidate=candidate, kind="skill", value=MARK, key=MARK)
    draft = ResumeDraft.objects.create(
        by=by, filename=MARK, kind="txt", size=1, file=SimpleUploadedFile("x", b"x")
    )
    return {"reading_id": reading.pk, "fact_id": fact.pk, "draft_id": draft.pk}


def _came_in(application: Application) -> IncomingMail:
    """A colleague wrote to the candidate's address by mistake: a person has to see to it."""
    content = f"From: {MARK} <a@b.example>\r\nSubject: {MARK}\r\n\r\n{MARK} {application.pk}\r\n".encode()
    row, _ = arrivals.keep(content, source="file", now=timezone.now())
    row.state, row.why, row.kind = "open", "colleague", "letter"
    for name, value in application.about().items():
        setattr(row, name, value)
    row.save()
    return row


def _meeting(of: Ground) -> dict[str, Any]:
    """An interview from the question for times to the evidence."""
    application, role, now = of.application, of.role, of.now
    asked = {"application": application, "asked_by": role.recruiter, "asked_at": now}
    interview = factories.make_interview(
        application, people=[role.hiring_manager], name=MARK, starts_at=now + timedelta(hours=1)
    )
    booking = BookingRequest.objects.create(
        **asked,
        earliest=now.date(),
        latest=now.date() + timedelta(days=7),
        expires_at=now + timedelta(days=7),
        note=MARK,
    )
    planned = factories.make_planned(role, name=MARK)
    times = AvailabilityRequest.objects.create(
        **asked, planned=planned, interviewer=role.hiring_manager, due_at=now
    )
    proposed = ProposedTime.objects.create(
        interview=interview,
        sequence=0,
        starts_at=now + timedelta(days=1),
        ends_at=now + timedelta(days=1, hours=1),
        comment=MARK,
        proposed_at=now,
    )
    AnotherWay.objects.create(
        application=application, trouble="came_back", detail=MARK, opened_at=now, due_at=now
    )
    scorecard = Scorecard.objects.create(
        interview=interview,
        application=application,
        interviewer=role.hiring_manager,
        private_notes=MARK,
        due_at=now,
    )
    return {
        "interview_id": interview.pk,
        "seat_id": interview.seats.get().pk,
        "booking_request_id": booking.pk,
        "availability_request_id": times.pk,
        "proposed_time_id": proposed.pk,
        "scorecard_id": scorecard.pk,
    }


def _keys(of: Ground) -> dict[str, Any]:
    """What the recruiter has of their own, and what they asked somebody to approve."""
    recruiter, now = of.role.recruiter, of.now
    subscription = CalendarSubscription.objects.create(
        user=recruiter, url=f"https://{MARK}.example/", due_at=now
    )
    token = ApiToken.objects.create(
        user=recruiter, name=MARK, prefix="x", token_hash=f"x{recruiter.pk}", scopes=[], created_at=now
    )
    busy = BusyTime.objects.create(user=recruiter, period=(now, now + timedelta(days=1)), label=MARK)
    asked = ApprovalRequest.objects.create(
        kind="opening",
        subject_id=of.role.pk,
        title=MARK,
        organisation=of.role.organisation,
        requested_by=recruiter,
        requested_at=now,
    )
    room = ChatRoom.objects.create(
        user=recruiter, name=MARK, service="mattermost", address="x", host="x", what=["late"]
    )
    account = SmsAccount.objects.create(
        organisation=of.role.organisation, provider="twilio", address="x", sender=MARK
    )
    return {
        "account_id": account.pk,
        "room_id": room.pk,
        "subscription_id": subscription.pk,
        "token_id": token.pk,
        "block_id": busy.pk,
        "approval_request_id": asked.pk,
    }


def _brief(of: Ground) -> dict[str, Any]:
    """The brief of both partners, who signs it, and what contradicts itself in it."""
    partnership, role, now = of.partnership, of.role, of.now
    brief = Brief.objects.get(partnership=partnership)
    version = BriefVersion.objects.create(
        partnership=partnership,
        number=1,
        content=said_now(partnership),
        settled_at=now,
        recruiter_yes_at=now,
        recruiter_yes_by=role.recruiter,
        manager_yes_at=now,
        manager_yes_by=role.hiring_manager,
    )
    signature = Signature.objects.create(
        version=version, function="hr", person=role.recruiter, asked_at=now, due_at=now
    )
    contradiction = Contradiction.objects.create(
        partnership=partnership, rule="bar_above_pay", said=MARK, key="x", raised_at=now, due_at=now
    )
    other = OtherWords.objects.create(brief=brief, code="sourcing", words=MARK, by=role.recruiter)
    profile = Profile.objects.create(brief=brief, sample=MARK, added_by=role.recruiter)
    return {
        "partnership_id": partnership.pk,
        "code": "sourcing",
        "other_id": other.pk,
        "profile_id": profile.pk,
        "signature_id": signature.pk,
        "contradiction_id": contradiction.pk,
    }


def _talk(of: Ground) -> dict[str, Any]:
    """What the partners promised each other, when they meet, and what they change."""
    partnership, role, now = of.partnership, of.role, of.now
    check_in = CheckIn.objects.filter(partnership=partnership).first() or CheckIn.objects.create(
        partnership=partnership, number=1, scheduled_at=now, agenda_at=now, skipped_at=now
    )
    own = {"side": "manager", "owner": role.hiring_manager, "text": MARK, "due_on": now.date()}
    action = CheckInAction.objects.create(check_in=check_in, **own)
    correction = CourseCorrection.objects.create(
        partnership=partnership,
        code="named",
        challenge=MARK,
        measure="new_candidates",
        started_by=role.recruiter,
        started_at=now,
        start_figure={"value": 0, "sample": 0, "days": 7},
        look_again_on=now.date(),
    )
    step = CorrectionStep.objects.create(correction=correction, lever="bar", **own)
    commitment = Commitment.objects.create(
        partnership=partnership,
        key="first_slate",
        kind="first_slate",
        side="recruiter",
        state="missed",
        started_at=now,
        started_by=1,
        due_at=now,
        until_at=now,
    )
    delegation = Delegation.objects.create(
        owner=role.hiring_manager,
        delegate=factories.make_user(Role.MANAGER),
        begins_at=now + timedelta(days=1),
        ends_at=now + timedelta(days=2),
    )
    advice = Advice.objects.create(
        partnership=partnership, rule="runs_dry", said=MARK, found={}, figures={}, found_at=now, looked_at=now
    )
    return {
        "check_in_id": check_in.pk,
        "action_id": action.pk,
        "correction_id": correction.pk,
        "step_id": step.pk,
        "commitment_id": commitment.pk,
        "delegation_id": delegation.pk,
        "advice_id": advice.pk,
    }


def _declined(of: Ground) -> dict[str, Any]:
    said = dict.fromkeys(("asked", "subject", "rule", "alternative"), MARK)
    record = decline(
        Declined(asked_at=of.now, asked_how="talk", ground="illegal", **said),
        by=of.role.recruiter,
        now=of.now,
        asked_by_id=of.role.hiring_manager_id,
        requisition_id=of.role.pk,
    )
    return {"declined_id": record.pk}


def _afterwards(of: Ground) -> dict[str, Any]:
    """An offer, what came of the hire, and what the partners keep."""
    offer = offers.draft(
        application_id=of.application.pk,
        by=of.role.recruiter,
        now=of.now,
        pay=Decimal(70000),
        starts_on=of.now.date() + timedelta(days=60),
        place=MARK,
    )
    return {
        "offer_id": offer.pk,
        "outcome_review_id": _a_review(of.application, of.partnership).pk,
        "keepsake_id": _look_back_at(of.partnership).pk,
    }


def _a_review(application: Application, partnership: Partnership) -> OutcomeReview:
    """As of somebody who was hired: the address is that of their application."""
    now, role = timezone.now(), application.requisition
    opening = role.openings.first() or Opening.objects.create(requisition=role, number=1)
    hire = HireRecord.objects.create(application=application, opening=opening, state="started")
    expected = [{"text": MARK, "by": "90 days"}]
    outcome = HireOutcome.objects.create(
        partnership=partnership, hire=hire, state="running", expected=expected
    )
    return OutcomeReview.objects.create(outcome=outcome, day=90, state="open", opens_at=now)


def _look_back_at(partnership: Partnership) -> Keepsake:
    """One of the two has looked back, and keeps something."""
    now, role = timezone.now(), partnership.requisition
    found = Retrospective.objects.create(partnership=partnership, due_at=now, remind_at=now)
    LookBack.objects.create(
        retrospective=found, side="recruiter", author=role.recruiter, helped=MARK, written_at=now
    )
    return Keepsake.objects.create(retrospective=found, code="why", text=MARK, by=role.recruiter, at=now)


def everything() -> dict[str, Any]:
    """What must be as it was when somebody has tried everything that they may not."""
    models = (
        AvailabilityRequest, BookingRequest, BusyTime, CalendarSubscription, Interview, InterviewSeat, PlannedInterview,
        ProposedTime, AnotherWay,
        Application, Candidate, Document, Message, Note, Promise, Review, Scorecard, Requisition, Stage, JobPost,
        Question, Offer, OfferTerms, HireRecord, Agreement, CheckIn, CheckInAction, ApiToken, ApprovalRequest,
        Misreading, OutgoingMail, Signature, Contradiction, Commitment, Delegation, Brief, OtherWords, Profile,
        CalibrationVerdict,
        DeclinedRequest, DeclinedAddition, DeclinedReader, HireOutcome, OutcomeReview, Advice,
        CourseCorrection, CorrectionStep,
        Retrospective, LookBack, Keepsake, KeptFrom, Submission, Ownership,
        PathRead, ExerciseDone, IncomingMail, Shadowing, ShadowingRules, AloneConfirmed, AlonePlanned,
    )  # fmt: skip
    rows = {model.__name__: list(model.objects.order_by("pk").values()) for model in models}
    # The private address of one's own calendar is everybody's to make.
    return rows | {"activities": Activity.objects.exclude(verb="calendar_link.changed").count()}
