"""What goes over the wire: text compressed for whoever takes it, files as they are."""

import gzip
import io
from typing import Any

import pytest
from django.http import FileResponse, HttpResponse
from django.test import RequestFactory

from ats.accounts.models import Role
from ats.web.compress import CompressMiddleware
from tests import factories as f

pytestmark = pytest.mark.django_db
TAKES = {"Accept-Encoding": "gzip, br"}


@pytest.fixture
def signed_in(client: Any) -> Any:
    client.force_login(f.make_user(Role.LEAD))
    return client


def test_a_page_is_compressed_for_a_browser_that_takes_it(signed_in: Any) -> None:
    plain, packed = signed_in.get("/requisitions/"), signed_in.get("/requisitions/", headers=TAKES)

    assert (plain.get("Content-Encoding"), packed["Content-Encoding"]) == (None, "gzip")
    assert "Accept-Encoding" in plain["Vary"]
    assert "Accept-Encoding" in packed["Vary"]
    assert gzip.decompress(packed.content).count(b"<html") == plain.content.count(b"<html") == 1
    assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content) / 2


def test_its_length_does_not_tell_what_is_in_it() -> None:
    def sent() -> Any:
        page = HttpResponse(b"<p>Always the same.</p>" * 50)
        return CompressMiddleware(lambda _: page)(RequestFactory().get("/", headers=TAKES))

    assert len({len(sent().content) for _ in range(30)}) > 5


@pytest.mark.parametrize(
    "answer",
    [
        HttpResponse(b"%PDF-" * 1000, content_type="application/pdf"),
        FileResponse(io.BytesIO(b"name,mail\n" * 1000), content_type="text/csv"),
    ],
)
def test_a_file_is_sent_as_it_is(answer: Any) -> None:
    request = RequestFactory().get("/", headers=TAKES)

    sent = CompressMiddleware(lambda _: answer)(request)

    assert (sent is answer, sent.get("Content-Encoding")) == (True, None)
