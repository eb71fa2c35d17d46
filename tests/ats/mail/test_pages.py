"""The pages about messages: their words, the outbox, and the way out of relationship mail."""

from collections.abc import Callable
from html import escape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from ats.accounts.models import Role, User
from ats.activity.models import Activity
from ats.kernel.errors import NotAllowed
from ats.mail import actions, delivery
from ats.mail.models import MailState, MailTemplate, OutgoingMail, SuppressedAddress
from ats.mail.outbox import write
from ats.mail.roles import Words
from ats.mail.unsubscribing import address_for
from tests.factories import NOW, make_organisation, make_user
from tests.smtp import Catcher

pytestmark = pytest.mark.django_db
Put = Callable[..., OutgoingMail]
SignedIn = Callable[[User], Client]
WORDS = "/settings/messages/test.news/"


def subject_of(organisation: Any = None) -> str:
    return write("test.news", values={"thing": "you"}, organisation=organisation).subject


def test_words_are_the_organisation_s_then_the_house_s_then_ours(lead: User) -> None:
    one, other = make_organisation(), make_organisation()

    def say(subject: str, owner: Any) -> None:
        actions.change_template(
            role_name="test.news",
            organisation=owner,
            language="en",
            words=Words(subject=subject, body="Hello"),
            by=lead,
            now=NOW,
        )

    assert subject_of(one) == "About you"
    say("From the house", None)
    say("From one", one)
    assert [subject_of(one), subject_of(other), subject_of()] == [
        "From one",
        "From the house",
        "From the house",
    ]
    actions.reset_template(role_name="test.news", organisation=one, language="en", by=lead, now=NOW)
    assert subject_of(one) == "From the house"


def test_editing_previews_what_would_leave_and_keeps_it(lead: User, signed_in: SignedIn) -> None:
    browser = signed_in(lead)
    words = {"subject": "News of {{ thing }}", "body": "Dear all,\n\n- one <b>\n- {{ thing }}"}

    page = browser.get(WORDS)
    seen = browser.post(f"{WORDS}preview/", words).content.decode()
    assert page.status_code == 200
    assert "<strong>News of a thing</strong>" in seen
    assert "<li>one &lt;b&gt;</li><li>a thing</li>" in seen
    assert MailTemplate.objects.count() == 0

    saved = browser.post(WORDS, words)
    assert saved.status_code == 302
    assert subject_of() == "News of you"
    assert MailTemplate.objects.get().updated_by == lead

    assert browser.post(f"{WORDS}reset/").status_code == 302
    assert subject_of() == "About you"
    assert list(Activity.objects.order_by("id").values_list("verb", flat=True))[-2:] == [
        "mail_template.changed",
        "mail_template.reset",
    ]


@pytest.mark.parametrize(
    ("subject", "body", "message"),
    [
        (
            "Hello",
            "About {{ candidate.salary }}",
            "There is no {{ candidate.salary }} in this kind of message.",
        ),
        ("Hello {{ nobody }}", "Hello", "There is no {{ nobody }} in this kind of message."),
        ("Hello", "{% include 'secret' %}", "A placeholder is written like {{ candidate.first_name }}."),
        ("Hello", "{{ thing|upper }}", "A placeholder is written like {{ candidate.first_name }}."),
    ],
)
def test_what_is_no_placeholder_is_refused_beside_the_field(
    lead: User, signed_in: SignedIn, subject: str, body: str, message: str
) -> None:
    browser, words = signed_in(lead), {"subject": subject, "body": body}

    answer = browser.post(WORDS, words)

    assert answer.status_code == 422
    field = "subject" if "nobody" in message else "body"
    assert answer.context["form"].errors == {field: [message]}
    assert MailTemplate.objects.count() == 0
    assert f"<p>{escape(message)}</p>" in browser.post(f"{WORDS}preview/", words).content.decode()


def test_an_unknown_message_or_organisation_is_not_found(lead: User, signed_in: SignedIn) -> None:
    browser = signed_in(lead)

    assert browser.get("/settings/messages/no.such/").status_code == 404
    assert browser.get("/settings/messages/account.message/").status_code == 404  # not to be edited
    assert browser.get(f"{WORDS}?organisation=999").status_code == 404


def test_messages_stand_with_who_reads_them(db: None, signed_in: SignedIn) -> None:
    page = signed_in(make_user(Role.ADMIN)).get("/settings/messages/").content.decode()

    heads = [page.index(f"{who} read these") for who in ("Candidates", "Hiring managers and interviewers")]
    letters = ["/settings/messages/offer.sent/", "/settings/messages/scorecards.wanted/"]
    last = page.index("Colleagues read these")
    places = [heads[0], page.index(letters[0]), heads[1], page.index(letters[1]), last]
    assert places == sorted(places)
    assert page.index("/settings/messages/account.invitation/") > last


@pytest.mark.parametrize("path", ["/settings/messages/", WORDS, "/settings/outbox/"])
def test_these_pages_are_for_those_who_oversee(path: str, lead: User, signed_in: SignedIn) -> None:
    assert signed_in(lead).get(path).status_code == 200
    for role in (Role.RECRUITER, Role.COORDINATOR, Role.MANAGER, Role.INTERVIEWER, Role.STAKEHOLDER):
        assert signed_in(make_user(role)).get(path).status_code == 403
    assert Client().get(path).status_code == 302


def test_the_outbox_filters_and_pages(put: Put, lead: User, signed_in: SignedIn, monkeypatch: Any) -> None:
    monkeypatch.setattr("ats.mail.queries.PAGE", 3)
    mails = [put(subject=f"Letter {number}") for number in range(5)]
    OutgoingMail.objects.filter(pk=mails[0].pk).update(state=MailState.FAILED)
    browser = signed_in(lead)

    first = browser.get("/settings/outbox/")
    second = browser.get(f"/settings/outbox/?cursor={first.context['next_cursor']}")
    failed = browser.get("/settings/outbox/?state=failed")
    found = browser.get("/settings/outbox/?q=letter+3")

    assert [mail.subject for mail in first.context["mails"]] == ["Letter 4", "Letter 3", "Letter 2"]
    assert [mail.subject for mail in second.context["mails"]] == ["Letter 1", "Letter 0"]
    assert [mail.subject for mail in failed.context["mails"]] == ["Letter 0"]
    assert [mail.subject for mail in found.context["mails"]] == ["Letter 3"]
    assert (first.context["queue"].counts["queued"], first.context["queue"].counts["failed"]) == (4, 1)


def test_as_many_queries_for_many_messages(
    put: Put, lead: User, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    browser = signed_in(lead)
    browser.get("/settings/outbox/")
    for _ in range(40):
        put()

    with django_assert_max_num_queries(7):
        browser.get("/settings/outbox/")


def test_hostile_words_are_shown_as_words(put: Put, lead: User, signed_in: SignedIn) -> None:
    mail = put(
        to_name="<script>alert(1)</script>",
        subject="<img src=x onerror=alert(1)>",
        body="<script>alert(1)</script>",
    )
    OutgoingMail.objects.filter(pk=mail.pk).update(
        html="<body><p onclick='x'>Hi<script>alert(1)</script></p>"
    )

    for path in ("/settings/outbox/", f"/settings/outbox/{mail.pk}/"):
        page = signed_in(lead).get(path).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "onclick" not in page


def unknown(put: Put, smtp: Catcher) -> OutgoingMail:
    mail = put("test.decision")
    smtp.hang_up = True
    delivery.deliver(NOW)
    smtp.hang_up = False
    mail.refresh_from_db()
    assert mail.state == "unknown"
    return mail


@pytest.mark.parametrize("state", ["sent", "failed"])
def test_a_person_settles_what_is_unknown(
    put: Put, smtp: Catcher, lead: User, signed_in: SignedIn, state: str
) -> None:
    answer = "yes" if state == "sent" else "no"
    told = []
    delivery.settled("test.decision")(lambda mail, now: told.append(mail.state))
    mail = unknown(put, smtp)

    signed_in(lead).post(f"/settings/outbox/{mail.pk}/settle/", {"was_sent": answer})

    mail.refresh_from_db()
    assert (mail.state, mail.sent_at) == (state, mail.begun_at if state == "sent" else None)
    assert told == ["unknown", state]
    again = signed_in(lead).post(f"/settings/outbox/{mail.pk}/settle/", {"was_sent": answer})
    assert again.status_code == 409
    assert len(smtp.messages) == 1


def test_what_did_not_arrive_is_sent_again_on_purpose(put: Put, smtp: Catcher, lead: User) -> None:
    mail = unknown(put, smtp)
    actions.settle_unknown(mail_id=mail.pk, was_sent=False, by=lead, now=NOW)
    actions.retry(mail_id=mail.pk, by=lead, now=NOW)

    delivery.deliver(NOW)

    mail.refresh_from_db()
    assert (mail.state, mail.attempts, len(smtp.messages)) == ("sent", 0, 2)
    assert [row.verb for row in Activity.objects.order_by("id")] == [
        "mail.unknown",
        "mail.settled_by_hand",
        "mail.retried",
    ]


def test_a_message_is_taken_back_before_it_leaves(
    put: Put, smtp: Catcher, lead: User, signed_in: SignedIn
) -> None:
    mail, gone = put(), put()
    browser = signed_in(lead)
    browser.post(f"/settings/outbox/{mail.pk}/cancel/")
    delivery.deliver(NOW)

    assert browser.post(f"/settings/outbox/{gone.pk}/cancel/").status_code == 409
    assert list(OutgoingMail.objects.order_by("id").values_list("state", flat=True)) == ["cancelled", "sent"]


def test_an_address_is_written_to_again_when_a_person_says_so(
    put: Put, smtp: Catcher, lead: User, signed_in: SignedIn
) -> None:
    smtp.refuse["a@example.com"] = "550 5.1.1 gone"
    mail = put(to="a@example.com")
    delivery.deliver(NOW)
    browser = signed_in(lead)
    assert browser.post(f"/settings/outbox/{mail.pk}/retry/").status_code == 409
    smtp.refuse.clear()

    browser.post(f"/settings/outbox/addresses/{SuppressedAddress.objects.get().pk}/lift/")
    browser.post(f"/settings/outbox/{mail.pk}/retry/")
    delivery.deliver(timezone.now())

    mail.refresh_from_db()
    assert mail.state == "sent"


def test_a_recruiter_does_not_settle_the_outbox(put: Put, signed_in: SignedIn) -> None:
    mail, recruiter = put(), make_user(Role.RECRUITER)

    assert signed_in(recruiter).post(f"/settings/outbox/{mail.pk}/cancel/").status_code == 403
    with pytest.raises(NotAllowed):
        actions.lift_suppression(suppression_id=1, by=recruiter, now=NOW)
    mail.refresh_from_db()
    assert mail.state == "queued"


def test_unsubscribing_takes_one_click_and_only_stops_that_kind(put: Put) -> None:
    link, mailbox = (
        address_for("Robin@example.com").removeprefix("http://testserver"),
        Client(enforce_csrf_checks=True),
    )

    assert mailbox.get(link).status_code == 200
    assert SuppressedAddress.objects.count() == 0
    assert mailbox.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert mailbox.post(link).status_code == 200

    assert list(SuppressedAddress.objects.values_list("address", "kind", "reason")) == [
        ("robin@example.com", "relationship", "unsubscribed")
    ]
    assert put("test.invitation_to_talk", to="robin@example.com").state == "withheld"
    assert put("test.news", to="robin@example.com").state == "queued"
    assert mailbox.get(link[:-3] + "x/").status_code == 404


def test_the_key_to_a_readers_own_page_is_shown_to_nobody(put: Put, lead: User, signed_in: SignedIn) -> None:
    """A message that waits in the outbox still holds it: with it one could accept an offer in another's name."""
    key = "k" * 43
    mail = put(body="words")
    link = f"https://hiring.example.com/status/{key}/"
    for html in ("", f'<body><p><a href="{link}">{link}</a></p>'):
        OutgoingMail.objects.filter(pk=mail.pk).update(text=f"See where you stand: {link}", html=html)
        page = signed_in(lead).get(f"/settings/outbox/{mail.pk}/").content.decode()
        assert ("https://hiring.example.com/status/…/" in page, key in page) == (True, False)
