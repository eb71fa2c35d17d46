"""Every address says who may open it, and a sweep visits each one as everybody who may not."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from ats.accounts.models import Role
from ats.calendars.models import BusyTime, CalendarSubscription
from ats.mail import arrivals
from ats.models import Activity, ApiToken, ApprovalRequest, IncomingMail, OutgoingMail
from candidates.compose import letters
from candidates.documents.actions import attach
from candidates.models import (
    AloneConfirmed,
    AlonePlanned,
    Application,
    AvailabilityRequest,
    BookingRequest,
    Candidate,
    Document,
    HireRecord,
    Interview,
    InterviewSeat,
    KeptFrom,
    Message,
    Note,
    Offer,
    OfferTerms,
    Promise,
    Review,
    Scorecard,
    Shadowing,
    ShadowingRules,
)
from candidates.offers import actions as offers
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

OWN_GATES = ("allauth", "drf_spectacular")
PROBES = {"healthz", "readyz"}
MARK = "Xylander"  # stands in everything that a stranger must not read


def patterns() -> list[URLPattern]:
    found: list[URLPattern] = []

    def walk(resolver: Any) -> None:
        for each in resolver.url_patterns:
            found.append(each) if isinstance(each, URLPattern) else walk(each)

    walk(get_resolver())
    return found


ALL = patterns()
OURS = [each for each in ALL if getattr(each.callback, "policy", "public") != "public"]


@pytest.mark.parametrize("pattern", ALL, ids=lambda pattern: pattern.name or str(pattern.pattern))
def test_every_address_declares_its_policy(pattern):
    view = pattern.callback
    if view.__module__.startswith(OWN_GATES) or pattern.name in PROBES:
        return
    if pattern.name == "api-root":  # names the resources and holds nothing of anybody's: any token will do
        assert [permission.__name__ for permission in view.cls.permission_classes] == ["IsAuthenticated"]
        return
    if hasattr(view, "cls"):  # an API resource: the token's scope, then what its user may see
        assert view.cls.scope
        assert "HasScope" in {permission.__name__ for permission in view.cls.permission_classes}
        return
    assert view.policy


@dataclass
class World:
    """A confidential role of somebody else, with one of everything in it, and the numbers of all that."""

    numbers: dict[str, Any]

    def address(self, pattern: URLPattern) -> str | None:
        names = list(pattern.pattern.converters)
        if not all(name in self.numbers for name in names):
            return None
        return reverse(pattern.name, kwargs={name: self.numbers[name] for name in names})


def a_review(application: Application, partnership: Partnership) -> OutcomeReview:
    """As of somebody who was hired: the address is that of their application."""
    now, role = timezone.now(), application.requisition
    opening = role.openings.first() or Opening.objects.create(requisition=role, number=1)
    hire = HireRecord.objects.create(application=application, opening=opening, state="started")
    expected = [{"text": MARK, "by": "90 days"}]
    outcome = HireOutcome.objects.create(
        partnership=partnership, hire=hire, state="running", expected=expected
    )
    return OutcomeReview.objects.create(outcome=outcome, day=90, state="open", opens_at=now)


@pytest.fixture
def world(db):
    now = timezone.now()
    requisition = factories.make_requisition(
        confidential=True, title=f"{MARK} engineer", must_haves=(f"{MARK} skill",)
    )
    post = factories.make_post(requisition, title=f"{MARK} post", state="draft")
    candidate = factories.make_candidate(first_name=MARK, last_name=MARK, only_confidential=True)
    application = factories.make_application(
        candidate=candidate, requisition=requisition, stage_kind="review"
    )
    document = attach(
        candidate=candidate,
        application=application,
        kind="resume",
        upload=SimpleUploadedFile("cv.txt", f"{MARK} was here".encode()),
        by=None,
        now=now,
    )
    review = Review.objects.create(
        application=application,
        reviewer=requisition.hiring_manager,
        requested_by=requisition.recruiter,
        requested_at=now,
        due_at=now,
    )
    message = Message.objects.create(
        candidate=candidate, application=application, direction="in", body=MARK, said_at=now
    )
    mail = letters.queue(
        "conversation.message",
        application=application,
        key="world",
        now=now,
        words=letters.own_words(MARK, MARK),
    )
    partnership = begin(requisition=requisition, now=now)
    version = BriefVersion.objects.create(
        partnership=partnership,
        number=1,
        content=said_now(partnership),
        settled_at=now,
        recruiter_yes_at=now,
        recruiter_yes_by=requisition.recruiter,
        manager_yes_at=now,
        manager_yes_by=requisition.hiring_manager,
    )
    signature = Signature.objects.create(
        version=version, function="hr", person=requisition.recruiter, asked_at=now, due_at=now
    )
    contradiction = Contradiction.objects.create(
        partnership=partnership, rule="bar_above_pay", said=MARK, key="x", raised_at=now, due_at=now
    )
    check_in = CheckIn.objects.filter(partnership=partnership).first() or CheckIn.objects.create(
        partnership=partnership, number=1, scheduled_at=now, agenda_at=now, skipped_at=now
    )
    action = CheckInAction.objects.create(
        check_in=check_in, side="manager", owner=requisition.hiring_manager, text=MARK, due_on=now.date()
    )
    correction = CourseCorrection.objects.create(
        partnership=partnership,
        code="named",
        challenge=MARK,
        measure="new_candidates",
        started_by=requisition.recruiter,
        started_at=now,
        start_figure={"value": 0, "sample": 0, "days": 7},
        look_again_on=now.date(),
    )
    step = CorrectionStep.objects.create(
        correction=correction,
        lever="bar",
        side="manager",
        owner=requisition.hiring_manager,
        text=MARK,
        due_on=now.date(),
    )
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
        owner=requisition.hiring_manager,
        delegate=factories.make_user(Role.MANAGER),
        begins_at=now + timedelta(days=1),
        ends_at=now + timedelta(days=2),
    )
    interview = factories.make_interview(
        application, people=[requisition.hiring_manager], name=MARK, starts_at=now + timedelta(hours=1)
    )
    subscription = CalendarSubscription.objects.create(
        user=requisition.recruiter, url=f"https://{MARK}.example/", due_at=now
    )
    token = ApiToken.objects.create(
        user=requisition.recruiter, name=MARK, prefix="x", token_hash="x", scopes=[], created_at=now
    )
    asked = ApprovalRequest.objects.create(
        kind="opening",
        subject_id=requisition.pk,
        title=MARK,
        organisation=requisition.organisation,
        requested_by=requisition.recruiter,
        requested_at=now,
    )
    booking = BookingRequest.objects.create(
        application=application,
        asked_by=requisition.recruiter,
        asked_at=now,
        earliest=now.date(),
        latest=now.date() + timedelta(days=7),
        expires_at=now + timedelta(days=7),
        note=MARK,
    )
    times = AvailabilityRequest.objects.create(
        application=application,
        planned=factories.make_planned(requisition, name=MARK),
        interviewer=requisition.hiring_manager,
        asked_by=requisition.recruiter,
        asked_at=now,
        due_at=now,
    )
    scorecard = Scorecard.objects.create(
        interview=interview,
        application=application,
        interviewer=requisition.hiring_manager,
        private_notes=MARK,
        due_at=now,
    )
    offer = offers.draft(
        application_id=application.pk,
        by=requisition.recruiter,
        now=now,
        pay=Decimal(70000),
        starts_on=now.date() + timedelta(days=60),
        place=MARK,
    )
    brief = Brief.objects.get(partnership=partnership)
    other = OtherWords.objects.create(brief=brief, code="sourcing", words=MARK, by=requisition.recruiter)
    profile = Profile.objects.create(brief=brief, sample=MARK, added_by=requisition.recruiter)
    declined = decline(
        Declined(
            asked_at=now,
            asked_how="talk",
            asked=MARK,
            subject=MARK,
            ground="illegal",
            rule=MARK,
            alternative=MARK,
        ),
        by=requisition.recruiter,
        now=now,
        asked_by_id=requisition.hiring_manager_id,
        requisition_id=requisition.pk,
    )
    outcome_review = a_review(application, partnership)
    advice = Advice.objects.create(
        partnership=partnership, rule="runs_dry", said=MARK, found={}, figures={}, found_at=now, looked_at=now
    )
    return World(
        {
            "outcome_review_id": outcome_review.pk,
            "advice_id": advice.pk,
            "declined_id": declined.pk,
            "offer_id": offer.pk,
            "approval_request_id": asked.pk,
            "requisition_id": requisition.pk,
            "stage_id": requisition.stages.get(kind="review").pk,
            "planned_id": factories.make_planned(requisition, name=MARK).pk,
            "member_id": requisition.members.first().pk,
            "step": "facts",
            "post_id": post.pk,
            "slug": post.slug,
            "question_id": factories.make_question(post, label=MARK).pk,
            "candidate_id": candidate.pk,
            "application_id": application.pk,
            "document_id": document.pk,
            "incoming_id": came_in(application).pk,
            "number": 1,
            "review_id": review.pk,
            "message_id": message.pk,
            "mail_id": mail.pk,
            "note_id": factories.make_note(application, requisition.recruiter, body=MARK).pk,
            "partnership_id": partnership.pk,
            "check_in_id": check_in.pk,
            "commitment_id": commitment.pk,
            "delegation_id": delegation.pk,
            "action_id": action.pk,
            "correction_id": correction.pk,
            "step_id": step.pk,
            "signature_id": signature.pk,
            "contradiction_id": contradiction.pk,
            "token_id": token.pk,
            "interview_id": interview.pk,
            "seat_id": interview.seats.get().pk,
            "booking_request_id": booking.pk,
            "availability_request_id": times.pk,
            "subscription_id": subscription.pk,
            "block_id": BusyTime.objects.create(
                user=requisition.recruiter, period=(now, now + timedelta(days=1)), label=MARK
            ).pk,
            "scorecard_id": scorecard.pk,
            "code": "sourcing",
            "criterion_id": requisition.criteria.get().pk,
            "other_id": other.pk,
            "profile_id": profile.pk,
            "keepsake_id": look_back_at(partnership).pk,
        }
    )


def came_in(application: Application) -> IncomingMail:
    """A colleague wrote to the candidate's address by mistake: a person has to see to it."""
    content = f"From: {MARK} <a@b.example>\r\nSubject: {MARK}\r\n\r\n{MARK}\r\n".encode()
    row, _ = arrivals.keep(content, source="file", now=timezone.now())
    row.state, row.why, row.kind = "open", "colleague", "letter"
    for name, value in application.about().items():
        setattr(row, name, value)
    row.save()
    return row


def look_back_at(partnership: Any) -> Keepsake:
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
        Application, Candidate, Document, Message, Note, Promise, Review, Scorecard, Requisition, Stage, JobPost,
        Question, Offer, OfferTerms, HireRecord, Agreement, CheckIn, CheckInAction, ApiToken, ApprovalRequest,
        Misreading, OutgoingMail, Signature, Contradiction, Commitment, Delegation, Brief, OtherWords, Profile,
        CalibrationVerdict,
        DeclinedRequest, DeclinedAddition, DeclinedReader, HireOutcome, OutcomeReview, Advice,
        CourseCorrection, CorrectionStep,
        Retrospective, LookBack, Keepsake, KeptFrom,
        PathRead, ExerciseDone, IncomingMail, Shadowing, ShadowingRules, AloneConfirmed, AlonePlanned,
    )  # fmt: skip
    rows = {model.__name__: list(model.objects.order_by("pk").values()) for model in models}
    # The private address of one's own calendar is everybody's to make.
    return rows | {"activities": Activity.objects.exclude(verb="calendar_link.changed").count()}


def let_go(answer: Any) -> None:
    """Close the file of a download; `answer.close()` would close the test's database connection too."""
    for close in answer._resource_closers:
        close()


def with_number(pattern: URLPattern) -> bool:
    return bool(pattern.pattern.converters)


def test_the_world_has_a_number_for_every_kind_of_address(world):
    mine = {name for each in OURS if each.callback.policy == "signed in" for name in each.pattern.converters}
    assert mine - set(world.numbers) == set()


def test_nobody_gets_in_without_signing_in(client, world):
    before = everything()
    for pattern in OURS:
        address = world.address(pattern)
        for method in (client.get, client.post):
            if address is not None:
                answer = method(address)
                if answer.status_code != 405:
                    assert answer.status_code == 302, f"{address} answered {answer.status_code}"
                    assert answer["Location"].startswith("/accounts/login/"), address
    assert everything() == before


@pytest.mark.parametrize(
    "role", [Role.RECRUITER, Role.COORDINATOR, Role.MANAGER, Role.INTERVIEWER, Role.STAKEHOLDER]
)
def test_a_stranger_finds_nothing_and_changes_nothing(client, world, role):
    client.force_login(factories.make_user(role))
    before = everything()
    for pattern in OURS:
        address = world.address(pattern)
        if address is None:
            continue
        for method in (client.get, client.post):
            answer = method(address)
            body = b"".join(answer) if answer.streaming else answer.content
            let_go(answer)
            assert MARK not in body.decode(errors="replace"), f"{address} tells {role} of it"
            if with_number(pattern):
                # A form without its fields is answered before anything is looked up; it says nothing.
                empty_form = {302, 422} if answer.request["REQUEST_METHOD"] == "POST" else set()
                allowed = {403, 404, 405} | empty_form
                assert answer.status_code in allowed, f"{address} answered {answer.status_code}"
            else:
                assert answer.status_code < 500, f"{address} answered {answer.status_code}"
    assert everything() == before


@pytest.mark.parametrize("role", [Role.LEAD, Role.ADMIN])
def test_overseers_can_open_every_page(client, world, role):
    client.force_login(factories.make_user(role))
    for pattern in OURS:
        address = world.address(pattern)
        if address is not None:
            answer = client.get(address)
            let_go(answer)
            assert answer.status_code in {200, 204, 302, 403, 404, 405}, (
                f"{address} answered {answer.status_code}"
            )
