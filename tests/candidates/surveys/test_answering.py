"""Answering: once, by the link alone, with a name or without, and without a way back from the answer."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.utils import timezone

from ats.activity.models import Activity
from candidates.follow_ups.models import FollowUp
from candidates.models import Candidate, StepTask, SurveyResponse, SurveyUse
from candidates.surveys.domain.coarse import shared
from tests.candidates.helpers import at_once
from tests.candidates.portal.helpers import text
from tests.candidates.surveys.helpers import GIVEN, answer, link_of, only_one
from tests.factories import NOW, make_application, make_candidate, make_requisition

pytestmark = pytest.mark.django_db

ALL = GIVEN | {
    "product": "grown",
    "organisation": "same",
    "culture": "shrunk",
    "again": "yes",
    "refer": "unsure",
    "buy": "no",
    "customer": "yes",
    "words": "  You wrote when you said you would.  ",
}


def post(link: str, **given: str):
    return Client(enforce_csrf_checks=True).post(link, GIVEN | given)


def test_one_answers_without_signing_in_and_without_script() -> None:
    application = make_application(state="rejected")
    link, browser = link_of(application), Client(enforce_csrf_checks=True)
    page = browser.get(link)
    assert page.status_code == 200
    assert "<script" not in page.content.decode()
    assert "how likely is it that you would recommend someone else to apply to" in text(page)
    assert (page["Cache-Control"], page["Referrer-Policy"]) == ("private, no-store", "no-referrer")
    assert SurveyUse.objects.count() == 0
    done = browser.post(link, ALL)
    assert (done.status_code, "Your answer has arrived." in text(done)) == (200, True)
    row = only_one()
    assert (row.score, row.product, row.organisation_respect, row.culture) == (9, "grown", "same", "shrunk")
    assert (row.again, row.refer, row.buy, row.customer) == ("yes", "unsure", "no", "yes")
    assert row.words == "You wrote when you said you would."


def test_a_second_answer_changes_nothing_and_says_so() -> None:
    link = link_of(make_application(state="rejected"))
    post(link, words="First")
    again = post(link, score="0", words="Second")
    assert (again.status_code, "nothing has changed: the first answer counts" in text(again)) == (200, True)
    assert [(row.score, row.words) for row in SurveyResponse.objects.all()] == [(9, "First")]
    assert "You have answered this already" in text(Client().get(link))


def test_the_number_alone_is_needed_and_what_was_typed_stays() -> None:
    link = link_of(make_application(state="rejected"))
    missing = Client().post(link, {"who": "anonymous", "words": "My reason", "product": "grown"})
    assert missing.status_code == 422
    body = missing.content.decode()
    assert "Choose a number from 0 to 10." in body
    assert "My reason" in body
    assert 'name="product" value="grown" checked' in body
    assert SurveyUse.objects.count() == 0
    for wrong in ({"score": "11"}, {"score": "-1"}, {"product": "gold"}, {"who": "x"}, {"words": "a" * 2001}):
        assert post(link, **wrong).status_code == 422
    assert post(link).status_code == 200


@pytest.mark.parametrize("link", ["/survey/guessed/", "/survey/WzEsImV4aXQiLDFd:1abc:x/", "/survey/a:b:c/"])
def test_a_guessed_link_opens_nothing(link: str) -> None:
    for answered in (Client().get(link), post(link)):
        assert answered.status_code == 404
        assert "There is no survey behind this link." in text(answered)


def test_a_link_says_whose_it_is_and_cannot_be_turned_to_another() -> None:
    mine, theirs = make_application(state="rejected"), make_application(state="rejected")
    parts = [link_of(each).split("/")[2].split(":") for each in (mine, theirs)]
    mixed = ":".join([parts[1][0], *parts[0][1:]])
    assert post(f"/survey/{mixed}/").status_code == 404
    assert SurveyResponse.objects.count() == 0


def test_a_link_ends() -> None:
    application = make_application(state="rejected")
    over = link_of(application, now=timezone.now() - timedelta(days=46))
    for answered in (Client().get(over), post(over)):
        assert (answered.status_code, "We no longer collect answers" in text(answered)) == (410, True)
    last = link_of(application, now=timezone.now() - timedelta(days=45))
    assert post(last).status_code == 200


def test_who_was_erased_has_no_survey() -> None:
    application = make_application(state="rejected")
    link = link_of(application)
    Candidate.objects.filter(pk=application.candidate_id).update(anonymised_at=NOW)
    assert post(link).status_code == 404
    Candidate.objects.filter(pk=application.candidate_id).update(anonymised_at=None)


@override_settings(SURVEY_LINK_RATE="2/hour")
def test_a_survey_is_not_stuffed() -> None:
    link = link_of(make_application(state="rejected"))
    answers = [Client().post(link, {"who": "anonymous", "words": "kept"}) for _ in range(3)]
    assert [each.status_code for each in answers] == [422, 422, 429]
    assert int(answers[2]["Retry-After"]) > 0
    assert "Several answers came from here just now." in text(answers[2])
    assert "kept" in answers[2].content.decode()


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_answers_at_once_are_one() -> None:
    link = link_of(make_application(state="rejected"))
    said = at_once(*(lambda n=n: post(link, score=str(n)).status_code for n in (1, 10)))
    assert said == [200, 200]
    assert (SurveyResponse.objects.count(), SurveyUse.objects.count()) == (1, 1)


def test_nothing_leads_from_an_anonymous_answer_to_who_gave_it() -> None:
    """Every column of the row, of the use, and of the record: none holds anything of theirs, or a finer time."""
    before = Activity.objects.count()
    application = answer(words="A reason")
    row = only_one()
    assert (row.application, row.occasion, row.facts) == (None, "", {})
    assert row.week == NOW.date() - timedelta(days=NOW.weekday())
    assert Activity.objects.count() == before
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM candidates_surveyresponse")
        held = dict(zip((each.name for each in cursor.description), cursor.fetchone(), strict=True))
        cursor.execute("SELECT * FROM candidates_surveyuse")
        use = dict(zip((each.name for each in cursor.description), cursor.fetchone(), strict=True))
    assert row.id.version == 4
    assert set(held) - {"id", "organisation_id", "week", "application_id"} == {
        *("occasion", "published_on", "facts", "score", "product", "organisation_respect", "culture"),
        *("again", "refer", "buy", "customer", "words", "tags"),
    }
    assert set(use) == {"id", "application_id", "occasion", "ends_on"}
    assert use["application_id"] == application.pk
    assert not {type(value).__name__ for value in (*held.values(), *use.values())} & {"datetime"}


def test_facts_are_kept_only_where_enough_others_share_them() -> None:
    role = make_requisition()
    alone = make_application(requisition=role, state="rejected", candidate=make_candidate(language="fr"))
    for language in ("de",) * 6 + ("es",) * 4:
        other = make_application(
            requisition=role, state="rejected", candidate=make_candidate(language=language)
        )
        _asked(other)
    german = make_application(requisition=role, state="rejected", candidate=make_candidate(language="de"))
    _asked(alone), _asked(german)
    answer(alone, words="French")
    answer(german, words="German")
    rows = {row.words: row.facts for row in SurveyResponse.objects.all()}
    assert "language" not in rows["French"]
    assert rows["German"]["language"] == "de"
    assert rows["German"]["role"] == str(role.pk)


def _asked(application) -> None:
    FollowUp.objects.create(
        candidate=application.candidate,
        application=application,
        step="survey",
        due_at=NOW,
        state="done",
        settled_at=NOW - timedelta(days=1),
        idempotency_key=f"asked:{application.pk}",
    )


def test_the_facts_together_are_shared_not_only_each() -> None:
    asked = [{"outcome": "rejected", "language": "de"}] * 4 + [{"outcome": "hired", "language": "de"}] * 4
    asked += [{"outcome": "rejected", "language": "fr"}] * 4
    assert shared({"outcome": "rejected", "language": "de"}, asked) == {"outcome": "rejected"}
    assert shared({"outcome": "rejected", "language": "de"}, asked[:4]) == {}


def test_a_named_answer_is_the_persons_and_goes_with_them() -> None:
    application = answer(named=True, score=10, words="Thank you")
    row = only_one()
    assert (row.application, row.occasion, row.facts["role"]) == (
        application,
        "exit",
        str(application.requisition_id),
    )
    assert Activity.objects.filter(verb="survey.answered", application_id=application.pk).count() == 1
    assert StepTask.objects.count() == 0
    application.delete()
    assert (SurveyResponse.objects.count(), SurveyUse.objects.count()) == (0, 0)


def test_a_named_answer_goes_when_its_person_is_made_nobody() -> None:
    application, other = answer(named=True, score=10), answer(named=True, score=9)
    Candidate.objects.filter(pk=application.candidate_id).update(anonymised_at=NOW)
    assert [row.application for row in SurveyResponse.objects.all()] == [other]
    assert [row.application for row in SurveyUse.objects.all()] == [other]


@pytest.mark.parametrize("said", [{"score": 6}, {"score": 10, "culture": "shrunk"}])
def test_an_unhappy_named_answer_is_a_task_for_the_recruiter(said: dict) -> None:
    application = answer(named=True, words="Nobody wrote.", **said)
    task = StepTask.objects.get()
    assert (task.owner, task.application) == (application.requisition.recruiter, application)
    assert task.what == (
        f"They answered our survey with {said['score']} of 10. Get in touch, and say what comes of it. "
        "“Nobody wrote.”"
    )
    day = Client()
    day.force_login(application.requisition.recruiter)
    assert "They answered our survey with" in day.get("/").content.decode()


def test_long_words_fit_into_the_task() -> None:
    answer(named=True, score=0, words="word " * 300)
    assert len(StepTask.objects.get().what) <= 500


def test_an_unhappy_anonymous_answer_opens_nothing() -> None:
    answer(score=0, culture="shrunk")
    assert StepTask.objects.count() == 0


def test_the_week_is_all_that_is_known_of_when() -> None:
    application = make_application(state="rejected")
    answer(application, now=NOW)
    day = only_one().week
    assert (type(day), day.weekday()) == (date, 0)
