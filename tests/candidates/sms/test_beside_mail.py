"""What goes by SMS beside a mail, to whom, when, how often; and what an answer comes to."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from ats.accounts.models import Role
from ats.kernel.errors import WrongState
from ats.mail import delivery, inbound, outbox
from ats.mail.models import IncomingMail, OutgoingMail
from ats.mail.render import plain
from ats.models import Activity, SmsMessage
from ats.sms import actions as sms
from ats.sms.actions import deliver
from ats.sms.actions.hear import Heard, hear
from ats.sms.domain.segments import is_gsm, segments
from ats.sms.models import SmsAccount
from candidates.models import AnotherWay, Application, Message, SmsChoice
from candidates.reaching import actions as reaching
from candidates.sms import actions, listeners
from candidates.sms.actions import notify
from candidates.sms.domain import texts
from tests.ats.sms.server import Carrier, carrying
from tests.ats.sms.test_sms import account_of
from tests.candidates.journeys.test_api import client_of, post
from tests.candidates.portal.helpers import open_for, text
from tests.factories import (
    NOW,
    make_application,
    make_candidate,
    make_interview,
    make_requisition,
    make_user,
)
from tests.smtp import Catcher

pytestmark = pytest.mark.django_db
NUMBER = "+4915123456789"
BOTH = ["interviews", "news"]


@pytest.fixture
def carrier(settings: Any) -> Iterator[Carrier]:
    settings.CHAT_ALLOWED_ADDRESSES = frozenset({"127.0.0.1"})
    with carrying() as server:
        yield server


@pytest.fixture
def application() -> Application:
    made = make_application(candidate=make_candidate(time_zone="Europe/Berlin"))
    account_of(organisation=made.requisition.organisation)
    choose(made)
    return made


def choose(application: Application, *what: str) -> SmsChoice:
    facts = {"number": NUMBER, "about_what": list(what) or BOTH, "confirmed_at": NOW}
    return SmsChoice.objects.create(candidate=application.candidate, **facts)


def mail(
    application: Application, role: str = "conversation.message", key: str = "", now: Any = NOW
) -> OutgoingMail:
    return outbox.queue(
        role,
        to=outbox.To(address=application.candidate.email),
        message=plain("Secret subject", "The reason is secret."),
        key=key or f"{role}:{OutgoingMail.objects.count()}",
        now=now,
        about=application.about(),
    )


def leave(now: Any = NOW) -> None:
    delivery.deliver(now)
    deliver.deliver(now)


def states() -> list[tuple[str, str]]:
    return list(SmsMessage.objects.order_by("pk").values_list("state", "last_error"))


def test_news_goes_beside_the_mail_and_says_nothing_of_it(
    smtp: Catcher, carrier: Carrier, application: Application, client: Client
) -> None:
    mail(application)
    leave()
    assert len(smtp.messages) == 1
    ((number, said),) = carrier.heard
    name = application.requisition.organisation.name
    head, _, rest = said.partition("http://testserver")
    link, _, foot = rest.partition("\n")
    assert (number, head, foot) == (
        NUMBER,
        f"{name}: there is news on your application: ",
        "Answers by SMS are not read.",
    )
    assert "ecret" not in said
    assert client.get(link).status_code == 200
    assert link not in SmsMessage.objects.get().text


def test_a_mail_that_did_not_leave_has_none(
    smtp: Catcher, carrier: Carrier, application: Application
) -> None:
    one, two = mail(application), mail(application, "application.rejected", now=NOW)
    outbox.cancel(application_id=application.pk, now=NOW)
    leave(), leave(NOW + timedelta(hours=6))
    one.refresh_from_db(), two.refresh_from_db()
    assert {one.state, two.state} == {"cancelled"}
    assert (carrier.heard, states()) == ([], [])


def test_only_what_they_chose_and_only_who_chose(
    smtp: Catcher, carrier: Carrier, application: Application
) -> None:
    SmsChoice.objects.update(about_what=["interviews"])
    other = make_application(requisition=application.requisition)
    for each in (application, other):
        mail(each)
    mail(application, "application.acknowledged"), mail(application, "journey.message")
    leave()
    assert states() == []


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "ar"])
@pytest.mark.parametrize("hears", [True, False])
def test_it_takes_no_more_than_two_sms_in_any_language(language: str, hears: bool) -> None:
    link = "https://hiring.example.com/status/" + "k" * 43 + "/"
    said = texts.Said(name="Example Company", link=link, language=language, hears=hears)
    zone = ZoneInfo("Europe/Berlin")
    months = [datetime(2027, month, 26, 23, 45, tzinfo=zone) for month in range(1, 13)]
    written = [
        texts.news(said),
        texts.times(said),
        texts.code(said, number="123456", minutes=10),
        *(texts.interview(said, at=at, zone=zone, is_off=off) for at in months for off in (True, False)),
    ]
    for each in written:
        assert segments(each) <= 2, each
        assert link in each or "123456" in each
        assert each.startswith("Example ") or language == "ar"
    if language != "ar":
        assert [is_gsm(each) for each in written[:3]] == [True] * 3, written[:3]


def test_an_interview_says_when_in_their_zone(
    smtp: Catcher, carrier: Carrier, application: Application
) -> None:
    at = datetime(2026, 12, 3, 13, 0, tzinfo=ZoneInfo("UTC")) if NOW.year == 2026 else NOW + timedelta(days=9)
    interview = make_interview(application, starts_at=at)
    mail(
        application,
        "interview.booked",
        f"interview:{interview.pk}:{interview.sequence}:interview.booked:candidate",
    )
    leave()
    local = at.astimezone(ZoneInfo("Europe/Berlin"))
    assert f"your interview: {local:%a} {local.day} {local:%b, %H:%M %Z}. http" in carrier.texts[0]


def test_one_that_was_moved_meanwhile_is_not_said(
    smtp: Catcher, carrier: Carrier, application: Application
) -> None:
    interview = make_interview(application, starts_at=NOW + timedelta(days=5))
    mail(
        application,
        "interview.booked",
        f"interview:{interview.pk}:{interview.sequence}:interview.booked:candidate",
    )
    delivery.deliver(NOW)
    interview.sequence += 1
    interview.save(update_fields=["sequence"])
    deliver.deliver(NOW)
    assert (states(), carrier.heard) == ([("cancelled", listeners.NOT_SO)], [])


def test_never_in_their_night(smtp: Catcher, carrier: Carrier, application: Application) -> None:
    night = NOW.replace(hour=22, minute=30)
    notify.beside(_sent(application, night), night)
    deliver.deliver(night)
    assert carrier.heard == []
    row = SmsMessage.objects.get()
    assert row.not_before.astimezone(ZoneInfo("Europe/Berlin")).hour == 8
    SmsMessage.objects.update(not_before=night)
    deliver.deliver(night)
    row.refresh_from_db()
    assert (row.state, row.not_before > night, carrier.heard) == ("queued", True, [])
    deliver.deliver(row.not_before)
    assert len(carrier.heard) == 1


def _sent(application: Application, now: Any) -> OutgoingMail:
    made = mail(application, now=now)
    OutgoingMail.objects.filter(pk=made.pk).update(state="sent", sent_at=now)
    made.refresh_from_db()
    return made


def test_no_more_news_than_a_day_may_bring(smtp: Catcher, carrier: Carrier, application: Application) -> None:
    for _ in range(4):
        mail(application)
        leave()
    assert len(carrier.heard) == notify.CAP
    SmsMessage.objects.update(created_at=NOW - timedelta(days=1))
    mail(application)
    leave()
    assert len(carrier.heard) == notify.CAP + 1


def test_a_choice_that_ended_stops_what_waits(
    smtp: Catcher, carrier: Carrier, application: Application
) -> None:
    mail(application)
    delivery.deliver(NOW)
    candidate = application.candidate
    actions.end(candidate=candidate, where="on their own page", by=candidate, now=NOW)
    deliver.deliver(NOW)
    assert (states(), carrier.heard) == ([("cancelled", "")], [])


@pytest.mark.parametrize("change", [{"number": "+33612345678"}, {"about_what": ["interviews"]}])
def test_what_changed_meanwhile_counts_at_the_door(
    smtp: Catcher, carrier: Carrier, application: Application, change: dict[str, Any]
) -> None:
    mail(application)
    delivery.deliver(NOW)
    SmsChoice.objects.update(**change)
    deliver.deliver(NOW)
    assert (states(), carrier.heard) == ([("cancelled", listeners.NOT_CHOSEN)], [])


def test_told_once_however_often_the_mail_s_fate_is_said(
    smtp: Catcher, carrier: Carrier, application: Application
) -> None:
    sent = mail(application)
    leave()
    sent.refresh_from_db()
    for _ in range(3):
        listeners.beside_its_mail(sent, NOW)
    assert SmsMessage.objects.count() == 1


# --- In the conversation


def test_it_stands_in_both_conversations(
    smtp: Catcher, carrier: Carrier, application: Application, client: Client
) -> None:
    mail(application)
    leave()
    shown = text(client.get(open_for(application.candidate)))
    assert "by SMS" in shown
    assert "there is news on your application" in shown
    client.force_login(application.requisition.recruiter)
    page = client.get(f"/applications/{application.pk}/").content.decode()
    assert "sent an SMS" in page
    SmsMessage.objects.update(state="failed", sent_at=None, last_error="The provider said no (400).")
    page = client.get(f"/applications/{application.pk}/").content.decode()
    assert "could not send an SMS" in page
    assert "The provider said no (400)." in page
    assert "which did not arrive" in text(client.get(open_for(application.candidate)))


def answer(application: Application, said: str, key: str = "SM1", number: str = NUMBER) -> None:
    organisation = application.requisition.organisation_id
    hear(Heard(key=key, number=number, text=said, organisation_id=organisation), now=NOW)
    inbound.read_waiting(timezone.now() + timedelta(minutes=1))


def test_an_answer_lands_in_the_conversation_and_waits_for_one(
    smtp: Catcher, carrier: Carrier, application: Application, client: Client
) -> None:
    mail(application)
    leave()
    answer(application, "Can we talk on Friday?")
    answer(application, "Can we talk on Friday?")
    message = Message.objects.get(direction="in")
    assert (
        message.body,
        message.channel,
        message.application_id,
        message.sent_from,
        message.answered_at,
    ) == (
        "Can we talk on Friday?",
        "sms",
        application.pk,
        "",
        None,
    )
    client.force_login(application.requisition.recruiter)
    page = client.get(f"/applications/{application.pk}/").content.decode()
    assert "answered by SMS" in page
    assert "Can we talk on Friday?" in text(client.get(open_for(application.candidate)))


def test_an_answer_from_another_number_is_nobody_s(
    smtp: Catcher, carrier: Carrier, application: Application
) -> None:
    mail(application)
    leave()
    answer(application, "It is me", number="+33612345678")
    assert (IncomingMail.objects.get().why, Message.objects.filter(direction="in").count()) == ("unknown", 0)


def test_stop_ends_it_for_whoever_has_the_number(
    smtp: Catcher, carrier: Carrier, application: Application
) -> None:
    mail(application)
    leave()
    mail(application)
    delivery.deliver(NOW)
    answer(application, "Arrêt")
    deliver.deliver(NOW)
    assert not SmsChoice.objects.exists()
    assert [state for state, _ in states()] == ["sent", "cancelled"]
    said = Activity.objects.filter(verb="candidate.sms_ended").values_list("data__where", flat=True)
    assert list(said) == [listeners.ANSWERED]
    assert not Message.objects.filter(direction="in").exists()


def test_where_answers_are_read_it_says_how_to_stop(
    smtp: Catcher, carrier: Carrier, application: Application
) -> None:
    SmsAccount.objects.update(hears=True)
    mail(application)
    leave()
    assert carrier.texts[0].endswith("\nReply STOP to end SMS.")
    sms.suppress(NUMBER, now=NOW)
    assert not SmsChoice.objects.exists()


# --- By the team, and over the API


def test_who_could_not_be_reached_gets_one_by_a_click(
    smtp: Catcher, carrier: Carrier, application: Application, client: Client
) -> None:
    row = AnotherWay.objects.create(
        application=application,
        mail=_sent(application, NOW),
        trouble="came_back",
        opened_at=NOW,
        due_at=NOW + timedelta(days=2),
    )
    client.force_login(application.requisition.recruiter)
    way = f"/applications/{application.pk}/another-way/"
    assert "Send them an SMS" in client.get(way).content.decode()
    assert client.post(f"{way}sms/").status_code == 302
    with pytest.raises(WrongState):
        reaching.send_sms(application_id=application.pk, by=application.requisition.recruiter, now=NOW)
    deliver.deliver(timezone.now())
    assert len(carrier.heard) == 1
    row.refresh_from_db()
    assert row.state == "open"
    OutgoingMail.objects.update(role="application.rejected")
    assert "Send them an SMS" not in client.get(way).content.decode()


def test_who_did_not_choose_it_is_not_offered_one(application: Application, client: Client) -> None:
    SmsChoice.objects.update(about_what=["interviews"])
    AnotherWay.objects.create(
        application=application,
        mail=_sent(application, NOW),
        trouble="came_back",
        opened_at=NOW,
        due_at=NOW + timedelta(days=2),
    )
    client.force_login(application.requisition.recruiter)
    assert "SMS" not in client.get(f"/applications/{application.pk}/another-way/").content.decode()
    with pytest.raises(WrongState):
        reaching.send_sms(application_id=application.pk, by=application.requisition.recruiter, now=NOW)


def test_choices_are_read_and_ended_over_the_api(application: Application) -> None:
    hidden = make_candidate(only_confidential=True)
    make_application(requisition=make_requisition(confidential=True), candidate=hidden)
    SmsChoice.objects.create(candidate=hidden, number="+33612345678", about_what=BOTH, confirmed_at=NOW)
    recruiter = client_of(make_user(Role.RECRUITER))
    (row,) = recruiter.get("/api/v1/sms-choices/").json()["results"]
    assert (row["candidate"], row["number"], row["about_what"]) == (application.candidate_id, NUMBER, BOTH)
    other = SmsChoice.objects.get(candidate=hidden)
    assert recruiter.get(f"/api/v1/sms-choices/{other.pk}/").status_code == 404
    assert post(recruiter, f"sms-choices/{other.pk}/end/").status_code == 404
    assert post(recruiter, f"sms-choices/{row['id']}/end/").status_code == 204
    assert post(recruiter, f"sms-choices/{row['id']}/end/").status_code == 404
    assert [each.candidate_id for each in SmsChoice.objects.all()] == [hidden.pk]
