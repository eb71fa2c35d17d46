"""What pages read."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from candidates.applications import actions, queries
from candidates.applications.queries import Entry
from candidates.conversation import actions as conversation
from candidates.models import Application
from requisitions.models import Side, TeamRole
from tests.candidates.helpers import days, hours, mails, run_lane, submission, whole
from tests.factories import (
    NOW,
    add_member,
    make_application,
    make_message,
    make_note,
    make_post,
    make_requisition,
    make_user,
    stage,
)
from tests.smtp import Catcher

pytestmark = pytest.mark.django_db


def lines(entries: list[Entry]) -> list[tuple[str, str, str]]:
    return [(entry.kind, entry.who, entry.text) for entry in reversed(entries)]


def count(read: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as seen:
        read()
    return len(seen)


@pytest.fixture
def lived(smtp: Catcher) -> Application:
    """An application with a story: applied, moved, asked, answered, noted."""
    post = make_post()
    application = actions.apply(submission=submission(post), now=NOW).application
    requisition = application.requisition
    recruiter = requisition.recruiter
    run_lane("follow-ups", NOW)
    run_lane("mail", NOW)
    actions.move(
        application_id=application.pk, stage_id=stage(requisition, "interview").pk, by=recruiter, now=hours(1)
    )
    conversation.receive(candidate=application.candidate, application=application, body="When?", now=hours(2))
    actions.add_note(
        application_id=application.pk,
        body="Ask about pay",
        by=recruiter,
        now=hours(3),
        visibility="recruiters",
    )
    conversation.send(
        application_id=application.pk, subject="Soon", body="On Monday.", by=recruiter, now=hours(4)
    )
    return whole(application)


class TestTimelines:
    def test_the_team_reads_all_of_it(self, lived: Application) -> None:
        recruiter = lived.requisition.recruiter
        assert lines(queries.timeline(lived, recruiter)) == [
            ("activity", "Robin Example", "applied"),
            ("mail", str(recruiter), f"sent: We received your application for {lived.requisition.title}"),
            ("activity", str(recruiter), "moved from Applied to Interview"),
            ("message", "Robin Example", "wrote"),
            ("note", str(recruiter), "wrote a note"),
            ("message", str(recruiter), "wrote: Soon"),
        ]
        by_text = {entry.text: entry for entry in queries.timeline(lived, recruiter)}
        assert by_text["wrote: Soon"].status == "On its way"
        assert by_text["wrote: Soon"].body == "On Monday."
        assert by_text["wrote a note"].visibility == "Recruiters only"
        mail = next(entry for entry in by_text.values() if entry.kind == "mail")
        assert (mail.status, mail.body) == ("Delivered", "")

    def test_the_manager_does_not_read_what_is_for_recruiters(self, lived: Application) -> None:
        kinds = [entry.kind for entry in queries.timeline(lived, lived.requisition.hiring_manager)]
        assert "note" not in kinds
        assert kinds.count("message") == 2

    def test_who_is_only_asked_reads_its_way(self, lived: Application) -> None:
        assert lines(queries.timeline(lived, make_user("interviewer"))) == [
            ("activity", "Robin Example", "applied"),
            ("activity", str(lived.requisition.recruiter), "moved from Applied to Interview"),
        ]

    def test_the_candidate_reads_their_own_version(self, lived: Application) -> None:
        recruiter = lived.requisition.recruiter
        assert lines(queries.candidate_timeline(lived)) == [
            ("activity", "", "You applied"),
            ("activity", "", "You reached the next step: Interview"),
            ("message", "You", "wrote"),
        ]
        run_lane("mail", hours(4))
        assert lines(queries.candidate_timeline(lived))[-1] == ("message", str(recruiter), "wrote")

    def test_a_decision_shows_to_the_candidate_when_they_have_been_told(self, lived: Application) -> None:
        actions.reject(
            application_id=lived.pk,
            reason="stronger-match",
            by=lived.requisition.recruiter,
            now=hours(5),
            message=("Your application", "We chose somebody else."),
        )
        run_lane("mail", hours(5))
        assert queries.candidate_timeline(whole(lived))[0].kind == "message"
        assert queries.standings([whole(lived)])[lived.pk].state == "deciding"
        team = queries.timeline(whole(lived), lived.requisition.recruiter)
        assert [entry.body for entry in team if entry.kind == "mail" and entry.body] == [
            "We chose somebody else."
        ]
        run_lane("mail", hours(6))
        told = queries.candidate_timeline(whole(lived))
        assert "We chose somebody else." in [entry.body for entry in told]
        assert "We wrote to you about the outcome" in [entry.text for entry in told]
        standing = queries.standings([whole(lived)])[lived.pk]
        assert (standing.state, standing.promise) == ("rejected", None)
        assert standing.reason.startswith("We chose somebody whose experience is closer")

    def test_broken_dates_are_said_openly_to_both(self) -> None:
        application = whole(make_application(due_at=hours(1)))
        run_lane("promises", hours(1))
        (theirs,) = queries.candidate_timeline(application)
        assert theirs.text == "First answer did not come by Tuesday 24 November, as we had said"
        ours = lines(queries.timeline(application, application.requisition.recruiter))
        assert ours == [
            ("activity", "Accord", "did not keep the promise in time: First answer, due Tuesday 24 November"),
            ("planned", "", "Planned: note that it takes longer"),
        ]

    def test_what_is_planned_stands_on_top(self) -> None:
        application = make_application()
        actions.withdraw(application=application, by=application.candidate, reason_text="", now=NOW)
        first = queries.timeline(whole(application), application.requisition.recruiter)[0]
        assert (first.kind, first.text, first.at) == ("planned", "Planned: survey", days(2))
        assert first.status == "Surveys are not switched on yet."

    def test_they_cost_the_same_for_a_long_story(self, lived: Application) -> None:
        recruiter = lived.requisition.recruiter
        reads = (lambda: queries.timeline(lived, recruiter), lambda: queries.candidate_timeline(lived))
        before = [count(read) for read in reads]
        for number in range(5):
            make_message(lived, now=hours(number))
            make_note(lived, make_user("recruiter"))
            actions.move(
                application_id=lived.pk,
                stage_id=stage(lived.requisition, "offer" if number % 2 else "interview").pk,
                by=recruiter,
                now=days(1 + number),
            )
        assert [count(read) for read in reads] == before
        assert before == [5, 3]


class TestWhatIsOwed:
    def test_my_promises_most_urgent_first_and_what_waits_for_candidates_last(self) -> None:
        requisition = make_requisition()
        late = make_application(requisition=requisition, due_at=hours(30))
        soon = make_application(requisition=requisition, due_at=hours(3))
        waiting = make_application(requisition=requisition, due_at=hours(1))
        waiting.promises.update(side=Side.CANDIDATE)
        make_application(requisition=requisition, stage_kind="review")  # the manager's
        make_application()  # somebody else's
        mine = queries.my_promises(requisition.recruiter)
        assert [promise.application for promise in mine] == [soon, late, waiting]
        assert [
            promise.application.requisition for promise in queries.my_promises(requisition.hiring_manager)
        ] == [requisition]

    def test_coordinators_see_what_is_to_be_scheduled(self) -> None:
        coordinator = make_user("coordinator")
        application = make_application(stage_kind="interview")
        make_application(stage_kind="interview")
        assert queries.my_promises(coordinator) == []
        add_member(application.requisition, coordinator, TeamRole.COORDINATOR)
        assert [promise.application for promise in queries.my_promises(coordinator)] == [application]

    def test_debts_of_my_roles_and_of_everybody_for_a_lead(self) -> None:
        mine, other = make_application(state="rejected"), make_application(state="rejected")
        asked = make_message(make_application(requisition=mine.requisition))
        make_message(make_application(), now=hours(1))
        lead, recruiter = make_user("lead"), mine.requisition.recruiter
        owed = queries.debts(recruiter)
        assert (owed.untold, owed.unanswered, owed.undelivered) == ([mine], [asked], [])
        assert not queries.debts(lead)
        everything = queries.debts(lead, of_everybody=True)
        assert (everything.untold, len(everything.unanswered)) == ([mine, other], 2)

    def test_a_message_that_came_back_is_a_debt_until_one_arrives(self, smtp: Catcher) -> None:
        application = make_application()
        recruiter = application.requisition.recruiter
        smtp.refuse[application.candidate.email] = "550 5.7.1 no"
        conversation.send(
            application_id=application.pk, subject="Hello", body="A word.", by=recruiter, now=hours(1)
        )
        run_lane("mail", hours(1))
        assert queries.debts(recruiter).undelivered == mails("conversation.message")
        smtp.refuse.clear()
        conversation.send(
            application_id=application.pk, subject="Again", body="A word.", by=recruiter, now=hours(2)
        )
        run_lane("mail", hours(2))
        assert queries.debts(recruiter).undelivered == []

    def test_fixed_numbers_of_queries(self) -> None:
        requisition = make_requisition()
        recruiter = requisition.recruiter
        reads = (lambda: queries.my_promises(recruiter), lambda: queries.debts(recruiter))
        counts = []
        for size in (1, 4):
            for _ in range(size):
                make_application(requisition=requisition, state="rejected")
                make_message(make_application(requisition=requisition))
            counts.append([count(read) for read in reads])
        assert counts == [[1, 3], [1, 3]]


class TestPreview:
    def test_the_words_as_they_would_leave(self) -> None:
        application = make_application()
        preview = queries.decision_preview(
            application_id=application.pk,
            by=application.requisition.recruiter,
            now=hours(1),
            reason="missing-must-have",
        )
        assert preview.subject == f"Your application for {application.requisition.title}"
        assert preview.body.startswith("Hello Robin,\n\nthank you for applying")
        assert "The role needs something from the first day" in preview.body
        assert "portal" not in preview.body
        assert (preview.leaves_at, preview.to, preview.problem) == (
            hours(1.25),
            application.candidate.email,
            "",
        )
        actions.reject(
            application_id=application.pk,
            reason="missing-must-have",
            by=application.requisition.recruiter,
            now=hours(1),
            message=(preview.subject, preview.body),
        )
        (mail,) = mails("application.rejected")
        assert mail.text.startswith(preview.body)
        assert mail.not_before == preview.leaves_at
