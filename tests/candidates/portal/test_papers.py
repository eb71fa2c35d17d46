"""What somebody reads on their page beside a file that was not read, or not as a whole."""

import pytest
from django.test import Client

from candidates.models import Document
from tests.candidates.portal.helpers import applied, open_for, text
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (
            {"reading": "failed", "reading_problem": "It is protected by a password."},
            "We could not open it. It is protected by a password. Please send it once more without one.",
        ),
        (
            {"reading": "failed", "reading_problem": "The file is damaged."},
            "We could not open it. The file is damaged. Please send it once more, best as PDF.",
        ),
        (
            {"reading": "empty"},
            "We found no words in it; it may be a scan. If you have it as text, please send that too.",
        ),
        (
            {"reading": "read", "unread": "Another file is attached to it and was not read: cv.odt."},
            "Another file is attached to it and was not read: cv.odt.",
        ),
        ({"reading": "read"}, ""),
    ],
)
def test_it_says_what_would_help(client: Client, facts: dict[str, str], said: str) -> None:
    robin = applied().candidate
    Document.objects.create(
        candidate=robin, kind="resume", filename="cv.pdf", content_type="application/pdf", size=1234,
        created_at=NOW, sha256="0" * 64, file="documents/none", **facts,
    )  # fmt: skip
    shown = text(client.get(open_for(robin)))
    assert shown.partition("1.2 KB")[2].partition("Add a document")[0].strip() == said
