"""How applications come in."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ats.activity.models import Activity
from ats.kernel.errors import Conflict, Invalid, Missing, WrongState
from candidates.applications import actions
from candidates.models import Answer, Application, Candidate, Document, FollowUp
from tests.candidates.helpers import at_once, days, hours, mails, open_one, run_lane, submission
from tests.factories import (
    NOW,
    make_application,
    make_candidate,
    make_post,
    make_question,
    make_requisition,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db


def text_file(name: str = "resume.txt", text: bytes = b"Ten years of Python.") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text, content_type="text/plain")


class TestApplying:
    def test_everything_that_was_typed_is_kept(self) -> None:
        post = make_post()
        why = make_question(post, "long", required=True)
        applied = actions.apply(
            submission=submission(
                post,
                phone="+49 30 1234567",
                cover_letter="  I build things.  ",
                resume=text_file(),
                answers={why.pk: "Because."},
                consent_pool=True,
                source_code="careers site",
                source_detail={"utm_campaign": "autumn"},
                time_zone="Europe/Berlin",
            ),
            now=NOW,
        )
        application, candidate = applied.application, applied.candidate
        assert applied.outcome == "received"
        assert (candidate.name, candidate.email, candidate.time_zone) == (
            "Robin Example",
            "robin@example.com",
            "Europe/Berlin",
        )
        assert candidate.pool_consent_until == days(365)
        assert application.cover_letter == "I build things."
        assert application.submitted == {
            "first_name": "Robin",
            "last_name": "Example",
            "email": "robin@example.com",
            "phone": "+49 30 1234567",
            "consent_pool": True,
        }
        assert (application.source and application.source.name) == "Careers site"
        assert application.source_detail == {"utm_campaign": "autumn", "code": "careers site"}
        assert (application.applied_at, application.stage_entered_at, application.last_activity_at) == (
            NOW,
        ) * 3
        assert (application.stage.kind, application.version, application.post) == ("applied", 1, post)
        assert Answer.objects.values_list("label", "value").get() == (why.label, "Because.")
        assert (Document.objects.get().kind, Document.objects.get().application) == ("resume", application)
        assert open_one(application).what == "First answer"
        steps = FollowUp.objects.exclude(step="survey_applied")  # of those who are drawn
        assert steps.get().step == "acknowledgement"
        received = Activity.objects.get(verb="application.received")
        assert (received.actor_kind, received.actor_id, received.actor_name) == (
            "candidate",
            candidate.pk,
            "",
        )
        assert (received.requisition_id, received.candidate_id) == (post.requisition_id, candidate.pk)

    def test_the_same_person_by_another_spelling_of_the_address(self) -> None:
        first, second = make_post(), make_post()
        one = actions.apply(submission=submission(first, email="Robin@Example.com"), now=NOW)
        two = actions.apply(
            submission=submission(second, email=" robin@example.COM ", first_name="Mallory"), now=hours(1)
        )
        assert one.candidate == two.candidate
        assert Candidate.objects.get().email == "Robin@Example.com"

    def test_what_is_known_of_a_person_is_never_overwritten_by_a_stranger(self) -> None:
        known = make_candidate(email="robin@example.com", phone="+49 30 1", time_zone="Asia/Tokyo")
        applied = actions.apply(
            submission=submission(
                make_post(),
                first_name="Mallory",
                last_name="Other",
                phone="666",
                consent_pool=True,
                time_zone="Europe/Berlin",
            ),
            now=NOW,
        )
        fresh = Candidate.objects.get()
        assert applied.candidate == known
        assert (fresh.first_name, fresh.last_name, fresh.phone) == ("Robin", known.last_name, "+49 30 1")
        assert (fresh.time_zone, fresh.pool_consent_at) == ("Asia/Tokyo", None)
        assert applied.application.submitted["first_name"] == "Mallory"
        assert applied.application.submitted["consent_pool"] is True

    @pytest.mark.ordinary_day
    def test_twice_for_one_job_stores_nothing_and_tells_the_owner_of_the_address(self) -> None:
        post = make_post()
        actions.apply(submission=submission(post), now=NOW)
        again = actions.apply(
            submission=submission(post, resume=text_file(), first_name="Mallory"), now=hours(1)
        )
        assert again.outcome == "already"
        assert Application.objects.count() == 1
        assert Document.objects.count() == 0
        (mail,) = mails("application.already")
        assert mail.to == "robin@example.com"
        actions.apply(submission=submission(post), now=hours(1.5))
        assert len(mails("application.already")) == 1  # nobody can fill a letterbox
        actions.apply(submission=submission(post), now=hours(2.5))
        assert len(mails("application.already")) == 2

    @pytest.mark.parametrize("state", ["rejected", "withdrawn"])
    def test_again_after_the_first_has_ended(self, state: str) -> None:
        post = make_post()
        candidate = make_candidate(email="robin@example.com")
        make_application(requisition=post.requisition, candidate=candidate, state=state)
        applied = actions.apply(submission=submission(post), now=days(1))
        assert applied.outcome == "received"
        assert candidate.applications.filter(state="active").get() == applied.application

    @pytest.mark.parametrize("state", ["draft", "closed"])
    def test_only_for_a_live_post(self, state: str) -> None:
        with pytest.raises(WrongState):
            actions.apply(submission=submission(make_post(state=state)), now=NOW)

    @pytest.mark.parametrize("state", ["on_hold", "filled", "closed", "cancelled"])
    def test_only_for_an_open_requisition(self, state: str) -> None:
        with pytest.raises(WrongState):
            actions.apply(submission=submission(make_post(make_requisition(state))), now=NOW)

    def test_who_comes_through_a_confidential_role_stays_known_to_few(self) -> None:
        secret, public = make_post(make_requisition(confidential=True)), make_post()
        candidate = actions.apply(submission=submission(secret), now=NOW).candidate
        other = actions.apply(submission=submission(public), now=hours(1)).candidate
        candidate.refresh_from_db()
        assert (candidate.only_confidential, other.only_confidential, other.pk == candidate.pk) == (
            True, False, False,
        )  # fmt: skip
        again = actions.apply(submission=submission(secret), now=hours(2))
        assert (again.candidate, again.outcome) == (candidate, "already")

    @pytest.mark.parametrize(
        ("facts", "field"),
        [
            ({"email": ""}, "email"),
            ({"email": "nobody"}, "email"),
            ({"first_name": " ", "last_name": ""}, "first_name"),
            ({"first_name": "x" * 101}, "first_name"),
            ({"cover_letter": "x" * 20_001}, "cover_letter"),
            ({"resume": text_file("cv.exe", b"MZ\x90\x00" * 30)}, "resume"),
        ],
    )
    def test_a_mistake_names_its_field_and_stores_nothing(self, facts: dict[str, object], field: str) -> None:
        with pytest.raises(Invalid) as caught:
            actions.apply(submission=submission(make_post(), **facts), now=NOW)
        assert caught.value.field == field
        assert not Candidate.objects.exists()
        assert not Application.objects.exists()


class TestQuestions:
    @pytest.mark.parametrize(
        ("kind", "given", "stored"),
        [
            ("short", " Yes ", "Yes"),
            ("long", "One\nTwo", "One\nTwo"),
            ("choice", "Two", "Two"),
            ("several", ["One", "Three"], ["One", "Three"]),
            ("several", "One", ["One"]),
            ("yes_no", "yes", True),
            ("yes_no", "no", False),
            ("yes_no", False, False),
        ],
    )
    def test_answers_by_kind(self, kind: str, given: object, stored: object) -> None:
        post = make_post()
        question = make_question(post, kind, required=True)
        actions.apply(submission=submission(post, answers={question.pk: given}), now=NOW)
        assert Answer.objects.get().value == stored

    @pytest.mark.parametrize(
        ("kind", "given"),
        [
            ("short", "x" * 501),
            ("short", ["a", "list"]),
            ("long", "x" * 20_001),
            ("choice", "Four"),
            ("choice", ["One"]),
            ("several", ["One", "Four"]),
            ("yes_no", "perhaps"),
            ("yes_no", ["yes"]),
            ("file", "not a file"),
            ("short", ""),
            ("several", []),
            ("yes_no", None),
        ],
    )
    def test_what_makes_no_sense_is_refused_beside_its_question(self, kind: str, given: object) -> None:
        post = make_post()
        question = make_question(post, kind, required=True)
        with pytest.raises(Invalid) as caught:
            actions.apply(submission=submission(post, answers={question.pk: given}), now=NOW)
        assert caught.value.field == f"question_{question.pk}"

    def test_a_file_goes_to_the_documents(self) -> None:
        post = make_post()
        question = make_question(post, "file")
        actions.apply(submission=submission(post, answers={question.pk: text_file("sample.txt")}), now=NOW)
        answer = Answer.objects.select_related("document").get()
        assert answer.value == "sample.txt"
        assert answer.document is not None
        assert answer.document.kind == "answer"

    def test_removed_and_foreign_questions_are_not_stored(self) -> None:
        post = make_post()
        gone = make_question(post, removed_at=NOW, required=True)
        foreign = make_question(make_post())
        actions.apply(submission=submission(post, answers={gone.pk: "x", foreign.pk: "y"}), now=NOW)
        assert not Answer.objects.exists()


class TestAdding:
    def test_a_recruiter_takes_somebody_up_for_a_role(self) -> None:
        requisition, candidate, source = make_requisition(), make_candidate(), make_source()
        application = actions.add_application(
            candidate_id=candidate.pk,
            requisition_id=requisition.pk,
            by=requisition.recruiter,
            now=NOW,
            source=source,
        )
        assert (application.stage.kind, application.source) == ("applied", source)
        assert open_one(application).what == "First answer"
        run_lane("follow-ups", NOW)
        assert mails("application.acknowledged") == []  # they have not applied
        assert Activity.objects.get(verb="application.added").actor_id == requisition.recruiter_id
        with pytest.raises(Conflict):
            actions.add_application(
                candidate_id=candidate.pk, requisition_id=requisition.pk, by=requisition.recruiter, now=NOW
            )

    @pytest.mark.parametrize("role", ["manager", "interviewer", "stakeholder"])
    def test_nobody_else(self, role: str) -> None:
        requisition, candidate = make_requisition(), make_candidate()
        with pytest.raises(Missing):
            actions.add_application(
                candidate_id=candidate.pk, requisition_id=requisition.pk, by=make_user(role), now=NOW
            )

    def test_only_for_an_open_role(self) -> None:
        requisition, candidate = make_requisition("on_hold"), make_candidate()
        with pytest.raises(WrongState):
            actions.add_application(
                candidate_id=candidate.pk, requisition_id=requisition.pk, by=requisition.recruiter, now=NOW
            )


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_one_new_person_twice_at_the_same_moment(self) -> None:
        post = make_post()
        outcomes = at_once(*[lambda: actions.apply(submission=submission(post), now=NOW)] * 4)
        assert sorted(applied.outcome for applied in outcomes) == ["already"] * 3 + ["received"]
        assert Candidate.objects.count() == Application.objects.count() == 1

    def test_one_person_for_two_jobs_at_the_same_moment(self) -> None:
        posts = [make_post(), make_post()]
        outcomes = at_once(
            *[lambda post=post: actions.apply(submission=submission(post), now=NOW) for post in posts]
        )
        assert [applied.outcome for applied in outcomes] == ["received", "received"]
        assert Candidate.objects.count() == 1
        assert Application.objects.count() == 2

    def test_nobody_slips_into_a_role_while_it_ends(self) -> None:
        post = make_post()
        requisition = post.requisition
        make_application(requisition=requisition)

        def sweep() -> int:
            return actions.sweep(
                requisition_id=requisition.pk,
                reason="role-closed",
                message=("Your application", "The role is closed."),
                by=requisition.recruiter,
                now=NOW,
                new_state="closed",
                end_reason="No budget",
            )

        def apply(number: int) -> str:
            return actions.apply(
                submission=submission(post, email=f"robin{number}@example.com"), now=NOW
            ).outcome

        outcomes = at_once(sweep, *[lambda number=number: apply(number) for number in range(6)])
        assert not Application.objects.active().exists()
        received = outcomes[1:].count("received")
        assert outcomes[0] == 1 + received
        assert all(outcome == "received" or isinstance(outcome, WrongState) for outcome in outcomes[1:])
