"""Requests to put data right, and complaints: arrived, owed by a day, answered once by a person, never by a clock."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client, override_settings
from django.utils import timezone

from ats.accounts.models import Role
from ats.kernel.errors import Conflict, Invalid, Missing
from ats.retention import actions as retention
from candidates.data_requests import actions
from candidates.data_requests.domain import due
from candidates.internal.models import KeptFrom
from candidates.models import Candidate, DataComplaint, DataCorrection, Promise
from tests.candidates.helpers import at_once, mails, run_lane
from tests.candidates.portal.helpers import open_for, text
from tests.factories import (
    NOW,
    make_application,
    make_candidate,
    make_organisation,
    make_requisition,
    make_user,
)

pytestmark = pytest.mark.django_db

GIVEN = {"name": "Robin Example", "email": "robin@example.com", "text": "You still have my file."}
DAY = timedelta(days=1)


def complain(browser: Client | None = None, **given: str):
    return (browser or Client()).post("/privacy/complaint/", GIVEN | given)


@pytest.fixture
def lead():
    return make_user(Role.LEAD, name="Alex Lead")


# --- By when


@pytest.mark.parametrize(
    ("asked", "until"),
    [
        ("2026-01-31", "2026-02-28"),
        ("2028-01-31", "2028-02-29"),
        ("2026-12-15", "2027-01-15"),
        ("2026-05-31", "2026-06-30"),
    ],
)
def test_a_month_ends_no_later_than_law_allows(asked: str, until: str) -> None:
    moment = datetime.fromisoformat(f"{asked}T10:00:00").replace(tzinfo=UTC)
    assert due.a_month_after(moment).date().isoformat() == until


# --- Complaints


def test_anybody_complains_and_hears_at_once(lead) -> None:
    house = make_organisation(name="Example Company")
    browser = Client(enforce_csrf_checks=True)
    shown = browser.get("/privacy/complaint/")
    assert (shown.status_code, "you need not have applied here" in text(shown)) == (200, True)
    assert browser.post("/privacy/complaint/", GIVEN).status_code == 403
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', shown.content.decode())[1]
    done = browser.post("/privacy/complaint/", GIVEN | {"csrfmiddlewaretoken": token}, follow=True)
    assert "Your complaint has arrived" in done.content.decode()
    row = DataComplaint.objects.get()
    assert (row.candidate, row.organisation, row.name, row.email) == (
        None, house, "Robin Example", "robin@example.com",
    )  # fmt: skip
    assert row.due_at - row.asked_at == 30 * DAY
    [received] = mails("data.complaint_received")
    assert (received.to, "tells you what came of it by" in received.text) == ("robin@example.com", True)
    assert GIVEN["text"] not in received.text, "nobody sends mail of theirs through us"
    [told] = mails("data.request_came")
    assert (told.to, f"/data-requests/complaints/{row.pk}/" in told.text) == (lead.email, True)


def test_in_the_language_of_who_reads_it() -> None:
    browser = Client(headers={"accept-language": "de"})
    assert "Sich darüber beschweren" in browser.get("/privacy/complaint/").content.decode()
    complain(browser)
    assert mails("data.complaint_received")[0].subject == "Ihre Beschwerde ist angekommen"


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": "Buy at www.example.com"},
        {"email": "nobody"},
        {"text": ""},
        {"text": "x" * 100_000},
        {"leave_this_empty": "I am a machine"},
        {"text": " \u0000 "},
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_lost(wrong: dict[str, str]) -> None:
    answer = complain(**wrong)
    assert answer.status_code == 400
    kept = next(GIVEN[name] for name in ("text", "name") if name not in wrong)
    assert kept in answer.content.decode()
    assert (DataComplaint.objects.count(), mails("data.complaint_received")) == (0, [])


@override_settings(COMPLAINT_ADDRESS_RATE="2/hour")
def test_nobody_floods_a_letterbox_of_others() -> None:
    address = f"flooded-{timezone.now().timestamp()}@example.com"
    answers = [complain(email=address, text=f"Number {number}.") for number in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert answers[-1]["Retry-After"]
    assert len(mails("data.complaint_received", to=address)) == 2


def test_a_second_click_is_the_same_complaint() -> None:
    for _ in range(2):
        actions.complain(now=NOW, **GIVEN)
    assert (DataComplaint.objects.count(), len(mails("data.complaint_received"))) == (1, 1)
    actions.complain(now=NOW + DAY, **GIVEN)
    assert DataComplaint.objects.count() == 2


def test_there_is_an_end_to_what_one_person_has_open() -> None:
    for number in range(10):
        actions.complain(now=NOW, **GIVEN | {"text": f"Number {number}."})
    with pytest.raises(Invalid, match="owe you an answer to each"):
        actions.complain(now=NOW, **GIVEN)


def test_a_candidate_complains_on_their_page_and_no_promise_changes(lead) -> None:
    application = make_application()
    promises = list(Promise.objects.values())
    mine = open_for(application.candidate)
    done = Client(enforce_csrf_checks=True).post(f"{mine}data/complaint/", {"text": "Too long kept."})
    assert (done.status_code, done["Location"]) == (302, f"{mine}data/?done=complaint")
    row = DataComplaint.objects.get()
    assert (row.candidate, row.organisation) == (application.candidate, application.requisition.organisation)
    assert list(Promise.objects.values()) == promises
    assert "Too long kept." in text(Client().get(f"{mine}data/"))


def test_it_is_answered_once_and_told_by_mail_and_on_their_page(lead, client: Client) -> None:
    application = make_application()
    row = actions.complain(candidate=application.candidate, text="Too long kept.", now=timezone.now())
    client.force_login(lead)
    path = f"/data-requests/complaints/{row.pk}/"
    assert "Written on their own page." in client.get(path).content.decode()
    assert client.post(path, {"outcome": "upheld", "answer": ""}).status_code == 422
    answer = {"outcome": "partly", "answer": "The file is deleted.\n\nThe letter stays: law wants it."}
    assert client.post(path, answer)["Location"] == "/settings/data-requests/"
    row.refresh_from_db()
    assert (row.state, row.outcome, row.settled_by) == ("answered", "partly", lead)
    [told] = mails("data.complaint_answered")
    assert told.to == application.candidate.email
    assert "We agree with you in part." in told.text
    assert "The letter stays: law wants it." in told.text
    page = text(Client().get(f"{open_for(application.candidate)}data/"))
    assert "We agree in part" in page
    assert "The file is deleted." in page
    shown = client.get(path).content.decode()
    assert ("Your complaint has arrived" in shown, shown.count("Queued")) == (True, 2)
    again = client.post(path, answer)
    assert (again.status_code, "has answered it already" in again.content.decode()) == (422, True)
    assert len(mails("data.complaint_answered")) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.race
def test_of_two_who_answer_at_once_one_is_told_of_the_other() -> None:
    first, second = make_user(Role.LEAD), make_user(Role.ADMIN)
    row = actions.complain(now=NOW, **GIVEN)

    def answer(by):
        return lambda: actions.answer_complaint(
            complaint_id=row.pk, outcome="upheld", answer="Deleted.", by=by, now=NOW
        )

    done = at_once(answer(first), answer(second))
    assert sorted(type(each).__name__ for each in done) == ["Conflict", "DataComplaint"]
    assert len(mails("data.complaint_answered")) == 1


def test_only_who_leads_sees_and_answers_a_complaint(client: Client, lead) -> None:
    row = actions.complain(now=NOW, **GIVEN)
    for role in (Role.RECRUITER, Role.COORDINATOR, Role.MANAGER):
        client.force_login(make_user(role))
        assert client.get(f"/data-requests/complaints/{row.pk}/").status_code == 404
        assert client.get("/settings/data-requests/").status_code == 403
    with pytest.raises(Missing):
        actions.answer_complaint(
            complaint_id=row.pk, outcome="upheld", answer="x", by=make_user(Role.RECRUITER), now=NOW
        )


def test_whose_boss_leads_is_answered_by_another_lead(client: Client, lead) -> None:
    other = make_user(Role.LEAD)
    application = make_application()
    KeptFrom.objects.create(application=application, user=lead)
    row = actions.complain(candidate=application.candidate, text="Too long kept.", now=NOW)
    assert [mail.to for mail in mails("data.request_came")] == [other.email]
    client.force_login(lead)
    assert client.get(f"/data-requests/complaints/{row.pk}/").status_code == 404
    assert application.candidate.name not in client.get("/settings/data-requests/").content.decode()


def test_it_is_reminded_of_before_and_every_week_after_and_never_closes(lead) -> None:
    row = actions.complain(now=NOW, **GIVEN)
    heard = []
    for day in range(70):
        run_lane("data-requests", NOW + day * DAY)
        if len(mails("data.request_due")) > len(heard):
            heard.append(day)
    assert heard == [23, 30, 37, 44, 51, 58, 65]
    row.refresh_from_db()
    assert row.state == "open"
    actions.answer_complaint(
        complaint_id=row.pk, outcome="rejected", answer="As law wants it.", by=lead, now=NOW + 70 * DAY
    )
    assert run_lane("data-requests", NOW + 100 * DAY) == 0


def test_the_answer_is_kept_for_years_and_outlives_who_complained(lead) -> None:
    candidate = make_candidate()
    row = actions.complain(candidate=candidate, text="Too long kept.", now=NOW)
    actions.complain(now=NOW, **GIVEN)
    actions.answer_complaint(complaint_id=row.pk, outcome="upheld", answer="Deleted.", by=lead, now=NOW)
    Candidate.objects.filter(pk=candidate.pk).delete()
    row.refresh_from_db()
    assert (row.candidate, row.answer) == (None, "Deleted.")
    assert retention.purge("data-complaints", NOW + 6 * 365 * DAY)[0] == 0
    assert retention.purge("data-complaints", NOW + 6 * 365 * DAY + DAY)[0] == 1
    assert DataComplaint.objects.get().state == "open"


# --- Corrections


def test_who_recruits_puts_it_right_and_they_are_told(client: Client) -> None:
    application = make_application()
    recruiter, mine = application.requisition.recruiter, open_for(application.candidate)
    done = Client(enforce_csrf_checks=True).post(
        f"{mine}data/correction/", {"text": "It was 2021, not 2012."}
    )
    assert done["Location"] == f"{mine}data/?done=correction"
    row = DataCorrection.objects.get()
    assert row.due_at == due.a_month_after(row.asked_at)
    assert [mail.to for mail in mails("data.request_came")] == [recruiter.email]
    client.force_login(recruiter)
    day = client.get("/").content.decode()
    assert "It was 2021, not 2012." in day
    path = f"/data-requests/corrections/{row.pk}/"
    assert path in day
    assert client.post(path, {"state": "declined", "answer": ""}).status_code == 422
    assert client.post(path, {"state": "done", "answer": "It says 2021 now."})["Location"] == "/"
    [told] = mails("data.correction_answered")
    assert ("We have put it right." in told.text, "It says 2021 now." in told.text) == (True, True)
    page = text(Client().get(f"{mine}data/"))
    assert ("Put right" in page, "It says 2021 now." in page) == (True, True)
    assert "It was 2021" not in client.get("/").content.decode()
    with pytest.raises(Conflict, match="has answered it already"):
        actions.answer_correction(
            correction_id=row.pk, state="declined", answer="No.", by=recruiter, now=timezone.now()
        )


def test_what_stays_as_it_is_says_why_in_their_language() -> None:
    application = make_application(candidate=make_candidate(language="fr"))
    row = actions.ask_for_correction(candidate=application.candidate, text="Faux.", now=NOW)
    with pytest.raises(Invalid, match="Write the answer"):
        actions.answer_correction(
            correction_id=row.pk, state="declined", answer=" ", by=application.requisition.recruiter, now=NOW
        )
    actions.answer_correction(
        correction_id=row.pk,
        state="declined",
        answer="C'est ce que vous avez écrit.",
        by=application.requisition.recruiter,
        now=NOW,
    )
    assert "Cela reste en l'état, et voici pourquoi" in mails("data.correction_answered")[0].text


def test_a_stranger_finds_no_request(client: Client) -> None:
    hidden = make_application(
        requisition=make_requisition(confidential=True), candidate=make_candidate(only_confidential=True)
    )
    row = actions.ask_for_correction(candidate=hidden.candidate, text="Wrong.", now=NOW)
    for role in (Role.RECRUITER, Role.MANAGER, Role.INTERVIEWER):
        client.force_login(make_user(role))
        assert client.get(f"/data-requests/corrections/{row.pk}/").status_code == 404


def test_who_leads_sees_what_is_late_and_what_has_no_recruiter(client: Client, lead) -> None:
    application = make_application()
    late = actions.ask_for_correction(
        candidate=application.candidate, text="Late one.", now=timezone.now() - 40 * DAY
    )
    actions.ask_for_correction(candidate=make_application().candidate, text="In time.", now=timezone.now())
    nobody = make_candidate()
    actions.ask_for_correction(candidate=nobody, text="Without a role.", now=timezone.now())
    client.force_login(lead)
    day = client.get("/").content.decode()
    assert [words in day for words in ("Late one.", "Without a role.")] == [True, True]
    run_lane("data-requests", timezone.now())
    assert {mail.to for mail in mails("data.request_due")} == {
        application.requisition.recruiter.email, lead.email,
    }  # fmt: skip
    assert "1 answer about data is late." in day
    assert "1 answer is late." in client.get("/settings/data-requests/").content.decode()
    late.refresh_from_db()
    assert late.nudge_at > timezone.now() + 6 * DAY


def test_the_list_holds_all_kinds_and_what_is_late_first(client: Client, lead) -> None:
    now = timezone.now()
    first, second = make_application().candidate, make_application().candidate
    actions.ask_for_copy(candidate=first, now=now)
    actions.complain(now=now - 31 * DAY, **GIVEN)
    actions.ask_for_correction(candidate=second, text="In time.", now=now)
    client.force_login(lead)
    page = client.get("/settings/data-requests/").content.decode()
    places = [page.index(f">{name}</a>") for name in ("Robin Example", second.name, first.name)]
    assert places[0] == min(places)
    only = client.get("/settings/data-requests/?kind=complaint").content.decode()
    assert (">Robin Example</a>" in only, f">{first.name}</a>" in only) == (True, False)
    assert client.get("/settings/data-requests/?kind=nonsense").status_code == 200


# --- What they change themselves


def test_links_and_time_zone_are_theirs_to_change() -> None:
    candidate = make_candidate()
    path = f"{open_for(candidate)}details/"
    given = {"first_name": "Robin", "email": candidate.email}
    links = "https://robin.example.com\n\nhttps://robin.example.com\nhttp://code.example.com/robin"
    assert Client().post(path, given | {"links": links, "time_zone": "Asia/Tokyo"}).status_code == 302
    candidate.refresh_from_db()
    assert (candidate.links, candidate.time_zone) == (
        ["https://robin.example.com", "http://code.example.com/robin"], "Asia/Tokyo",
    )  # fmt: skip
    Client().post(path, given)  # a page that was opened before it asked for them
    candidate.refresh_from_db()
    assert (len(candidate.links), candidate.time_zone) == (2, "Asia/Tokyo")
    for wrong in (
        "javascript:alert(1)",
        "robin",
        "https://",
        "https://a b.example",
        "\n".join(f"https://e.com/{n}" for n in range(11)),
    ):
        assert Client().post(path, given | {"links": wrong}).status_code == 400
    assert Client().post(path, given | {"time_zone": "Moon/Base"}).status_code == 400
