"""A copy of everything: asked for, made beside the requests, sent to its owner alone, and gone after its time."""

import io
import json
import re
import tracemalloc
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ats.activity.models import Activity
from ats.duework.models import DueTask
from ats.kernel.errors import Missing, WrongState
from ats.mail.models import SuppressedAddress
from ats.retention import actions as retention
from candidates.applications.actions import reject
from candidates.data_requests import actions
from candidates.data_requests.domain import entries, resume
from candidates.documents.actions import attach
from candidates.documents.models import Scan
from candidates.models import Candidate, DataCopy, DispositionReason, Document, Message, Note
from tests.candidates.data_requests.helpers import data, fetched, letter, link_in, make, opened, page
from tests.candidates.helpers import at_once, run_lane
from tests.candidates.portal.helpers import open_for, text
from tests.candidates.scorecards.helpers import card_of, hand_in, hold, met
from tests.factories import NOW, make_application, make_candidate, make_user

pytestmark = pytest.mark.django_db


def upload(candidate: Candidate, name: str = "cv.txt", body: bytes = b"What I can do.") -> Document:
    return attach(
        candidate=candidate,
        application=candidate.applications.first(),
        kind="resume",
        upload=SimpleUploadedFile(name, body),
        by=None,
        now=NOW,
    )


def test_one_asks_on_ones_page_and_takes_it_by_the_link_in_the_mail() -> None:
    application = make_application()
    candidate = application.candidate
    upload(candidate)
    browser = Client(enforce_csrf_checks=True)
    mine = open_for(candidate)
    asked = browser.post(f"{mine}data/copy/")
    assert (asked.status_code, asked["Location"]) == (302, f"{mine}data/?done=copy")
    assert "Its link comes by mail" in text(browser.get(asked["Location"]))
    run_lane("later-tasks", timezone.now())

    link = link_in(letter(candidate))
    shown = browser.get(link)
    assert (shown.status_code, shown["Referrer-Policy"], shown["Cache-Control"]) == (
        200, "no-referrer", "private, no-store",
    )  # fmt: skip
    assert DataCopy.objects.get().taken_at is None, "programs look at links in mails"
    got, body = fetched(link)
    assert (got.status_code, got["Content-Type"]) == (200, "application/zip")
    assert "attachment" in got["Content-Disposition"]
    zipped = zipfile.ZipFile(io.BytesIO(body))
    assert sorted(zipped.namelist()) == ["data.json", "files/1-cv.txt", "index.html", "resume.json"]
    assert zipped.read("files/1-cv.txt") == b"What I can do."
    verbs = Activity.objects.filter(candidate_id=candidate.pk, verb__startswith="data.").order_by("pk")
    assert list(verbs.values_list("verb", flat=True)) == [
        "data.copy_asked",
        "data.copy_ready",
        "data.copy_taken",
    ]


def test_the_link_works_once_and_for_another_hour_where_the_line_broke() -> None:
    candidate = make_application().candidate
    now = timezone.now()
    copy = make(candidate, now)
    link = link_in(letter(candidate))
    assert [fetched(link)[0].status_code for _ in range(2)] == [200, 200]
    DataCopy.objects.filter(pk=copy.pk).update(taken_at=now - timedelta(hours=1, minutes=1))
    for answer in (Client().get(link), Client().post(link)):
        assert answer.status_code == 410
        assert "was downloaded, and a link works only once" in text(answer)


def test_guessed_over_and_erased_links_say_so() -> None:
    candidate = make_application().candidate
    copy = make(candidate, timezone.now())
    link = link_in(letter(candidate))
    for wrong in ("/your-data/guessed/", f"{link[:-5]}x/"):
        for answer in (Client().get(wrong), Client().post(wrong)):
            assert answer.status_code == 404
            assert "There is no copy behind this link" in text(answer)
    DataCopy.objects.filter(pk=copy.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    over = Client().post(link)
    assert (over.status_code, "Its time is up" in text(over)) == (410, True)
    DataCopy.objects.filter(pk=copy.pk).update(expires_at=timezone.now() + timedelta(days=1))
    copy.file.storage.delete(copy.file.name)
    assert Client().post(link).status_code == 410
    Candidate.objects.filter(pk=candidate.pk).update(anonymised_at=timezone.now())
    assert Client().get(link).status_code == 404


def test_only_the_hash_is_kept_and_the_file_is_private() -> None:
    candidate = make_application().candidate
    copy = make(candidate, timezone.now())
    token = link_in(letter(candidate)).split("/")[2]
    assert token not in json.dumps(list(DataCopy.objects.values()), default=str)
    path = Path(copy.file.path)
    assert (path.parent.name, oct(path.stat().st_mode)[-3:]) == ("copies", "600")
    assert candidate.last_name.lower() not in copy.file.name


def test_the_same_copy_asked_for_fifty_times_is_made_once_a_day() -> None:
    candidate = make_application().candidate
    for number in range(50):
        if number:
            with pytest.raises(WrongState, match="being made already"):
                actions.ask_for_copy(candidate=candidate, now=NOW)
        else:
            actions.ask_for_copy(candidate=candidate, now=NOW)
    assert (DataCopy.objects.count(), DueTask.objects.filter(kind=actions.BUILD).count()) == (1, 1)
    run_lane("later-tasks", NOW)
    with pytest.raises(WrongState, match="within the last day"):
        actions.ask_for_copy(candidate=candidate, now=NOW + timedelta(hours=23))
    old = DataCopy.objects.get()
    new = make(candidate, NOW + timedelta(hours=25))
    old.refresh_from_db()
    assert (old.file.name, new.file.storage.exists(new.file.name)) == ("", True)


def test_the_page_says_what_is_refused() -> None:
    candidate = make_application().candidate
    mine = open_for(candidate)
    Client().post(f"{mine}data/copy/")
    again = Client().post(f"{mine}data/copy/")
    assert (again.status_code, "A copy is being made already" in again.content.decode()) == (409, True)


def test_within_a_day_the_page_offers_no_other_one() -> None:
    candidate = make_application().candidate
    mine, button = f"{open_for(candidate)}data/", "Ask for a copy"
    assert button in text(Client().get(mine))
    copy = make(candidate, timezone.now())
    assert button not in text(Client().get(mine))
    DataCopy.objects.filter(pk=copy.pk).update(settled_at=timezone.now() - timedelta(days=1, minutes=1))
    assert button in text(Client().get(mine))


@pytest.mark.django_db(transaction=True)
@pytest.mark.race
def test_two_who_ask_at_once_get_one_copy() -> None:
    candidate = make_application().candidate
    done = at_once(*[lambda: actions.ask_for_copy(candidate=candidate, now=NOW)] * 3)
    assert sorted(type(each).__name__ for each in done) == ["DataCopy", "WrongState", "WrongState"]


def test_nobody_without_an_address_that_takes_mail() -> None:
    bare = make_application(candidate=make_candidate(email="")).candidate
    with pytest.raises(WrongState, match="no e-mail address that takes it"):
        actions.ask_for_copy(candidate=bare, now=NOW)
    assert "we have no e-mail address of yours" in text(Client().get(f"{open_for(bare)}data/"))
    full = make_application().candidate
    SuppressedAddress.objects.create(address=full.email, reason="bounced", since=NOW)
    with pytest.raises(WrongState, match="no e-mail address that takes it"):
        actions.ask_for_copy(candidate=full, now=NOW)
    assert DataCopy.objects.count() == 0


def test_a_recruiter_starts_it_for_them_and_reads_nothing_of_it(client: Client) -> None:
    application = make_application()
    candidate = application.candidate
    client.force_login(application.requisition.recruiter)
    shown = client.get(f"/candidates/{candidate.pk}/").content.decode()
    assert f"/data-requests/copies/{candidate.pk}/" in shown
    done = client.post(f"/data-requests/copies/{candidate.pk}/")
    assert (done.status_code, done["Location"]) == (302, f"/candidates/{candidate.pk}/")
    copy = DataCopy.objects.get()
    assert copy.asked_by == application.requisition.recruiter
    run_lane("later-tasks", timezone.now())
    assert letter(candidate).to == candidate.email
    client.force_login(make_user("coordinator"))
    assert client.post(f"/data-requests/copies/{candidate.pk}/").status_code == 404
    with pytest.raises(Missing):
        actions.ask_for_them(candidate_id=candidate.pk, by=make_user("manager"), now=NOW)


def test_the_file_goes_by_its_term() -> None:
    candidate = make_application().candidate
    copy = make(candidate, NOW)
    written = default_storage.get_modified_time(copy.file.name)
    retention.purge("files:copies", written + timedelta(days=6))
    assert default_storage.exists(copy.file.name)
    retention.purge("files:copies", written + timedelta(days=7, minutes=1))
    assert not default_storage.exists(copy.file.name)


# --- What stands in it


def test_all_of_it_is_there_and_no_colleague_by_name() -> None:
    interviewer = make_user("interviewer", name="Sam Notnamed")
    interview = met(interviewer)
    hold(interview)
    card = hand_in(card_of(interview, interviewer), private_notes="Ask about SQL.")
    application = card.application
    candidate = application.candidate
    Message.objects.create(
        candidate=candidate, application=application, direction="in", body="When do I hear?", said_at=NOW
    )
    Note.objects.create(
        application=application,
        author=application.requisition.recruiter,
        body="Calm and clear.",
        written_at=NOW,
    )
    zipped = opened(make(candidate, NOW + timedelta(days=60)))
    told, shown = data(zipped), page(zipped)
    assert [row["body"] for row in told["messages"]] == ["When do I hear?"]
    assert [(row["body"], row["author__role"]) for row in told["notes"]] == [("Calm and clear.", "recruiter")]
    assert [(row["reason"], row["private_notes"]) for row in told["scorecards"]] == [
        (card.reason, "Ask about SQL.")
    ]
    assert told["scorecard_marks"]
    assert [row["role"] for row in told["standings"]] == [application.requisition.title]
    for words in ("When do I hear?", "Calm and clear.", card.reason, candidate.email):
        assert words in shown
    everything = json.dumps({key: told[key] for key in told if key not in {"mail", "interviews"}}) + shown
    for colleague in {interviewer.name, application.requisition.recruiter.name}:
        assert colleague not in everything


def test_what_they_are_not_told_yet_is_not_in_it() -> None:
    application = make_application()
    candidate = application.candidate
    reason = DispositionReason.objects.filter(kind="chose_otherwise", claims=[]).first()
    reject(
        application_id=application.pk,
        reason=reason.code,
        message=None,
        by=application.requisition.recruiter,
        now=NOW,
        note="Somebody knew more of it.",
    )
    before = opened(make(candidate, NOW + timedelta(minutes=1)))
    row = data(before)["applications"][0]
    assert (row["state"], row["decided_at"], row["reason_note"]) == ("active", None, "")
    assert "Somebody knew more of it." not in page(before) + json.dumps(data(before))
    assert {"application.rejected", "promise.kept"} & {
        each["verb"] for each in data(before)["happened"]
    } == set()
    assert [each["state"] for each in data(before)["standings"]] == ["active"]


def test_it_is_in_their_language_and_needs_nothing_else() -> None:
    candidate = make_application(candidate=make_candidate(language="de")).candidate
    shown = page(opened(make(candidate, NOW)))
    assert '<html lang="de" dir="ltr">' in shown
    assert "Ihre Daten" in shown
    assert '<dd dir="auto">Deutsch</dd>' in shown
    assert "Erste Antwort" in shown
    assert re.findall(r"<(script|link|img|iframe)\b|\b(?:src|href)=\"https?:", shown) == []
    assert "default-src 'none'" in shown
    arabic = make_application(candidate=make_candidate(language="ar")).candidate
    assert '<html lang="ar" dir="rtl">' in page(opened(make(arabic, NOW)))


def test_what_they_wrote_is_text_and_nothing_else() -> None:
    candidate = make_application(candidate=make_candidate(headline="<script>alert(1)</script>")).candidate
    zipped = opened(make(candidate, NOW))
    assert "<script" not in page(zipped)
    assert data(zipped)["candidate"][0]["headline"] == "<script>alert(1)</script>"


@pytest.mark.parametrize(
    ("called", "entry"),
    [
        ("../../etc/passwd", "files/7-_.._etc_passwd"),
        ("..\\..\\boot.ini", "files/7-_.._boot.ini"),
        ("...", "files/7-file"),
        ("/cv.pdf", "files/7-_cv.pdf"),
        ("con.txt", "files/7-_con.txt"),
        ("a\u202egpj.exe", "files/7-a_gpj.exe"),
        ("é.pdf", "files/7-é.pdf"),
    ],
)
def test_a_name_leads_out_of_no_folder(called: str, entry: str) -> None:
    assert entries.entry("files", 7, called) == entry


def test_a_long_name_keeps_its_ending() -> None:
    name = entries.entry("files", 1, "x" * 300 + ".pdf")
    assert (len(name), name[-5:]) == (len("files/1-") + 120, "x.pdf")


def test_a_file_of_any_name_and_one_with_a_virus_and_one_that_is_gone() -> None:
    candidate = make_application().candidate
    first, second, third = (upload(candidate, f"{number}.txt") for number in range(3))
    Document.objects.filter(pk=first.pk).update(filename="../../evil/../name.txt")
    Document.objects.filter(pk=second.pk).update(scan=Scan.INFECTED, scan_found="Eicar")
    default_storage.delete(third.file.name)
    zipped = opened(make(candidate, NOW))
    assert [name for name in zipped.namelist() if name.startswith("files/")] == [
        "files/1-_.._evil_.._name.txt"
    ]
    told = {row["pk"]: row for row in data(zipped)["documents"]}
    assert told[second.pk]["why_not_in_this_copy"] == "The virus scanner found harmful software in this file."
    assert told[third.pk]["why_not_in_this_copy"] == "The file is not there any more."


def test_many_rows_and_large_files_cost_no_more_queries_and_little_memory() -> None:
    candidate = make_application().candidate

    def queries() -> int:
        connection.queries_log.clear()
        DataCopy.objects.filter(candidate=candidate).delete()
        actions.ask_for_copy(candidate=candidate, now=NOW)
        with CaptureQueriesContext(
            connection,
        ) as found:
            run_lane("later-tasks", NOW)
        return len(found)

    few = queries()
    application = candidate.applications.get()
    Message.objects.bulk_create(
        Message(candidate=candidate, application=application, direction="in", body="x" * 2000, said_at=NOW)
        for _ in range(200)
    )
    for number in range(5):
        document = upload(candidate, f"{number}.txt")
        name = default_storage.save("documents/zz/large", ContentFile(b"0" * 10_000_000))
        Document.objects.filter(pk=document.pk).update(file=name)
    DueTask.objects.exclude(kind=actions.BUILD).delete()
    tracemalloc.start()
    many = queries()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert many <= few + 6
    assert peak < 20_000_000, f"{peak:,} bytes for 50 MB of files"
    assert len(data(opened(DataCopy.objects.get()))["messages"]) == 200


# --- JSON Resume


def test_it_is_a_json_resume() -> None:
    facts = {
        "first_name": "Robin",
        "last_name": "Example",
        "headline": "Data engineer",
        "email": "robin@example.com",
        "phone": "+49 30 123",
        "city": "Berlin",
        "country": "DE",
        "links": ["https://www.linkedin.com/in/robin", "https://robin.example.com", "javascript:alert(1)", 7],
    }
    made = resume.resume(facts, [resume.Post("Example Company", "Data engineer", "2026-12-01")], now=NOW)
    assert made == {
        "$schema": resume.SCHEMA,
        "basics": {
            "name": "Robin Example",
            "label": "Data engineer",
            "email": "robin@example.com",
            "phone": "+49 30 123",
            "url": "https://robin.example.com",
            "location": {"city": "Berlin", "countryCode": "DE"},
            "profiles": [
                {"network": "LinkedIn", "username": "robin", "url": "https://www.linkedin.com/in/robin"}
            ],
        },
        "meta": {
            "canonical": resume.SCHEMA,
            "version": "v1.0.0",
            "lastModified": f"{NOW:%Y-%m-%dT%H:%M:%S}",
        },
        "work": [{"name": "Example Company", "position": "Data engineer", "startDate": "2026-12-01"}],
    }
    bare = dict.fromkeys(facts, "") | {"links": [], "first_name": "Robin"}
    assert resume.resume(bare, [], now=NOW)["basics"] == {"name": "Robin"}


def test_the_one_in_the_copy_is_of_that_person() -> None:
    candidate = make_application().candidate
    made = json.loads(opened(make(candidate, NOW)).read("resume.json"))
    assert (made["basics"]["name"], made["basics"]["email"]) == (candidate.name, candidate.email)
