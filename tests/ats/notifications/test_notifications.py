"""What colleagues are told in the app: once, in the way they chose, and in one mail a day where they want that."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from ats.accounts.models import Role, User
from ats.duework import engine
from ats.kernel.errors import Invalid, Missing
from ats.mail.models import OutgoingMail
from ats.notifications import actions, queries
from ats.notifications.models import Kind, Notification
from candidates.applications.actions import add_note
from candidates.applications.models import Application
from tests import factories as f
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def kim() -> User:
    return f.make_user(Role.RECRUITER, name="Kim Recruiter", time_zone="America/Toronto")


@pytest.fixture
def application(kim: User) -> Application:
    return f.make_application(requisition=f.make_requisition(recruiter=kim))


def note(application: Application, reader: User, body: str = "Look.", **facts: Any) -> None:
    author = application.requisition.hiring_manager
    add_note(application_id=application.pk, body=body, by=author, now=NOW, mentions=[reader.pk], **facts)


def told(user: User) -> list[str]:
    return list(Notification.objects.filter(user=user).values_list("text", flat=True))


def mails(role: str) -> int:
    return OutgoingMail.objects.filter(role=role).count()


def test_who_is_mentioned_is_told_in_the_app_without_the_candidates_name(
    application: Application, kim: User
) -> None:
    note(application, kim)

    assert told(kim) == [f"{application.requisition.hiring_manager} mentioned you in a note."]
    assert Notification.objects.get().link == f"/applications/{application.pk}/#story"
    assert mails("application.mentioned") == 1


@pytest.mark.parametrize(
    ("way", "in_app", "at_once"), [("mail", 1, 1), ("digest", 1, 0), ("app", 1, 0), ("off", 0, 0)]
)
def test_each_is_told_in_the_way_that_they_chose(
    application: Application, kim: User, way: str, in_app: int, at_once: int
) -> None:
    actions.choose(by=kim, ways={"mention": way})
    note(application, kim)
    engine.tick(NOW + timedelta(days=2))

    assert (len(told(kim)), mails("application.mentioned")) == (in_app, at_once)
    assert mails("notifications.digest") == (1 if way == "digest" else 0)


def test_one_mail_a_day_at_eight_where_they_are_and_none_with_nothing_in_it(
    application: Application, kim: User
) -> None:
    at_nine = datetime(2026, 11, 24, 14, tzinfo=UTC)  # nine in the morning in Toronto
    actions.choose(by=kim, ways={"mention": "digest"})
    for key in ("one", "two"):
        text = f"{key.title()} mentioned you in a note."
        actions.tell(kim, Kind.MENTION, key=key, text=text, link="/", now=at_nine)
    actions.tell(kim, Kind.MENTION, key="two", text="Again.", link="/", now=at_nine)

    for hours in (0, 22.9, 23, 24, 47):
        engine.tick(at_nine + timedelta(hours=hours))
        assert mails("notifications.digest") == (1 if hours >= 23 else 0), hours
    text = OutgoingMail.objects.get(role="notifications.digest").text
    assert "- One mentioned you in a note.\n- Two mentioned you in a note." in text.replace("\r\n", "\n")

    later = at_nine + timedelta(days=3)
    actions.tell(kim, Kind.MENTION, key="three", text="Three.", link="/", now=later)
    actions.read_all(by=kim, now=later)
    engine.tick(later + timedelta(days=1))
    assert mails("notifications.digest") == 1


def test_the_bell_the_list_and_reading(client: Any, application: Application, kim: User) -> None:
    note(application, kim)
    row = Notification.objects.get()
    client.force_login(kim)
    with time_machine.travel(NOW):
        assert "1 notification you have not read" in client.get("/notifications/bell/").content.decode()
        assert "mentioned you in a note." in client.get("/notifications/").content.decode()
        assert client.post(f"/notifications/{row.pk}/")["Location"] == row.link
        assert queries.unread(kim) == 0
        note(application, kim, body="Once more.")
        client.post("/notifications/read/")
    assert queries.unread(kim) == 0


def test_it_is_ones_own_alone_and_leads_nowhere_else(
    client: Any, application: Application, kim: User
) -> None:
    note(application, kim)
    row = Notification.objects.get()
    with pytest.raises(Missing):
        actions.read(notification_id=row.pk, by=f.make_user(Role.ADMIN), now=NOW)
    Notification.objects.update(link="https://elsewhere.example/")
    client.force_login(kim)
    assert client.post(f"/notifications/{row.pk}/")["Location"] == "/notifications/"


def test_a_way_that_there_is_not_is_refused(client: Any, kim: User) -> None:
    for ways in ({"mention": "pigeon"}, {"bulk": "mail"}, {"gossip": "app"}):
        with pytest.raises(Invalid):
            actions.choose(by=kim, ways=ways)
    client.force_login(kim)
    with time_machine.travel(NOW):
        sent = client.post(
            "/notifications/ways/",
            {"mention": "off", "task": "mail", "bulk": "digest", "filter": "app", "rule": "app"},
        )
        assert sent["Location"] == "/notifications/ways/"
        assert (
            client.post(
                "/notifications/ways/",
                {"mention": "pigeon", "task": "mail", "bulk": "app", "filter": "app", "rule": "app"},
            ).status_code
            == 422
        )
    assert queries.ways(kim) == {
        "mention": "off",
        "task": "mail",
        "bulk": "digest",
        "filter": "app",
        "rule": "app",
    }


def test_whoever_mentions_somebody_who_may_not_see_it_is_told(
    client: Any, application: Application, kim: User
) -> None:
    f.make_user(Role.INTERVIEWER, name="Sam Outsider")
    f.make_user(Role.INTERVIEWER, name="Kim")  # the beginning of another's name, and not meant
    client.force_login(kim)
    with time_machine.travel(NOW):
        path, manager = f"/applications/{application.pk}/notes/", application.requisition.hiring_manager.name
        refused = client.post(path, {"note-body": "Ask @sam outsider.", "note-visibility": "team"})
        assert refused.status_code == 422
        assert "Sam Outsider may not see this note" in refused.content.decode()
        kept = client.post(
            path, {"note-body": f"Ask @Kim Recruiter and @{manager}.", "note-visibility": "team"}
        )
        assert kept.status_code == 302
    assert application.notes.get().mentions.count() == 2
