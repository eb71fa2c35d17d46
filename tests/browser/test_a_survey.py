"""The page of a survey and the report of what came of it, for every eye; who answers is `test_after_a_no`."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from candidates.models import SurveyRules
from candidates.surveys.actions.publish import monday, publish
from tests import factories as f
from tests.browser.walking import Open, accessible, kept, settled
from tests.candidates.surveys.helpers import link_of
from tests.candidates.surveys.test_report import answers

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = ((1440, 900), (390, 844))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_page_is_for_every_eye(window: Open, axe: str, language: str) -> None:
    person = f.make_candidate(language=language)
    role = f.make_requisition(title="Data engineer")
    link = link_of(
        f.make_application(candidate=person, requisition=role, state="rejected"), now=timezone.now()
    )
    for width, height in SIZES:
        for scheme in ("light", "dark"):
            page = window(width, height, color_scheme=scheme)
            page.goto(link)
            settled(page)
            kept(page, f"survey-{language}-{width}-{scheme}")
            accessible(page, axe)


def test_the_report_is_for_every_eye(window: Open, axe: str, live_server: Any) -> None:
    organisation = f.make_organisation(name="Example Company")
    day = monday(timezone.now().date())
    for back in range(12, 0, -1):
        week = day - timedelta(weeks=back)
        answers(organisation, 14 + back, week=week, outcome="rejected", score=9, product="grown", buy="yes")
        answers(organisation, 9, week=week, outcome="rejected", score=back % 7, product="shrunk", buy="no")
        answers(
            organisation, 6, week=week, outcome="hired", score=10, culture="grown", words="Clear and quick."
        )
        assert publish(organisation_id=organisation.pk, day=week + timedelta(weeks=1))
    SurveyRules.objects.create(
        organisation=organisation, customers_percent=18, value_a_year=600, currency="EUR"
    )
    client = Client()
    client.force_login(f.make_user("lead"))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    for width, height in SIZES:
        for scheme in ("light", "dark"):
            page = window(width, height, color_scheme=scheme)
            page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
            for where in ("/reports/respect/", "/settings/surveys/"):
                page.goto(where)
                settled(page)
                kept(page, f"{where.strip('/').replace('/', '-')}-{width}-{scheme}")
                accessible(page, axe)
