"""Counting once a week, and the page on respect."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ats.kernel.errors import Missing
from candidates.models import SurveyFigure, SurveyResponse
from candidates.surveys.actions import tag
from candidates.surveys.actions.publish import monday, publish, publish_due
from candidates.surveys.domain import counting
from tests.candidates.helpers import at_once, run_lane
from tests.factories import (
    NOW,
    make_application,
    make_organisation,
    make_requisition,
    make_user,
)

pytestmark = pytest.mark.django_db

WEEK = monday(NOW.date()) - timedelta(weeks=1)


def answers(organisation: Any, number: int, **facts: Any) -> None:
    """So many anonymous answers of last week."""
    held = {name: facts.pop(name) for name in ("outcome", "language", "role", "source") if name in facts}
    facts.setdefault("score", 9)
    facts.setdefault("week", monday(timezone.now().date()) - timedelta(weeks=1))
    SurveyResponse.objects.bulk_create(
        SurveyResponse(organisation=organisation, facts=held, **facts) for _ in range(number)
    )


def page(role: str = "lead", query: str = "", user: Any = None) -> str:
    client = Client()
    client.force_login(user or make_user(role))
    answered = client.get(f"/reports/respect/{query}")
    assert answered.status_code == 200
    return " ".join(answered.content.decode().split())


def published(organisation: Any) -> bool:
    return publish(organisation_id=organisation.pk, day=monday(timezone.now().date()))


def test_fewer_than_five_wait_for_more() -> None:
    organisation = make_organisation()
    answers(organisation, 4, outcome="rejected")
    assert publish_due(timezone.now()) == 0
    assert (SurveyFigure.objects.count(), SurveyResponse.objects.waiting().count()) == (0, 4)
    answers(organisation, 1, outcome="rejected")
    assert run_lane("surveys", timezone.now()) == 1
    assert run_lane("surveys", timezone.now()) == 0
    assert SurveyFigure.objects.get(split="all").counts["number"] == 5


def test_answers_of_this_week_wait_for_its_end() -> None:
    organisation = make_organisation()
    answers(organisation, 9, week=monday(timezone.now().date()))
    assert publish_due(timezone.now()) == 0


def test_counting_takes_away_what_stood_beside_an_anonymous_answer_and_its_order() -> None:
    organisation = make_organisation()
    for score in range(6):
        answers(organisation, 1, score=score, outcome="rejected", words=f"Words {score}")
    before = set(SurveyResponse.objects.values_list("pk", flat=True))
    named = make_application(state="rejected", requisition=make_requisition(organisation=organisation))
    SurveyResponse.objects.create(
        organisation=organisation,
        application=named,
        occasion="exit",
        week=WEEK,
        facts={"outcome": "rejected"},
        score=9,
    )
    assert published(organisation)
    nameless = SurveyResponse.objects.filter(application=None)
    assert {(str(row.facts), row.week == row.published_on) for row in nameless} == {("{}", True)}
    assert not before & {row.pk for row in nameless}
    assert sorted(nameless.values_list("score", "words")) == [(n, f"Words {n}") for n in range(6)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT xmin::text) FROM candidates_surveyresponse WHERE application_id IS NULL"
        )
        assert cursor.fetchone() == (1,)  # one transaction wrote them all
    assert SurveyResponse.objects.get(application=named).facts == {"outcome": "rejected"}
    assert SurveyFigure.objects.get(split="all").counts["number"] == 7


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_workers_count_once() -> None:
    organisation = make_organisation()
    answers(organisation, 8, outcome="rejected")
    assert sorted(at_once(*(lambda: published(organisation) for _ in range(2)))) == [False, True]
    assert SurveyFigure.objects.get(split="all").counts["number"] == 8


def test_the_page_shows_figures_with_bounds_and_never_a_group_of_few() -> None:
    organisation = make_organisation()
    answers(organisation, 12, outcome="rejected", score=9, product="grown", again="yes")
    answers(organisation, 6, outcome="withdrawn", score=3, product="shrunk", again="no")
    answers(organisation, 2, outcome="hired", score=10)
    assert "Answers are counted on Mondays, from five on." in page()
    published(organisation)
    text = page()
    assert "cNPS, with 95 percent certainty between" in text
    assert "from 20 answers" in text
    assert "The rest, in groups too small to show" in text
    assert ">Hired<" not in text
    assert ">Withdrawn<" not in text  # it went with them: else the two would come out
    assert "8 answers" in text


def test_all_the_ways_to_compare_are_there() -> None:
    organisation = make_organisation()
    role = make_requisition(organisation=organisation, title="Data engineer")
    hidden = make_requisition(organisation=organisation, title="Secret chief", confidential=True)
    answers(organisation, 30, outcome="rejected", language="de", role=str(role.pk))
    answers(organisation, 30, outcome="rejected", language="de", role=str(hidden.pk))
    published(organisation)
    recruiter = make_user("recruiter")
    for by in ("occasion", "outcome", "stage", "promise", "language", "marketing", "source", "partnership"):
        assert "60 answers" in page(query=f"?by={by}&period=all")
    text = page(user=recruiter, query="?by=role")
    assert "Data engineer" in text
    assert "Secret chief" not in text
    assert "Over time: Data engineer" in page(query=f"?by=role&group={role.pk}")
    for wrong in ("?by=rubbish", "?period=x", "?organisation=999999", "?group=nobody", "?tag=none"):
        assert "from 60 answers" in page(query=wrong)


def test_who_does_not_recruit_sees_no_report() -> None:
    for role in ("manager", "interviewer", "stakeholder"):
        client = Client()
        client.force_login(make_user(role))
        assert client.get("/reports/respect/").status_code == 403
        assert client.get("/reports/respect/figures.csv").status_code == 403


def test_reports_lead_there() -> None:
    client = Client()
    client.force_login(make_user("recruiter"))
    assert client.get("/reports/").headers["Location"] == "/reports/respect/"


def test_the_page_asks_as_often_for_few_answers_as_for_many() -> None:
    organisation, other, lead = make_organisation(), make_organisation(), make_user("lead")
    answers(organisation, 10, outcome="rejected", words="A reason")
    published(organisation)

    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(user=lead)
        return len(queries)

    few = asked()
    answers(other, 300, outcome="rejected", words="Another reason")
    published(other)
    assert asked() == few


def test_the_file_holds_the_same_and_no_formula() -> None:
    organisation = make_organisation()
    role = make_requisition(organisation=organisation, title="=HYPERLINK(1)")
    answers(organisation, 8, role=str(role.pk))
    published(organisation)
    client = Client()
    client.force_login(make_user("lead"))
    answered = client.get("/reports/respect/figures.csv?by=role")
    lines = answered.content.decode("utf-8-sig").split("\r\n")
    assert lines[0].startswith("kind,name,answers,cnps,cnps_low,cnps_high,product_grown")
    assert lines[1].startswith("all,,8,100,")
    assert lines[2].startswith("group,'=HYPERLINK(1),8,100,")
    assert "no-store" in answered["Cache-Control"]


def test_what_was_written_is_tagged_and_found_by_its_tag() -> None:
    organisation, lead = make_organisation(), make_user("lead")
    answers(organisation, 5, words="You were quick.")
    answers(organisation, 5, words="The form was long.")
    published(organisation)
    row = SurveyResponse.objects.filter(words="The form was long.").first()
    client = Client()
    client.force_login(lead)
    done = client.post(f"/reports/respect/words/{row.pk}/", {"tags": ["form", "pace"]})
    assert done.status_code == 302
    row.refresh_from_db()
    assert row.tags == ["form", "pace"]
    text = page(user=lead, query="?tag=form")
    assert text.count("<blockquote>") == 1
    assert client.post(f"/reports/respect/words/{row.pk}/", {"tags": ["x"]}).status_code == 422
    with pytest.raises(Missing):
        tag(response_id=uuid4(), tags=[], by=lead)


def test_words_that_wait_are_read_by_nobody() -> None:
    organisation = make_organisation()
    answers(organisation, 6, words="Counted")
    published(organisation)
    answers(organisation, 3, words="Waits")
    text = page()
    assert "Counted" in text
    assert "Waits" not in text


def test_bounds_are_wide_for_few_and_narrow_for_many() -> None:
    few = counting.cnps({"number": 5, "promoters": 5})
    many = counting.cnps({"number": 5000, "promoters": 3000, "detractors": 1000})
    assert few is not None
    assert many is not None
    assert few.value == 100
    assert few.low < 60
    assert (many.value, round(many.low), round(many.high)) == (40, 38, 42)
    assert counting.cnps({}) is None
    third = counting.share(1, 3)
    assert third is not None
    assert (round(third.low), round(third.high)) == (6, 79)
    assert counting.share(0, 0) is None
    assert [counting.is_resentful(each) for each in (["no", "", ""], ["no", "yes", ""], ["", "", ""])] == [
        True,
        False,
        False,
    ]
