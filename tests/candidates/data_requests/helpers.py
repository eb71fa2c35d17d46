"""What the tests of requests about data say often."""

import io
import json
import re
import zipfile
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.test import Client

from ats.models import OutgoingMail
from candidates.data_requests import actions
from candidates.models import Candidate, DataCopy
from tests.candidates.helpers import mails, run_lane
from tests.laws.addresses import let_go

LINK = re.compile(r"https?://\S+/your-data/\S+")


def make(candidate: Candidate, now: datetime) -> DataCopy:
    """Asked for by its owner, and made by the worker."""
    copy = actions.ask_for_copy(candidate=candidate, now=now)
    run_lane("later-tasks", now)
    copy.refresh_from_db()
    return copy


def letter(candidate: Candidate) -> OutgoingMail:
    return mails("data.copy_ready", candidate_id=candidate.pk)[-1]


def link_in(mail: OutgoingMail) -> str:
    """The path of the link in a letter."""
    found = LINK.search(mail.text)
    assert found, mail.text
    return urlsplit(found[0]).path


def fetched(link: str) -> tuple[Any, bytes]:
    """What the button behind this link answers, and its bytes."""
    answer = Client(enforce_csrf_checks=True).post(link)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    let_go(answer)
    return answer, body


def opened(copy: DataCopy) -> zipfile.ZipFile:
    with copy.file.open("rb") as file:
        return zipfile.ZipFile(io.BytesIO(file.read()))


def data(zipped: zipfile.ZipFile) -> dict[str, Any]:
    return json.loads(zipped.read("data.json"))


def page(zipped: zipfile.ZipFile) -> str:
    return zipped.read("index.html").decode()
