"""Rooms are told what they chose, each word at most once; nobody is led into the house by an address."""

import socket
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ats.accounts.actions.seal import seal_anew
from ats.accounts.domain import sealing
from ats.accounts.models import Role, User
from ats.chat import actions
from ats.chat.actions import deliver, wire
from ats.chat.domain.services import address_of
from ats.chat.models import ChatMessage, ChatRoom, ChatState, What
from ats.duework.models import MAX_ATTEMPTS
from ats.kernel import open_internet
from ats.kernel.errors import Invalid, Missing, NotAllowed
from ats.mail.models import OutgoingMail
from ats.models import Activity
from tests.ats.chat.server import Chat, chatting
from tests.factories import NOW, make_organisation, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def chat(settings: Any) -> Iterator[Chat]:
    settings.CHAT_ALLOWED_ADDRESSES = frozenset({"127.0.0.1"})
    with chatting() as server:
        yield server


def room_of(url: str, by: User, what: tuple[str, ...] = ("task",), organisation: Any = None) -> ChatRoom:
    room = actions.add_room(
        organisation=organisation, name="Hiring", service="mattermost", url=url, what=what, by=by, now=NOW
    )
    room.messages.all().delete()
    return room


def say(user: User, key: str = "one", text: str = "A task waits for you.") -> None:
    actions.tell_person(user, what=What.TASK, key=key, text=text, path="/x/")


def states() -> list[tuple[str, str]]:
    return list(ChatMessage.objects.order_by("pk").values_list("state", "last_error"))


def test_a_room_hears_once_what_it_chose_and_where_to_look(chat: Chat) -> None:
    kim, other = make_user(), make_user()
    room_of(chat.url, kim), room_of(chat.url, other)
    say(kim), say(kim)
    actions.tell_person(kim, what=What.LATE, key="two", text="Not chosen.", path="/")
    assert deliver.deliver(NOW) == 1
    assert deliver.deliver(NOW) == 0
    ((path, said),) = chat.heard
    assert path == "/hooks/abc123"
    assert said["text"] == "A task waits for you.\nhttp://testserver/x/"
    assert states() == [("sent", "")]
    assert ChatMessage.objects.get().sent_at == NOW


def test_a_team_s_room_hears_what_concerns_its_organisation(chat: Chat) -> None:
    admin, one, two = make_user(Role.ADMIN), make_organisation(), make_organisation()
    room_of(chat.url, admin, ("celebration",), one)
    for organisation in (one, two):
        actions.tell_team(organisation.pk, what=What.CELEBRATION, key="c", text="Well done.", path="/")
    assert deliver.deliver(NOW) == 1
    assert [said["text"].partition("\n")[0] for _, said in chat.heard] == ["Well done."]
    assert list(Activity.objects.values_list("verb", "data__name")) == [("chat.room_added", "Hiring")]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_chat_in_trouble_is_tried_again_later_and_not_for_ever(chat: Chat, status: int) -> None:
    kim = make_user()
    room = room_of(chat.url, kim)
    chat.status = status
    say(kim)
    moment = NOW
    for _ in range(MAX_ATTEMPTS + 2):
        deliver.deliver(moment)
        moment += timedelta(hours=5)
    why = f"The chat is in trouble ({status})."
    assert (len(chat.heard), states()) == (MAX_ATTEMPTS, [("failed", why)])
    room.refresh_from_db()
    assert room.problem == why
    assert OutgoingMail.objects.get().to == kim.email


def test_a_no_ends_it_and_who_set_the_room_up_is_told_once(chat: Chat) -> None:
    kim = make_user()
    room = room_of(chat.url, kim)
    chat.status = 404
    say(kim), say(kim, "two")
    deliver.deliver(NOW)
    assert states() == [("failed", "The chat said no (404). ok")] * 2
    say(kim, "three")  # the room rests
    assert ChatMessage.objects.count() == 2
    (mail,) = OutgoingMail.objects.all()
    assert (mail.role, mail.to) == ("chat.trouble", kim.email)
    chat.status = 200
    actions.try_room(room_id=room.pk, by=kim, now=NOW)
    deliver.deliver(NOW)
    say(kim, "four")
    deliver.deliver(NOW)
    assert [state for state, _ in states()] == ["failed", "failed", "sent", "sent"]


def test_what_broke_off_after_it_was_heard_is_not_said_again(chat: Chat) -> None:
    kim = make_user()
    room_of(chat.url, kim)
    chat.status = 0
    say(kim)
    deliver.deliver(NOW)
    deliver.deliver(NOW + timedelta(days=1))
    assert (len(chat.heard), states()) == (1, [("unknown", deliver.BROKE)])


def test_one_who_answers_too_late_may_have_heard_it(chat: Chat, monkeypatch: Any) -> None:
    monkeypatch.setattr(wire, "WHOLE", 0.3)
    kim = make_user()
    room_of(chat.url, kim)
    chat.wait = 1
    say(kim)
    deliver.deliver(NOW)
    assert states() == [("unknown", deliver.BROKE)]


def test_nobody_there_is_tried_again(chat: Chat) -> None:
    kim = make_user()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/hooks/abc"
    room_of(url, kim)
    say(kim)
    deliver.deliver(NOW)
    message = ChatMessage.objects.get()
    assert (message.state, message.attempts, message.last_error) == (
        "queued",
        1,
        "It could not be reached.",
    )


def test_one_that_cannot_be_dealt_with_holds_up_no_other(chat: Chat, monkeypatch: Any) -> None:
    kim = make_user()
    room_of(chat.url, kim)
    say(kim), say(kim, "two")
    first, hand_over = ChatMessage.objects.order_by("pk")[0], deliver._hand_over

    def poisoned(message: ChatMessage) -> wire.Trace:
        if message.pk == first.pk:
            raise ValueError("poison")
        return hand_over(message)

    monkeypatch.setattr(deliver, "_hand_over", poisoned)
    assert deliver.deliver(NOW) == 2
    assert states() == [("sending", ""), ("sent", "")]
    ChatMessage.objects.filter(pk=first.pk).update(lease_until=timezone.now() - timedelta(minutes=1))
    deliver.deliver(NOW)
    assert states() == [("unknown", deliver.LOST), ("sent", "")]


def test_a_worker_that_died_said_it_perhaps(chat: Chat) -> None:
    kim = make_user()
    room_of(chat.url, kim)
    say(kim), say(kim, "two")
    gone = timezone.now() - timedelta(hours=1)
    first, second = ChatMessage.objects.order_by("pk")
    facts = {"state": ChatState.SENDING, "lease_until": gone, "lease_token": "0" * 32}
    ChatMessage.objects.filter(pk=first.pk).update(begun_at=NOW, **facts)
    ChatMessage.objects.filter(pk=second.pk).update(**facts)
    deliver.deliver(NOW)
    assert states() == [("unknown", deliver.LOST), ("sent", "")]
    assert len(chat.heard) == 1


# --- Addresses


@pytest.mark.parametrize(
    ("service", "url", "why"),
    [
        ("slack", "https://example.com/services/T/B/C", "This is no address of Slack."),
        ("slack", "https://hooks.slack.com.example.com/services/T/B/C", "This is no address of Slack."),
        ("slack", "http://hooks.slack.com/services/T/B/C", "The address must begin with https://."),
        ("teams", "https://logic.azure.com.example.com/x", "This is no address of Microsoft Teams."),
        ("mattermost", "file:///etc/passwd", "The address must begin with https://."),
        ("mattermost", "gopher://chat.example.com/hooks/x", "The address must begin with https://."),
        ("mattermost", "https://me:word@chat.example.com/hooks/x", None),
        ("mattermost", "https://chat.example.com:25/hooks/x", "Nothing is sent to this port."),
        ("mattermost", "https://chat.example.com/other", None),
        ("mattermost", "", "The address must begin with https://."),
        ("mattermost", "https://chat.example.com/hooks/" + "x" * 2000, None),
        ("irc", "https://chat.example.com/hooks/x", "Choose which chat it is."),
    ],
)
def test_addresses_that_are_refused(service: str, url: str, why: str | None) -> None:
    with pytest.raises(Invalid) as refused:
        address_of(service, url)
    assert why in {None, str(refused.value.message)}


def test_an_address_inside_the_house_is_never_called(chat: Chat, settings: Any, monkeypatch: Any) -> None:
    kim = make_user()
    room_of(chat.url, kim)
    settings.CHAT_ALLOWED_ADDRESSES = frozenset()
    say(kim)
    deliver.deliver(NOW)
    assert (chat.heard, states()) == ([], [("failed", open_internet.INSIDE)])


def test_it_does_not_go_where_an_answer_points_on_to(chat: Chat) -> None:
    kim = make_user()
    room_of(chat.url, kim)
    chat.status, chat.headers = 302, {"Location": f"http://127.0.0.1:{chat.server.server_port}/inside"}
    say(kim)
    deliver.deliver(NOW)
    assert [path for path, _ in chat.heard] == ["/hooks/abc123"]
    assert states()[0][0] == "failed"


@pytest.mark.parametrize(
    ("service", "url"),
    [
        ("slack", "https://hooks.slack.com/services/T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ"),
        (
            "teams",
            (
                "https://prod-01.westeurope.logic.azure.com:443/workflows/643e69f83c8944/triggers/manual/paths/invoke"
                "?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=KODuebWbDGYFr0z0eu-6Rj8aUKz7108"
            ),
        ),
    ],
)
def test_slack_and_teams_are_spoken_to_at_their_own_hosts(service: str, url: str, monkeypatch: Any) -> None:
    """The internet is not asked: what would be sent is caught where it would leave."""
    caught = []

    class Answer:
        status_code, text, content, headers = 200, "ok", b"ok", {}

    def call(method: str, url: str, **facts: Any) -> Any:
        caught.append((method.upper(), url, str(facts.get("data", facts.get("json")))))
        wire._now.trace.status, wire._now.trace.begun = 200, True
        return Answer()

    monkeypatch.setattr(wire, "_call", call)
    trace = wire.hand_over(address_of(service, url), text="A word.\nhttp://testserver/x/")
    assert trace.status == 200
    ((method, called, body),) = caught
    assert (method, called.split("?")[0].replace(":443", "")) == (
        "POST",
        url.split("?", maxsplit=1)[0].replace(":443", ""),
    )
    assert "A word." in body


# --- Whose rooms


def test_addresses_lie_sealed_and_are_sealed_anew(settings: Any) -> None:
    room = room_of("https://chat.example.com/hooks/abc", make_user())
    assert room.address.startswith("sealed:")
    assert "abc" not in room.address
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another-key" * 6
    assert seal_anew() == 1
    room.refresh_from_db()
    assert room.address.startswith(sealing.by_the_newest())
    assert sealing.opened(room.address) == "https://chat.example.com/hooks/abc"


def test_a_team_s_rooms_are_an_administrator_s_and_ones_own_nobody_else_s() -> None:
    admin, kim = make_user(Role.ADMIN), make_user()
    organisation = make_organisation()
    team = room_of("https://chat.example.com/hooks/a", admin, organisation=organisation)
    own = room_of("https://chat.example.com/hooks/b", kim)
    with pytest.raises(NotAllowed):
        room_of("https://chat.example.com/hooks/c", kim, organisation=organisation)
    for room, other in ((team, kim), (own, admin)):
        with pytest.raises(Missing):
            actions.try_room(room_id=room.pk, by=other, now=NOW)
        with pytest.raises(Missing):
            actions.remove_room(room_id=room.pk, by=other, now=NOW)
    with pytest.raises(Invalid):
        actions.change_room(room_id=team.pk, what=["digest"], by=admin, now=NOW)
    with pytest.raises(Invalid):
        actions.change_room(room_id=own.pk, what=["everything"], by=kim, now=NOW)
    assert actions.change_room(room_id=own.pk, what=["late", "digest"], by=kim, now=NOW).what == [
        "digest",
        "late",
    ]


def test_pages(client: Client) -> None:
    admin = make_user(Role.ADMIN)
    organisation = make_organisation()
    client.force_login(admin)
    said = {
        "name": "Hiring",
        "service": "mattermost",
        "address": "https://chat.example.com/hooks/secret-word",
    }
    wrong = client.post("/settings/chat/", said | {"organisation": organisation.pk, "what": []})
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["what"])
    added = client.post("/settings/chat/", said | {"organisation": organisation.pk, "what": ["late"]})
    own = client.post("/accounts/chat/", said | {"what": ["digest"]})
    assert (added.status_code, own.status_code) == (302, 302)
    team, mine = client.get("/settings/chat/"), client.get("/accounts/chat/")
    for page in (team, mine):
        assert "chat.example.com" in page.content.decode()
        assert "secret-word" not in page.content.decode()
    room = ChatRoom.objects.get(user=admin)
    address = f"/accounts/chat/{room.pk}/"
    assert client.post(address, {"do": "change", "what": ["task"]}).status_code == 302
    assert client.post(address, {"do": "try"}).status_code == 302
    assert client.post(address, {"do": "nothing"}).status_code in {400, 422}
    room.refresh_from_db()
    assert room.what == ["task"]
    assert client.post(address, {"do": "remove"}).status_code == 302
    assert ChatRoom.objects.count() == 1
    client.force_login(make_user())
    assert client.get("/settings/chat/").status_code == 403
