"""Relationship mail rests on a yes to its purpose, on record with its words; a no ends it, whatever was under way."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ats.activity.models import Activity
from ats.mail import actions as mail_actions
from ats.mail import delivery, outbox
from ats.mail.models import OutgoingMail, SuppressedAddress
from ats.mail.render import plain
from ats.mail.unsubscribing import address_for
from candidates.consents import actions
from candidates.consents.listeners import NOT_AGREED
from candidates.models import Candidate, Consent
from tests.candidates.helpers import days
from tests.candidates.portal.helpers import applied, open_for, text
from tests.factories import NOW, make_application, make_candidate
from tests.smtp import Catcher

pytestmark = pytest.mark.django_db


def agree(candidate: Candidate, purpose: str = "community", now=NOW, where: str = "page") -> None:
    actions.agree(candidate=candidate, purpose=purpose, where=where, by=candidate, now=now)


def rows(candidate: Candidate) -> list[tuple[str, str, str]]:
    """Purpose, where it was given and where it ended, in order."""
    return list(candidate.consents.order_by("pk").values_list("purpose", "where", "withdrawn_where"))


def send(candidate: Candidate, role: str = "journey.community", now=NOW) -> OutgoingMail:
    return outbox.queue(
        role,
        to=outbox.To(address=candidate.email),
        message=plain("News", "A word."),
        key=f"{role}:{OutgoingMail.objects.count()}",
        now=now,
        about={"candidate_id": candidate.pk},
    )


def link_of(candidate: Candidate, purpose: str = "") -> str:
    return address_for(candidate.email, purpose).removeprefix("http://testserver")


def test_a_yes_is_kept_with_its_words_in_the_language_in_which_they_were_read() -> None:
    robin = make_candidate(language="de")
    agree(robin, "news")
    agree(robin, "news", now=days(1))
    consent = Consent.objects.get()
    assert (consent.given_at, consent.until, consent.where, consent.language) == (
        NOW,
        NOW + timedelta(days=365),
        "page",
        "de",
    )
    assert consent.words == ("Schreiben Sie mir ein Jahr lang ab und zu von Ihren Produkten und Leistungen")
    assert list(Activity.objects.values_list("verb", "data__purpose")) == [
        ("candidate.agreed", "Our products and services")
    ]


def test_one_that_ran_out_is_a_row_of_its_own_and_so_is_the_next() -> None:
    robin = make_candidate()
    agree(robin, "roles")
    agree(robin, "roles", now=days(400))
    assert rows(robin) == [("roles", "page", "renewed"), ("roles", "page", "")]
    robin.refresh_from_db()
    assert (robin.pool_consent_at, robin.pool_consent_until) == (days(400), days(400) + timedelta(days=365))


def test_a_no_ends_it_and_takes_back_what_waits() -> None:
    robin = make_candidate()
    agree(robin, "roles")
    agree(robin)
    news, roles = send(robin), send(robin, "journey.keep_in_touch")
    withdrawn = actions.withdraw(
        candidate=robin, purpose="community", where="colleague", by=robin, now=days(1)
    )
    again = actions.withdraw(candidate=robin, purpose="community", where="colleague", by=robin, now=days(1))
    assert (withdrawn, again) == (True, False)
    assert rows(robin) == [("roles", "page", ""), ("community", "page", "colleague")]
    news.refresh_from_db(), roles.refresh_from_db()
    assert (news.state, roles.state) == ("cancelled", "queued")
    robin.refresh_from_db()
    assert robin.pool_consent_at == NOW


@pytest.mark.ordinary_day
def test_what_nobody_agreed_to_does_not_leave_however_it_came_to_wait(smtp: Catcher) -> None:
    agreed, over, never = make_candidate(), make_candidate(), make_candidate()
    agree(agreed), agree(over, now=days(-400))
    mails = [send(each) for each in (agreed, over, never)]
    owed = send(never, "application.acknowledged")
    delivery.deliver(NOW)
    found = {mail.pk: (mail.state, mail.last_error) for mail in OutgoingMail.objects.all()}
    assert [found[mail.pk] for mail in [*mails, owed]] == [
        ("sent", ""),
        ("withheld", NOT_AGREED),
        ("withheld", NOT_AGREED),
        ("sent", ""),
    ]


def test_one_click_ends_the_purpose_of_the_message_and_no_other() -> None:
    robin, mailbox = make_candidate(), Client(enforce_csrf_checks=True)
    for purpose in ("roles", "community", "news"):
        agree(robin, purpose, now=timezone.now())
    link = link_of(robin, "news")
    assert mailbox.get(link).status_code == 200
    assert mailbox.head(link).status_code == 200
    assert mailbox.put(link).status_code == 405
    assert [end for *_, end in rows(robin)] == ["", "", ""]
    assert mailbox.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert mailbox.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert rows(robin) == [("roles", "page", ""), ("community", "page", ""), ("news", "page", "mail")]
    assert mailbox.get(link[:-4] + "abc/").status_code == 404


def test_a_message_that_should_not_have_come_is_the_last() -> None:
    robin = make_candidate()
    Client().post(link_of(robin, "news"), {"List-Unsubscribe": "One-Click"})
    assert list(SuppressedAddress.objects.values_list("address", "kind", "reason")) == [
        (robin.email, "relationship", "unsubscribed")
    ]


def test_a_reader_sees_what_they_get_stops_all_and_changes_their_mind() -> None:
    robin, client = make_candidate(), Client()
    agree(robin, "roles", now=timezone.now()), agree(robin, "news", now=timezone.now())
    link = link_of(robin, "news")
    page = text(client.get(link))
    assert "The message that brought you here was about this: Our products and services." in page
    stopped = text(client.post(link, {"stop": "all"}))
    assert "Noted. You will get no more of these messages." in stopped
    assert stopped.count("You do not get it.") == 2
    assert SuppressedAddress.objects.count() == 1
    assert "You may hear from us about it again." in text(client.post(link, {"again": "news"}))
    # To what they never agreed, a link in a mail is no signature.
    client.post(link, {"again": "community"})
    assert rows(robin) == [("roles", "page", "mail"), ("news", "page", "mail"), ("news", "mail", "")]
    assert SuppressedAddress.objects.count() == 0
    assert client.post(link, {"again": "everything"}).status_code == 200


def test_links_of_older_messages_stop_all() -> None:
    robin = make_candidate()
    agree(robin, now=timezone.now())
    Client().post(link_of(robin))
    assert rows(robin) == [("community", "page", "mail")]
    assert SuppressedAddress.objects.count() == 1


def test_a_complaint_is_a_no_to_all() -> None:
    robin = make_candidate()
    agree(robin)
    mail_actions.note_complaint(send(robin), now=days(1))
    assert rows(robin) == [("community", "page", "complaint")]


def test_the_form_of_a_job_keeps_where_and_to_what_they_agreed() -> None:
    application = applied(consent_pool=True)
    consent = Consent.objects.get()
    assert (consent.candidate, consent.where, consent.purpose) == (application.candidate, "form", "roles")
    assert consent.words == "Keep my details for a year, to tell me of other roles that may suit me"


# --- On their own page


def test_preferences_are_chosen_on_their_own_page(client: Client) -> None:
    robin = applied().candidate
    path = f"{open_for(robin)}preferences/"
    assert text(client.get(path)).count("Write to me now and then") == 2
    done = client.post(path, {"language": "de", "purposes": ["roles", "news"]}, follow=True)
    assert "Danke. Wir halten uns an Ihre Wahl." in text(done)
    assert "Unsere Produkte und Leistungen" in text(done)
    robin.refresh_from_db()
    assert (robin.language, rows(robin)) == ("de", [("roles", "page", ""), ("news", "page", "")])
    # In which words: of the page on which they agreed.
    assert Consent.objects.get(purpose="news").language == "en"
    client.post(path, {"language": "de", "purposes": ["news"]})
    assert rows(robin) == [("roles", "page", "page"), ("news", "page", "")]
    wrong = client.post(path, {"language": "xx", "purposes": ["everything"]})
    assert (wrong.status_code, sorted(wrong.context["form"].errors)) == (400, ["language", "purposes"])
    assert client.get("/status/nobody/preferences/").status_code == 404


def test_who_stopped_all_sees_nothing_chosen_and_can_choose_anew(client: Client) -> None:
    robin = applied().candidate
    agree(robin, "news", now=timezone.now())
    SuppressedAddress.objects.create(
        address=robin.email, kind="relationship", reason="unsubscribed", since=timezone.now()
    )
    path = f"{open_for(robin)}preferences/"
    assert client.get(path).context["form"].initial["purposes"] == []
    client.post(path, {"language": "en", "purposes": ["news"]})
    assert SuppressedAddress.objects.count() == 0
    assert rows(robin) == [("news", "page", "")]


def test_staff_see_what_was_agreed_to_and_when_it_ended(client: Client) -> None:
    application = make_application()
    robin = application.candidate
    agree(robin, "news"), agree(robin)
    actions.withdraw(candidate=robin, purpose="news", where="mail", by=robin, now=days(1))
    client.force_login(application.requisition.recruiter)
    page = " ".join(client.get(f"/candidates/{robin.pk}/").content.decode().split())
    assert "The work and the people here: agreed on their own page" in page
    assert "Ended by the link in a message" in page
