"""What the tests of surveys say often."""

import re
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone

from candidates.models import Application, SurveyResponse
from candidates.surveys import actions
from candidates.surveys.actions import Said
from candidates.surveys.actions.links import address_for, read
from tests.factories import NOW, make_application

GIVEN = {"score": "9", "who": "anonymous"}


def link_of(application: Application, occasion: str = "exit", now: datetime | None = None) -> str:
    """The path of this survey."""
    at = now or timezone.now()
    return urlsplit(address_for(application_id=application.pk, occasion=occasion, now=at)).path


def link_in(text: str) -> str:
    """The path of the survey that a message asks for."""
    found = re.search(r"https?://[^/\s]+(/survey/[^\s)]+/)", text)
    assert found is not None, text
    return found.group(1)


def answer(
    application: Application | None = None, *, occasion: str = "exit", now: datetime = NOW, **said: Any
) -> Application:
    """Somebody answers, by default anonymously and gladly, somebody who was rejected."""
    application = application or make_application(state="rejected", now=now)
    link = read(link_of(application, occasion, now).split("/")[2])
    assert link is not None
    said.setdefault("score", 9)
    assert actions.answer(link=link, said=Said(**said), now=now)
    return application


def only_one() -> SurveyResponse:
    return SurveyResponse.objects.get()
