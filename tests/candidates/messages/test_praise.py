"""A candidate's kind words are shared once they have said yes to it, and no longer than that."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ats.accounts.models import Role
from ats.activity.models import Activity
from ats.kernel.errors import Missing, WrongState
from ats.mail.models import OutgoingMail
from candidates.compose.portal_links import portal_link
from candidates.messages.actions import answer_sharing, ask_to_share
from candidates.models import Message, Praise
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db
WORDS = "The kindest talk that I ever had about work."


@pytest.fixture
def message():
    return make.make_message(make.make_application(), body=WORDS)


def ask(message, **facts):
    given = {"message_id": message.pk, "by": message.application.requisition.recruiter, "now": NOW} | facts
    return ask_to_share(**given)


def answer(message, agrees, now=NOW):
    return answer_sharing(
        candidate=message.candidate, praise_id=Praise.objects.get().pk, agrees=agrees, now=now
    )


def test_they_are_asked_in_an_ordinary_message_and_once(message):
    praise = ask(message)
    ours = Message.objects.get(direction="out")
    assert (ours.subject, ours.mail.role) == ("May we share your kind words?", "conversation.message")
    assert ours.body.startswith(f"Hello {message.candidate.first_name},")
    assert (praise.agreed, praise.answered_at) == (None, None)
    with pytest.raises(WrongState):
        ask(message)
    assert OutgoingMail.objects.count() == 1


def test_every_answer_is_on_record_and_they_can_change_their_mind(message):
    ask(message)
    for number, agrees in enumerate((True, True, False)):
        answer(message, agrees, NOW + timedelta(hours=number))
    found = Praise.objects.get()
    assert (found.agreed, found.answered_at) == (False, NOW + timedelta(hours=2))
    rows = Activity.objects.filter(verb__startswith="praise.").order_by("id")
    assert [(row.verb, row.actor_kind) for row in rows] == [
        ("praise.asked", "user"),
        ("praise.agreed", "candidate"),
        ("praise.refused", "candidate"),
    ]


def test_only_who_writes_to_them_asks_and_only_about_their_own_words(message):
    with pytest.raises(Missing):
        ask(message, by=make.make_user(Role.INTERVIEWER))
    with pytest.raises(Missing):
        ask(message, message_id=0)
    ours = make.make_message(message.application, "out", body="Ours.")
    with pytest.raises(WrongState):
        ask(ours)
    assert not Praise.objects.exists()


def test_nobody_answers_for_somebody_else(message):
    praise = ask(message)
    with pytest.raises(Missing):
        answer_sharing(candidate=make.make_candidate(), praise_id=praise.pk, agrees=True, now=NOW)
    assert Praise.objects.get().agreed is None


def test_from_the_conversation_to_the_yes_on_their_own_page(message, client):
    application = message.application
    client.force_login(application.requisition.recruiter)
    page = reverse("application", args=[application.pk])
    assert "Share this praise" in client.get(page).content.decode()
    client.post(reverse("message_share", args=[application.pk, message.pk]))
    shown = client.get(page).content.decode()
    assert ("Share this praise" in shown, "Asked whether it may be shared" in shown) == (False, True)

    theirs = Client()
    home = "/status/" + portal_link(message.candidate, NOW).split("/status/")[1]
    assert "May we share your kind words?" in theirs.get(home).content.decode()
    address = f"{home}praise/{Praise.objects.get().pk}/"
    assert theirs.post(f"{home}praise/0/", {"share": "yes"}).status_code == 404
    assert theirs.post(address, {"share": "yes"}).status_code == 302
    assert Praise.objects.get().agreed is True
    assert "Do not share them any more" in theirs.get(home).content.decode()
    theirs.post(address, {"share": "nonsense"})
    assert Praise.objects.get().agreed is False
