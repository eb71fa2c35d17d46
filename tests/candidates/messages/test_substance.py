"""What a message settles: words of one's own, a complete template, or nothing where a gap was left."""

import re

import pytest
from django.urls import reverse

from ats.accounts.models import Role
from ats.home.queries.day import day_of
from ats.home.queries.waiting import waiting
from ats.kernel.errors import Invalid
from candidates.application_pages.queries import previews
from candidates.applications import actions
from candidates.board.queries.board import BoardFilter, everyone
from candidates.board.queries.figures import figures
from candidates.board.queries.role import heading, moves
from candidates.compose import gaps
from candidates.messages import actions as conversation
from candidates.models import Application, Message, Promise
from partners.dashboard.queries.listing import ranked
from partners.models import Partnership
from partners.partnerships.queries import status
from tests.candidates.helpers import days, hours, open_one, story
from tests.factories import make_application, make_reason, make_user
from tests.partners.conftest import open_role

pytestmark = pytest.mark.django_db

UPDATE = "conversation.update"


def started(application: Application, name: str = UPDATE) -> dict[str, str]:
    subject, body = previews.started(application, name)
    return {"subject": subject, "body": body}


def complete(body: str) -> str:
    """The template without the sentence whose end is to be filled in."""
    return re.sub(r"We are looking at it, and this is what happens next:\n+- *\n+", "", body)


def send(application: Application, now: float = 1, **words: object) -> Message:
    given = {"subject": "Hello", "body": "A word."} | words
    return conversation.send(
        application_id=application.pk, by=application.requisition.recruiter, now=hours(now), **given
    )


def ask(application: Application, now: float) -> None:
    conversation.receive(
        candidate=application.candidate, application=application, body="How long?", now=hours(now)
    )


def test_a_template_with_its_gap_is_not_sent_by_accident() -> None:
    application = make_application()
    with pytest.raises(Invalid) as refused:
        send(application, **started(application))
    assert refused.value.field == "body"
    assert "this is what happens next: -" in refused.value.message
    assert not Message.objects.exists()
    assert story(application) == [("First answer", "open")]


def test_sent_knowingly_it_keeps_nothing_and_answers_nothing() -> None:
    application = make_application()
    ask(application, 0.5)
    message = send(application, gaps_meant=True, **started(application))
    assert message.substance == "gap"
    assert story(application) == [("First answer", "released"), ("Answer to your message", "open")]
    assert application.messages.unanswered().count() == 1


def test_a_complete_template_keeps_a_date_and_answers_no_question() -> None:
    application = make_application()
    words = started(application)
    words["body"] = complete(words["body"])
    assert send(application, **words).substance == "template"
    assert [state for _, state in story(application)] == ["kept", "open"]

    ask(application, 2)
    send(application, 3, **words)
    assert open_one(application).kind == "answer"
    assert application.messages.unanswered().count() == 1

    message = send(application, 4, body="Within a week.")
    assert message.substance == "own"
    assert application.messages.unanswered().count() == 0
    assert application.messages.get(direction="in").answered_by == message


def test_a_filled_gap_is_a_word_of_ones_own() -> None:
    application = make_application()
    words = started(application)
    words["body"] = words["body"].replace("\n-\n", "\n- Mia reads your sample on Thursday.\n")
    assert send(application, **words).substance == "own"


def test_only_an_answer_ends_the_row_of_broken_dates() -> None:
    application = make_application()
    Promise.objects.update(broken_before=3, waiting_since=days(-26))
    words = started(application)
    words["body"] = complete(words["body"])
    send(application, **words)
    waits = open_one(application)
    assert (waits.broken_before, waits.waiting_since) == (3, days(-26))
    send(application, 2, body="We have read it at last, and would like to meet you.")
    answered = open_one(application)
    assert (answered.broken_before, answered.waiting_since) == (0, None)


def test_a_call_that_is_noted_counts_like_words_of_ones_own() -> None:
    application = make_application()
    Promise.objects.update(broken_before=1, waiting_since=days(-3))
    ask(application, 0.5)
    conversation.note_told(
        application_id=application.pk,
        channel="call",
        body="Told her that we decide on Friday",
        by=application.requisition.recruiter,
        now=hours(1),
    )
    assert open_one(application).broken_before == 0
    assert application.messages.unanswered().count() == 0
    assert [state for _, state in story(application)] == ["released", "kept", "open"]


@pytest.mark.parametrize(
    ("channel", "body", "field"), [("mail", "x", "channel"), ("call", " ", "body"), ("", "x", "channel")]
)
def test_what_cannot_be_noted(channel: str, body: str, field: str) -> None:
    application = make_application()
    with pytest.raises(Invalid) as refused:
        conversation.note_told(
            application_id=application.pk,
            channel=channel,
            body=body,
            by=application.requisition.recruiter,
            now=hours(1),
        )
    assert refused.value.field == field


def test_a_call_tells_an_outcome_that_nobody_had_told() -> None:
    application = make_application()
    recruiter = application.requisition.recruiter
    actions.reject(
        application_id=application.pk, reason=make_reason().code, by=recruiter, now=hours(1), message=None
    )
    assert story(application) == [("First answer", "telling")]
    conversation.note_told(
        application_id=application.pk, channel="in_person", body="Told him", by=recruiter, now=hours(2)
    )
    application.refresh_from_db()
    assert (application.told_at, story(application)) == (hours(2), [("First answer", "kept")])


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("Dear Ada,\n\nwe meet on Monday:\n\n- Monday 10:00\n\nRosa", []),
        ("Dear Ada,\n\nthese are your times:\n\n-\n\nRosa", ["these are your times: -"]),
        ("Dear Ada,\n\nyou will meet:\n\nRosa", ["you will meet:"]),
        ("Dear Ada,\n\nwe meet on ______ in Berlin.", ["we meet on ______ in Berlin."]),
        ("Dear Ada,\n\nwe meet on [date].", ["we meet on [date]."]),
        ("See [our page](https://example.com/a).", []),
        ("Dear Ada,\n\n\n\nRosa", ["between greeting and name"]),
        ("Dear Ada,\n\n2)\n\nRosa", ["2)"]),
        ("The salary is TBD.", ["The salary is TBD."]),
        ("Size XXXL fits.", []),
        ("Wait ... what?", []),
    ],
)
def test_where_a_text_is_left_open(body: str, found: list[str]) -> None:
    assert gaps.gaps(body, signature=("Rosa",)) == found


def test_a_yes_is_to_exactly_one_text(client) -> None:
    application = make_application()
    client.force_login(application.requisition.recruiter)
    address = reverse("application_message", args=[application.pk])
    words = {f"write-{key}": value for key, value in started(application).items()}
    asked = client.post(address, words)
    assert asked.status_code == 422
    html = asked.content.decode()
    assert "Something is still to be filled in" in html
    yes = gaps.digest(words["write-body"])
    assert f'value="{yes}"' in html

    other = words | {"write-body": words["write-body"] + "\n\n- ", "write-gaps_meant": yes}
    assert client.post(address, other).status_code == 422
    assert client.post(address, words | {"write-gaps_meant": yes}).status_code == 302
    assert Message.objects.get().substance == "gap"


def test_who_waits_too_long_is_the_same_everywhere(client) -> None:
    """The one definition, walked through all the places that speak of it."""
    role = open_role()
    partnership = role.partnership
    lead, now = make_user(Role.LEAD), hours(1)
    behind = make_application(requisition=role)
    make_application(requisition=role)

    def said() -> list[int]:
        (row,) = [
            each for each in ranked(lead, ended=False, mine=False, now=now) if each.pk == partnership.pk
        ]
        found = Partnership.objects.select_related("requisition").get(pk=partnership.pk)
        return [
            day_of(lead, whole_team=True, now=now).count_late,
            heading(role, now=now).late,
            sum(move.late for move in moves(role, now=now)),
            figures([role.pk], now=now)[role.pk].overdue,
            len(everyone(role, behind.stage_id, narrowed=BoardFilter(overdue=True), now=now, most=9)),
            row.waiting_late,
            status.standing(found, now=now).waiting["recruiter"].late,
            waiting(lead, by="role", now=now).count,
        ]

    assert said() == [0] * 8
    Promise.objects.filter(application=behind).update(broken_before=2, waiting_since=days(-12))
    assert said() == [1] * 8
    send(behind, 0.5, body="We have not forgotten you: we decide on Friday.")
    assert said() == [0] * 8
