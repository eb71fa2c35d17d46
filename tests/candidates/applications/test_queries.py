"""What pages read."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ats.mail.models import OutgoingMail
from candidates.application_pages import queries
from candidates.application_pages.queries import timeline
from candidates.application_pages.queries.timeline import Entry
from candidates.applications import actions
from candidates.messages import actions as conversation
from candidates.models import Application
from tests.candidates.helpers import days, hours, mails, run_lane, submission, whole
from tests.factories import (
    NOW,
    make_application,
    make_message,
    make_note,
    make_post,
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
        assert lines(timeline.timeline(lived, recruiter)) == [
            ("activity", "Robin Example", "applied"),
            ("mail", str(recruiter), f"sent: We received your application for {lived.requisition.title}"),
            ("activity", str(recruiter), "moved from Applied to Interview"),
            ("message", "Robin Example", "wrote"),
            ("note", str(recruiter), "wrote a note"),
            ("message", str(recruiter), "wrote: Soon"),
        ]
        by_text = {entry.text: entry for entry in timeline.timeline(lived, recruiter)}
        assert by_text["wrote: Soon"].status == "On its way"
        assert by_text["wrote: Soon"].body == "On Monday."
        assert by_text["wrote a note"].visibility == "Recruiters only"
        mail = next(entry for entry in by_text.values() if entry.kind == "mail")
        assert (mail.status, mail.body) == ("Delivered", "")

    @pytest.mark.parametrize(
        ("state", "said"),
        [("sent", "sent"), ("cancelled", "did not send"), ("queued", "sends"), ("unknown", "may have sent")],
    )
    def test_what_has_not_left_is_not_said_to_be_sent(
        self, lived: Application, state: str, said: str
    ) -> None:
        mail = OutgoingMail.objects.get(application_id=lived.pk, role="application.acknowledged")
        sent_at = mail.sent_at if state == "sent" else None
        OutgoingMail.objects.filter(pk=mail.pk).update(state=state, sent_at=sent_at)

        texts = [entry.text for entry in timeline.timeline(lived, lived.requisition.recruiter)]

        assert f"{said}: {mail.subject}" in texts

    def test_what_was_taken_back_does_not_stand_among_what_is_to_come(self, lived: Application) -> None:
        mail = OutgoingMail.objects.get(application_id=lived.pk, role="application.acknowledged")
        taken_back = NOW + timedelta(hours=1)
        facts = {"state": "cancelled", "sent_at": None, "not_before": NOW + timedelta(days=3)}
        OutgoingMail.objects.filter(pk=mail.pk).update(updated_at=taken_back, **facts)

        said = f"did not send: {mail.subject}"
        entries = timeline.timeline(lived, lived.requisition.recruiter)
        assert [entry.at for entry in entries if entry.text == said] == [taken_back]

    def test_the_manager_does_not_read_what_is_for_recruiters(self, lived: Application) -> None:
        kinds = [entry.kind for entry in timeline.timeline(lived, lived.requisition.hiring_manager)]
        assert "note" not in kinds
        assert kinds.count("message") == 2

    def test_who_is_only_asked_reads_its_way(self, lived: Application) -> None:
        assert lines(timeline.timeline(lived, make_user("interviewer"))) == [
            ("activity", "Robin Example", "applied"),
            ("activity", str(lived.requisition.recruiter), "moved from Applied to Interview"),
        ]

    @pytest.mark.ordinary_day
    def test_a_decision_shows_with_its_words_and_where_they_are(self, lived: Application) -> None:
        recruiter = lived.requisition.recruiter
        actions.reject(
            application_id=lived.pk,
            reason="stronger-match",
            by=recruiter,
            now=hours(5),
            message=("Your application", "We will not go on."),
        )

        def decision() -> list[tuple[str, str]]:
            entries = timeline.timeline(whole(lived), recruiter)
            return [(entry.body, entry.status) for entry in entries if entry.kind == "mail" and entry.body]

        assert decision() == [("We will not go on.", "On its way")]
        run_lane("mail", hours(6))
        assert decision() == [("We will not go on.", "Delivered")]

    @pytest.mark.ordinary_day
    def test_broken_dates_are_said_openly(self) -> None:
        application = whole(make_application(due_at=hours(1)))
        run_lane("promises", hours(1))
        ours = lines(timeline.timeline(application, application.requisition.recruiter))
        assert ours == [
            ("activity", "Accord", "did not keep the promise in time: First answer, due Tuesday 24 November"),
            ("planned", "", "Planned: note that it takes longer"),
        ]

    @pytest.mark.ordinary_day
    def test_what_is_planned_stands_on_top(self) -> None:
        application = make_application()
        actions.withdraw(application=application, by=application.candidate, reason_text="", now=NOW)
        first = timeline.timeline(whole(application), application.requisition.recruiter)[0]
        assert (first.kind, first.text, first.at) == ("planned", "Planned: survey", days(2))
        assert first.status == ""

    def test_a_long_story_costs_the_same(self, lived: Application) -> None:
        recruiter = lived.requisition.recruiter
        before = count(lambda: timeline.timeline(lived, recruiter))
        for number in range(5):
            make_message(lived, now=hours(number))
            make_note(lived, make_user("recruiter"))
            actions.move(
                application_id=lived.pk,
                stage_id=stage(lived.requisition, "offer" if number % 2 else "interview").pk,
                by=recruiter,
                now=days(1 + number),
            )
        # Six for the story, two for whom it must not tell what others wrote or said.
        assert count(lambda: timeline.timeline(lived, recruiter)) == before == 8


class TestPreview:
    @pytest.mark.ordinary_day
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
