"""Writing to candidates and hearing from them."""

import pytest

from ats.activity.models import Activity
from ats.kernel.errors import Invalid, Missing, WrongState
from ats.mail.keys import KEY
from candidates.messages import actions
from candidates.models import Application, Message
from tests.candidates.helpers import at_once, days, hours, mails, open_one, run_lane, story, whole
from tests.factories import make_application, make_candidate, make_message, make_user
from tests.smtp import Catcher

pytestmark = pytest.mark.django_db


def send(application: Application, now: float = 1, **more: object) -> Message:
    given = {
        "subject": "Your application",
        "body": "Hello {{ candidate.first_name }},\n\nwe are reading it.",
        "by": application.requisition.recruiter,
        "now": hours(now),
    }
    return actions.send(application_id=application.pk, **(given | more))


def receive(application: Application, now: float = 1, body: str = "When will I hear?") -> Message:
    return actions.receive(
        candidate=application.candidate, application=application, body=body, now=hours(now)
    )


class TestSending:
    def test_it_leaves_as_a_person_wrote_it(self, smtp: Catcher) -> None:
        application = make_application()
        message = send(application)
        assert (message.body, message.direction) == ("Hello Robin,\n\nwe are reading it.", "out")
        assert message.said_at == hours(1)
        run_lane("mail", hours(1))
        (letter,) = smtp.messages
        assert letter["To"].addresses[0].addr_spec == application.candidate.email
        assert str(application.requisition.recruiter) in letter["From"]
        assert letter["Reply-To"].addresses[0].addr_spec == "hiring@example.com"
        text = letter.get_body(("plain",)).get_content()
        assert text.startswith("Hello Robin,")
        assert "See where you stand:" in text
        application.refresh_from_db()
        assert (application.last_activity_at, application.version) == (hours(1), 1)
        recorded = Activity.objects.get(verb="message.sent")
        assert recorded.data == {"message_id": message.pk}

    def test_the_key_in_it_is_kept_nowhere_but_in_the_message_itself(self) -> None:
        message = send(make_application(), body="Look here: {{ portal_link }} please")
        assert message.body == "Look here: http://testserver/status/…/ please"
        assert message.mail is not None
        assert KEY.search(message.mail.text)

    def test_it_answers_what_was_asked(self) -> None:
        application = make_application()
        receive(application, 1)
        send(application, 2)
        assert application.messages.filter(direction="in").get().answered_at == hours(2)

    def test_later_counts_when_it_has_left(self, smtp: Catcher) -> None:
        application = make_application()
        receive(application, 0.5)
        message = send(application, 1, send_at=hours(20))
        assert message.said_at == hours(20)
        assert application.messages.unanswered().count() == 1
        assert len(story(application)) == 2
        run_lane("mail", hours(19))
        assert smtp.to(application.candidate.email) == []
        assert not Activity.objects.filter(verb="message.sent").exists()
        run_lane("mail", hours(20))
        assert application.messages.unanswered().count() == 0
        assert story(application)[1] == ("Answer to your message", "kept")
        assert Activity.objects.filter(verb="message.sent").count() == 1
        with pytest.raises(WrongState):
            actions.cancel_scheduled(message_id=message.pk, by=message.author, now=hours(21))

    def test_later_can_be_taken_back(self, smtp: Catcher) -> None:
        application = make_application()
        message = send(application, 1, send_at=hours(20))
        actions.cancel_scheduled(message_id=message.pk, by=message.author, now=hours(2))
        run_lane("mail", hours(30))
        assert smtp.messages == []
        assert story(application) == [("First answer", "open")]

    def test_one_that_cannot_leave_answers_nothing(self) -> None:
        application = make_application(candidate=make_candidate(email=""))
        receive(application)
        message = send(application, 2)
        assert message.mail.state == "withheld"
        assert application.messages.unanswered().count() == 1
        assert open_one(application).what in {"First answer", "Answer to your message"}
        assert "kept" not in dict(story(application)).values()

    def test_after_the_end_people_still_talk(self) -> None:
        application = make_application(state="rejected")
        send(application)
        assert story(application) == []
        assert len(mails("conversation.message")) == 1

    @pytest.mark.parametrize(
        ("more", "field"),
        [
            ({"subject": " "}, "subject"),
            ({"body": " "}, "body"),
            ({"body": "x" * 20_001}, "body"),
            ({"body": "{{ candidate.salary }}"}, "body"),
            ({"subject": "{{ nothing }}"}, "subject"),
            ({"send_at": hours(1)}, "send_at"),
        ],
    )
    def test_bad_input_sends_nothing(self, more: dict[str, object], field: str) -> None:
        application = make_application()
        with pytest.raises(Invalid) as caught:
            send(application, **more)
        assert caught.value.field == field
        assert not Message.objects.exists()
        assert story(application) == [("First answer", "open")]

    def test_headers_cannot_be_injected(self, smtp: Catcher) -> None:
        application = make_application()
        send(
            application,
            subject="Hello\r\nBcc: eve@example.com",
            body="\u202eHello\x00 =cmd|' /C calc'!A0 \U0001f600",
        )
        run_lane("mail", hours(1))
        (letter,) = smtp.messages
        assert letter["Bcc"] is None
        assert smtp.envelopes[0][1] == [application.candidate.email]

    def test_only_the_recruiting_team_writes(self) -> None:
        application = make_application()
        for user in (
            application.requisition.hiring_manager,
            make_user("interviewer"),
            make_user("stakeholder"),
        ):
            with pytest.raises(Missing):
                send(application, by=user)


class TestReceiving:
    def test_it_waits_for_an_answer_and_tells_the_recruiter(self) -> None:
        application = make_application()
        message = receive(application, body="  When will I hear?\x00 <script>  ")
        assert (message.body, message.direction, message.said_at) == (
            "When will I hear? <script>",
            "in",
            hours(1),
        )
        assert message.answered_at is None
        (mail,) = mails("conversation.received")
        assert (mail.to, mail.application_id) == (application.requisition.recruiter.email, None)
        assert "<script>" not in mail.html
        recorded = Activity.objects.get(verb="message.received")
        assert (recorded.actor_kind, recorded.data) == ("candidate", {"message_id": message.pk})
        assert open_one(application).side == "recruiter"

    @pytest.mark.parametrize("body", ["", "  \n", "\x00", "x" * 10_001])
    def test_bad_input(self, body: str) -> None:
        with pytest.raises(Invalid) as caught:
            receive(make_application(), body=body)
        assert caught.value.field == "body"
        assert not Message.objects.exists()

    def test_not_on_somebody_elses_application(self) -> None:
        with pytest.raises(Missing):
            actions.receive(
                candidate=make_candidate(), application=make_application(), body="Hello", now=hours(1)
            )

    def test_after_the_end_it_is_a_debt_without_a_promise(self) -> None:
        application = make_application(state="rejected")
        receive(application)
        assert story(application) == []
        assert Message.objects.unanswered().count() == 1


class TestMarkingAnswered:
    def test_the_last_one_ends_the_wait(self) -> None:
        application = make_application(due_at=days(8))
        first, second = receive(application, 1), receive(application, 2)
        recruiter = application.requisition.recruiter
        actions.mark_answered(message_id=first.pk, by=recruiter, now=hours(3))
        assert open_one(application).what == "Answer to your message"
        actions.mark_answered(message_id=second.pk, by=recruiter, now=hours(4))
        assert open_one(application).what == "First answer"
        with pytest.raises(WrongState):
            actions.mark_answered(message_id=second.pk, by=recruiter, now=hours(5))

    def test_only_by_who_may_write(self) -> None:
        message = make_message(make_application())
        with pytest.raises(Missing):
            actions.mark_answered(message_id=message.pk, by=make_user("manager"), now=hours(1))
        with pytest.raises(Missing):
            actions.mark_answered(message_id=message.pk + 1000, by=make_user("lead"), now=hours(1))


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_question_and_an_answer_at_the_same_moment() -> None:
    for _ in range(4):
        application = make_application(due_at=days(8))
        outcomes = at_once(
            lambda application=application: receive(whole(application), 1),
            lambda application=application: send(application, 1),
        )
        assert all(isinstance(outcome, Message) for outcome in outcomes)
        waiting = application.messages.unanswered().count()
        last = [state for _, state in story(application)].count("open")
        assert (waiting in {0, 1}, last) == (True, 1)
