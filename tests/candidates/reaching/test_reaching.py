"""Another way to reach somebody: owed when a message did not arrive, settled when they know."""

from typing import Any

import pytest

from ats.activity.models import Activity
from ats.kernel.errors import Invalid, Missing, NotAllowed, WrongState
from ats.mail import delivery, inbound
from ats.mail.message import message_id
from ats.mail.models import MailKind, OutgoingMail, SuppressedAddress
from candidates.applications import actions as applications
from candidates.compose import letters
from candidates.messages import actions as conversation
from candidates.models import AnotherWay, Application, Message
from candidates.reaching import actions
from tests import factories as make
from tests.ats.mail.incoming import reports
from tests.ats.mail.incoming.shapes import ROBIN
from tests.ats.mail.test_bounces import ID
from tests.candidates.helpers import hours, mails, open_one, run_lane
from tests.factories import make_application, make_candidate, make_reason
from tests.smtp import Catcher

pytestmark = pytest.mark.django_db

NO = ("Your application", "Thank you. We will not go on.")


@pytest.fixture
def application() -> Application:
    candidate = make_candidate(email="robin@example.com", phone="+49 30 901820")
    return make_application(candidate=candidate, now=hours(-25))


def reject(application: Application, now: float = 1) -> OutgoingMail:
    applications.reject(
        application_id=application.pk,
        by=application.requisition.recruiter,
        now=hours(now),
        reason=make_reason().code,
        message=NO,
    )
    return OutgoingMail.objects.get(role="application.rejected")


def write(application: Application, now: float, body: str = "We go on with you.") -> OutgoingMail:
    said = conversation.send(
        application_id=application.pk,
        subject="News",
        body=body,
        by=application.requisition.recruiter,
        now=hours(now),
    )
    assert said.mail is not None
    return said.mail


def came_back(mail: OutgoingMail, now: float, why: str = "No such user") -> None:
    mail.refresh_from_db()
    mail.state, mail.sent_at, mail.last_error = "bounced", mail.sent_at or hours(now), why
    mail.save()
    delivery.tell(mail, hours(now))


def the_open() -> AnotherWay:
    return AnotherWay.objects.get(state="open")


def states() -> list[str]:
    return list(AnotherWay.objects.order_by("pk").values_list("state", flat=True))


@pytest.mark.ordinary_day
def test_a_decision_that_comes_back_is_owed_another_way_and_a_call_tells_it(
    client: Any, application: Application, smtp: Catcher
) -> None:
    recruiter = application.requisition.recruiter
    mail = reject(application, -24)
    run_lane("mail", hours(-22))
    came_back(mail, -21)
    application.refresh_from_db()
    row = the_open()
    assert (application.told_at, row.mail, row.trouble, row.detail) == (
        None,
        mail,
        "came_back",
        "No such user",
    )
    client.force_login(recruiter)
    way = f"/applications/{application.pk}/another-way/"
    day = client.get("/").content.decode()
    assert ("The decision has not reached them. It came back: tell them another way" in day, way in day) == (
        True,
        True,
    )
    page = client.get(f"/applications/{application.pk}/").content.decode()
    assert ("does not know what it says" in page, way in page) == (True, True)
    assert "Reach them another way" in client.get(f"/candidates/{application.candidate_id}/").content.decode()
    shown = client.get(way).content.decode()
    assert ("No such user" in shown, "901820" in shown, str(recruiter) in shown) == (True, True, True)
    assert client.post(f"{way}called/", {"called-note": ""}).status_code == 422
    assert (
        client.post(f"{way}called/", {"called-note": "Told her why."}).url
        == f"/applications/{application.pk}/"
    )
    application.refresh_from_db()
    assert (application.told_at is not None, states()) == (True, ["told"])
    assert (
        Message.objects.get(channel="call").body,
        Activity.objects.filter(verb="application.told").count(),
    ) == (
        "Told her why.",
        2,
    )
    assert AnotherWay.objects.get().settled_by == recruiter
    assert way not in client.get("/").content.decode()
    assert "Nobody has to be reached another way" in client.get(way).content.decode()


@pytest.mark.parametrize(
    ("address", "suppressed", "trouble"),
    [("", False, "no_address"), ("robin@example.com", True, "suppressed")],
)
def test_what_cannot_leave_at_all_is_owed_another_way(address: str, suppressed: bool, trouble: str) -> None:
    application = make_application(candidate=make_candidate(email=address))
    if suppressed:
        SuppressedAddress.objects.create(address=address, reason="bounced", since=hours(0))
    mail = write(application, 1)
    assert (mail.state, the_open().trouble, the_open().application) == ("withheld", trouble, application)


def test_what_their_own_filter_refuses_says_so(application: Application, smtp: Catcher) -> None:
    mail = write(application, 1)
    run_lane("mail", hours(1))
    content = reports.BY_FIELDS["as RFC 3464 says"].content.replace(b"5.1.1", b"5.7.1")
    about = content.replace(ID.encode(), message_id(mail).encode()).replace(ROBIN.encode(), mail.to.encode())
    inbound.take_in(about, hours(2))
    mail.refresh_from_db()
    assert (mail.state, the_open().trouble) == ("bounced", "filtered")


def test_one_is_open_for_each_application_and_a_decision_stays_before_everything_else(
    application: Application, smtp: Catcher
) -> None:
    first = write(application, 1)
    came_back(first, 2)
    decision = reject(application, 3)
    came_back(decision, 5)
    came_back(first, 6)
    assert (states(), the_open().mail) == (["open"], decision)


def test_what_nobody_owes_them_raises_no_duty(application: Application) -> None:
    mail = write(application, 1)
    for facts in ({"kind": MailKind.RELATIONSHIP}, {"role": "portal.link"}, {"application_id": None}):
        other = OutgoingMail.objects.get(pk=mail.pk)
        for name, value in facts.items():
            setattr(other, name, value)
        other.state = "bounced"
        actions.owe([other], now=hours(2))
    colleague = OutgoingMail(role="conversation.received", state="bounced", application_id=application.pk)
    actions.owe([colleague], now=hours(2))
    assert states() == []


@pytest.mark.ordinary_day
def test_the_letter_goes_to_another_address_where_it_still_holds(
    client: Any, application: Application, smtp: Catcher
) -> None:
    mail = reject(application, -24)
    run_lane("mail", hours(-22))
    came_back(mail, -21)
    client.force_login(application.requisition.recruiter)
    way = f"/applications/{application.pk}/another-way/address/"
    assert client.post(way, {"address-email": "robin@example.com"}).status_code == 422
    assert states() == ["open"]
    client.post(way, {"address-email": "robin@home.example"})
    mail.refresh_from_db()
    application.candidate.refresh_from_db()
    assert (mail.state, mail.to, states()) == ("queued", "robin@home.example", ["written"])
    assert application.candidate.email == "robin@home.example"
    run_lane("mail", mail.not_before)
    application.refresh_from_db()
    assert application.told_at is not None
    came_back(mail, 9)
    assert states() == ["written", "open"]  # it failed again: owed anew


def test_what_is_not_so_any_more_does_not_go_there(application: Application, smtp: Catcher) -> None:
    recruiter = application.requisition.recruiter
    said = {"promise.what": "First answer", "promise.due": "Friday"}
    mail = letters.queue(
        "application.acknowledged", application=application, key="ack", now=hours(-1), extra=said
    )
    came_back(mail, 0)
    write(application, 1)  # another date is promised by now, and the same address may refuse this as well
    assert states() == ["open"]
    email = "robin@home.example"
    assert actions.write_to(application_id=application.pk, email=email, by=recruiter, now=hours(2)) is False
    mail.refresh_from_db()
    assert (mail.state, states()) == ("bounced", ["open"])
    write(application, 3)  # words of one's own, to the other address
    assert states() == ["written"]


def test_it_is_set_aside_with_a_reason(client: Any, application: Application) -> None:
    came_back(write(application, 1), 2)
    recruiter = application.requisition.recruiter
    for reason, said in ((" ", "Say why"), ("x" * 301, "under 300")):
        with pytest.raises(Invalid, match=said):
            actions.set_aside(application_id=application.pk, reason=reason, by=recruiter, now=hours(3))
    client.force_login(recruiter)
    way = f"/applications/{application.pk}/another-way/aside/"
    client.post(way, {"aside-reason": "They came by <b>today</b>"})
    row = AnotherWay.objects.get()
    assert (row.state, row.reason, row.settled_by) == ("aside", "They came by <b>today</b>", recruiter)
    assert "another-way" not in client.get("/").content.decode()
    assert "Bounced: News" not in client.get("/").content.decode()
    with pytest.raises(WrongState):
        actions.set_aside(application_id=application.pk, reason="Again", by=recruiter, now=hours(4))
    with pytest.raises(WrongState):
        actions.note_called(application_id=application.pk, note="Hello", by=recruiter, now=hours(4))


def test_other_addresses_that_we_know_are_offered_and_not_those_that_refuse(
    client: Any, application: Application
) -> None:
    for number, address in enumerate(("robin@home.example", "gone@home.example", "robin@example.com")):
        Message.objects.create(
            candidate=application.candidate,
            application=application,
            direction="in",
            body="Hello",
            said_at=hours(number),
            answered_at=hours(number),
            sent_from=address,
        )
    SuppressedAddress.objects.create(address="gone@home.example", reason="bounced", since=hours(0))
    came_back(write(application, 1), 2)
    client.force_login(application.requisition.recruiter)
    way = f"/applications/{application.pk}/another-way/"
    page = client.get(way).content.decode()
    assert ("?email=robin%40home.example" in page, "gone@home" in page) == (True, False)
    assert 'value="robin@home.example"' in client.get(f"{way}?email=robin@home.example").content.decode()
    assert "evil@" not in client.get(f"{way}?email=evil@home.example").content.decode()


def test_a_decision_taken_back_and_a_withdrawal_end_it(application: Application, smtp: Catcher) -> None:
    mail = reject(application)
    run_lane("mail", hours(3))
    came_back(mail, 4)
    recruiter = application.requisition.recruiter
    applications.undo_decision(application_id=application.pk, by=recruiter, now=hours(5))
    assert states() == ["void"]
    came_back(write(application, 6), 7)
    application.refresh_from_db()
    applications.withdraw(application=application, by=application.candidate, now=hours(8), reason_text="")
    assert states() == ["void", "void"]


def test_who_may_not_change_a_person_keeps_no_other_address(application: Application) -> None:
    came_back(write(application, 1), 2)
    manager = application.requisition.hiring_manager
    with pytest.raises((NotAllowed, Missing)):
        actions.write_to(application_id=application.pk, email="a@home.example", by=manager, now=hours(3))
    assert states() == ["open"]
    stranger = make.make_user("interviewer")
    with pytest.raises(Missing):
        actions.note_called(application_id=application.pk, note="Hello", by=stranger, now=hours(3))
    assert (states(), mails("conversation.received")) == (["open"], [])
    assert open_one(application).kind in {"reach", "news", "stage"}
