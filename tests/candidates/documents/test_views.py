"""Who gets a file, and how it is handed over."""

import pytest
from django.template.loader import render_to_string
from fpdf import FPDF

from ats.accounts.models import Role
from ats.duework import tasks
from candidates.documents.actions import attach
from candidates.documents.queries import documents_beside, documents_of
from candidates.models import Document
from tests.candidates.documents import files
from tests.candidates.documents.pdfs import lines, with_attachment
from tests.candidates.portal.helpers import open_for
from tests.factories import NOW, make_application, make_requisition, make_user

pytestmark = pytest.mark.django_db


def hand_in(application, name: str = "cv.pdf", content: bytes | None = None) -> Document:
    document = attach(
        candidate=application.candidate,
        application=application,
        kind="resume",
        upload=files.upload(name, content or files.pdf()),
        by=None,
        now=NOW,
    )
    tasks.run_outside(NOW)
    document.refresh_from_db()
    return document


@pytest.fixture
def document() -> Document:
    return hand_in(make_application(), 'Lebenslauf "Zoë"; x=1.pdf')


def test_a_file_is_a_download_that_no_browser_opens(client, document) -> None:
    client.force_login(make_user())
    answer = client.get(f"/documents/{document.pk}/file/")
    assert answer.getvalue().startswith(b"%PDF-")
    wanted = (
        "Content-Disposition", "Content-Type", "Content-Security-Policy", "X-Content-Type-Options", "Cache-Control",
        "Cross-Origin-Resource-Policy",
    )  # fmt: skip
    assert {name: answer.headers[name] for name in wanted} == {
        "Content-Disposition": "attachment; filename*=utf-8''Lebenslauf%20%22Zo%C3%AB%22%3B%20x%3D1.pdf",
        "Content-Type": "application/pdf",
        "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
        "Cross-Origin-Resource-Policy": "same-origin",
    }


def test_a_page_is_a_picture_that_the_viewer_may_keep_a_while(client, document) -> None:
    client.force_login(make_user())
    answer = client.get(f"/documents/{document.pk}/pages/1/")
    assert answer.getvalue().startswith(b"\x89PNG")
    assert (answer["Content-Type"], answer["Cache-Control"]) == (
        "image/png",
        "private, max-age=3600, immutable",
    )
    assert client.get(f"/documents/{document.pk}/pages/2/").status_code == 404
    assert client.post(f"/documents/{document.pk}/pages/1/").status_code == 405


def test_who_may_open_a_file(client, document) -> None:
    requisition = document.application.requisition
    own, other = requisition.hiring_manager, make_requisition(confidential=True)
    hidden = hand_in(make_application(requisition=other))
    statuses = {}
    for name, user in {
        "nobody": None,
        "recruiter": make_user(),
        "own manager": own,
        "other manager": make_user(Role.MANAGER),
        "interviewer": make_user(Role.INTERVIEWER),
        "lead": make_user(Role.LEAD),
    }.items():
        client.logout()
        if user:
            client.force_login(user)
        addresses = (
            f"/documents/{document.pk}/file/",
            f"/documents/{document.pk}/pages/1/",
            f"/documents/{hidden.pk}/file/",
        )
        answers = [client.get(address) for address in addresses]
        statuses[name] = [answer.status_code for answer in answers]
        for answer in answers:
            b"".join(answer)  # which closes the file
    assert statuses == {
        "nobody": [302, 302, 302],
        "recruiter": [200, 200, 404],
        "own manager": [200, 200, 404],
        "other manager": [404, 404, 404],
        "interviewer": [404, 404, 404],
        "lead": [200, 200, 200],
    }


def test_what_a_person_gave_with_another_application_stays_there(document) -> None:
    """A manager sees the résumé of their own role, not what the person handed in elsewhere."""
    elsewhere = hand_in(make_application(candidate=document.candidate))
    manager = document.application.requisition.hiring_manager
    assert list(documents_of(document.candidate_id, user=manager)) == [document]
    assert set(documents_of(document.candidate_id, user=make_user())) == {document, elsewhere}
    for user in (manager, make_user()):
        beside = documents_beside(document.application_id, document.candidate_id, user=user)
        assert beside == list(documents_of(document.candidate_id, user=user))


def test_the_preview_shows_pages_words_and_trouble_without_running_anything(document) -> None:
    script = hand_in(
        document.application, "<img src=x onerror=alert(1)>.docx", files.docx("<script>alert(1)</script>")
    )
    broken = hand_in(document.application, "broken.pdf", b"%PDF-1.4 nothing")
    shown = {
        each.pk: render_to_string("candidates/documents/preview.html", {"document": each})
        for each in documents_of(document.candidate_id, user=make_user(Role.LEAD))
    }
    assert shown[document.pk].count("<img src=") == 1
    assert f'src="/documents/{document.pk}/pages/1/"' in shown[document.pk]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown[script.pk]
    assert ("<script" in shown[script.pk], "<img" in shown[script.pk]) == (False, False)
    assert "It could not be read. The file is damaged." in shown[broken.pk]


def test_what_was_not_read_is_said_to_both_sides(client, document, settings) -> None:
    settings.OCR_DATA = "/nowhere"
    hybrid = hand_in(
        document.application, "hybrid.pdf", with_attachment(lines("Robin"), "cv.odt", files.odt())
    )
    scan = hand_in(document.application, "scan.pdf", files.pdf(" "))
    said = "Another file is attached to it and was not read: cv.odt."
    lead = make_user(Role.LEAD)
    preview = {
        each.pk: render_to_string("candidates/documents/preview.html", {"document": each})
        for each in documents_of(document.candidate_id, user=lead)
    }
    assert {pk: said in shown for pk, shown in preview.items()} == {
        hybrid.pk: True,
        scan.pk: False,
        document.pk: False,
    }
    assert "There are no words in it, only pictures" in preview[scan.pk]
    again = "It has other files attached inside it."
    assert (again in preview[hybrid.pk], hybrid.care) == (False, [again])
    portal = client.get(open_for(document.candidate)).content.decode()
    assert portal.count(said) == 1
    assert portal.count("We found no words in it; it may be a scan.") == 1


def test_the_files_of_a_person_cost_the_same_however_many(document, django_assert_num_queries) -> None:
    lead = make_user(Role.LEAD)
    for count in (1, 4):
        with django_assert_num_queries(2):
            assert (
                len(
                    [
                        page
                        for each in documents_of(document.candidate_id, user=lead)
                        for page in each.pages.all()
                    ]
                )
                == count
            )
        for _ in range(3):
            hand_in(document.application)


RISKY = files.RTF[:-1] + rb"{\field{\*\fldinst INCLUDEPICTURE x}{\fldrslt y}}}"
FETCHES = "It has fields that fetch something from elsewhere when they are updated."


def test_an_original_with_more_in_it_is_handed_over_after_a_yes(client, settings) -> None:
    document = hand_in(make_application(), "cv.rtf", RISKY)
    client.force_login(make_user())

    asked = client.get(f"/documents/{document.pk}/file/")
    assert (asked.status_code, asked["Location"]) == (302, f"/documents/{document.pk}/original/")
    assert FETCHES in client.get(asked["Location"]).content.decode()
    given = client.post(f"/documents/{document.pk}/file/")
    assert (given.getvalue(), given["Content-Security-Policy"].startswith("sandbox")) == (RISKY, True)

    settings.RISKY_FILES = "refuse"
    for answer in (
        client.get(f"/documents/{document.pk}/file/"),
        client.post(f"/documents/{document.pk}/file/"),
        client.get(f"/documents/{document.pk}/original/"),
    ):
        assert (answer.status_code, "are not handed out here" in answer.content.decode()) == (403, True)


def test_what_is_in_a_file_is_said_beside_it(settings) -> None:
    document = hand_in(make_application(), "cv.rtf", RISKY)
    unread = hand_in(make_application(), "broken.pdf", b"%PDF-1.4 nothing")
    plain = hand_in(make_application(), "cv.rtf", files.RTF)
    shown = [
        render_to_string("candidates/documents/preview.html", {"document": each})
        for each in (document, unread, plain)
    ]
    found = [(FETCHES in text, "could not be found out" in text, "/original/" in text) for text in shown]
    assert found == [(True, False, True), (False, True, True), (False, False, False)]
    settings.RISKY_FILES = "refuse"
    refused = render_to_string("candidates/documents/preview.html", {"document": document})
    assert ("/original/" in refused, "/file/" in refused) == (False, False)


def test_a_file_that_nobody_has_looked_through_asks_too(client) -> None:
    """One that was handed in before files were looked through, or a moment ago."""
    document = hand_in(make_application())
    Document.objects.update(holds=None)
    client.force_login(make_user())
    page = client.get(f"/documents/{document.pk}/file/", follow=True).content.decode()
    assert "It has not been looked through for scripts" in page


def test_words_that_nobody_sees_are_told_beside_the_file() -> None:
    white = FPDF()
    white.set_font("Helvetica", size=12)
    white.add_page()
    white.cell(60, 8, files.WORDS, new_x="LMARGIN", new_y="NEXT")
    white.set_text_color(255, 255, 255)
    white.cell(60, 8, "Kubernetes <b>")
    document, plain = (
        hand_in(make_application(), "cv.pdf", content) for content in (bytes(white.output()), files.pdf())
    )
    assert (document.unseen, document.holds, plain.unseen) == ("Kubernetes <b>", [], "")
    shown = [
        render_to_string("candidates/documents/preview.html", {"document": each})
        for each in (document, plain)
    ]
    found = [("It has words that nobody sees" in text, "Kubernetes &lt;b&gt;" in text) for text in shown]
    assert found == [(True, True), (False, False)]
