"""Who is asked how it was, when, and who is not."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from ats.mail.models import OutgoingMail, SuppressedAddress
from candidates.applications import actions as applications
from candidates.applications.actions import note_told
from candidates.follow_ups import actions as follow_ups
from candidates.journeys.models import FromUs
from candidates.models import Application, FollowUp, Promise, SurveyRules
from candidates.surveys.actions import ask_how_it_ended, ask_on_the_way
from candidates.surveys.actions.plan import is_drawn
from tests.candidates.helpers import at_once, days, hours, mails, run_lane, whole
from tests.candidates.surveys.helpers import answer, link_in
from tests.factories import (
    NOW,
    make_application,
    make_candidate,
    make_interview,
    make_organisation,
    make_requisition,
    make_user,
)

pytestmark = pytest.mark.django_db

ON_THE_WAY = ("survey_applied", "survey_interviewed")


def surveys(application: Application) -> list[tuple[str, str, str]]:
    rows = FollowUp.objects.filter(application=application, step__startswith="survey")
    return list(rows.order_by("pk").values_list("step", "state", "reason"))


def withdrawn(now: datetime = NOW, **facts: Any) -> Application:
    application = make_application(now=now, **facts)
    applications.withdraw(application=application, by=application.candidate, reason_text="", now=now)
    return application


def due(application: Application, step: str = "survey") -> datetime:
    return FollowUp.objects.get(application=application, step=step).due_at


def planned(step: str, application: Application, now: datetime = NOW) -> FollowUp:
    """This step of it, whatever is drawn."""
    row = follow_ups.schedule(step, application=whole(application), now=now, key=f"{step}:{application.pk}")
    assert row is not None
    return row


@pytest.mark.ordinary_day
def test_who_withdrew_is_asked_two_days_later_and_reminded_once_after_three() -> None:
    application = withdrawn()
    assert due(application) == days(2)
    run_lane("follow-ups", days(2))
    [mail] = mails("survey.exit")
    assert mail.to == application.candidate.email
    assert Client().get(link_in(mail.text)).status_code == 200
    assert due(application, "survey_reminder") == datetime(
        2026, 11, 30, 8, tzinfo=UTC
    )  # Monday: not on Sunday
    run_lane("follow-ups", days(30))
    run_lane("follow-ups", days(60))
    assert (len(mails("survey.exit")), len(mails("survey.reminder"))) == (1, 1)
    assert [state for _, state, _ in surveys(application)] == ["done", "done"]


def test_who_was_rejected_is_asked_two_days_after_they_know() -> None:
    application = make_application(state="rejected")
    assert surveys(application) == []
    now_told(application)
    assert surveys(application) == [("survey", "waiting", "")]
    assert due(application) >= days(6)


def now_told(application: Application) -> None:
    with transaction.atomic():
        note_told.told(whole(application), at=days(4), by=None, now=days(4), mail_id=None)


def test_who_turns_out_not_to_know_is_asked_later() -> None:
    application = make_application(state="rejected")
    now_told(application)
    with transaction.atomic():
        note_told.not_told(whole(application), now=days(5), mail_id=1)
    now_told(application)
    assert surveys(application) == [
        ("survey", "cancelled", "The message did not reach them."),
        ("survey", "waiting", ""),
    ]


def test_who_answered_is_not_reminded() -> None:
    application = withdrawn()
    run_lane("follow-ups", due(application))
    answer(application, now=days(3))
    run_lane("follow-ups", due(application, "survey_reminder"))
    assert surveys(application) == [
        ("survey", "done", ""),
        ("survey_reminder", "skipped", "They have answered."),
    ]


def test_once_for_an_application_whatever_happens_to_it() -> None:
    application = withdrawn()
    run_lane("follow-ups", due(application))
    application = whole(application)
    application.version += 3
    ask_how_it_ended(application, now=days(20))
    assert [step for step, *_ in surveys(application)] == ["survey", "survey_reminder"]


def test_nobody_in_play_is_asked_how_it_ended() -> None:
    application = make_application()
    ask_how_it_ended(whole(application), now=NOW)
    assert surveys(application) == []


def test_the_switch_of_an_organisation() -> None:
    application = withdrawn()
    SurveyRules.objects.create(organisation=application.requisition.organisation, is_on=False)
    run_lane("follow-ups", due(application))
    assert surveys(application) == [("survey", "skipped", "Surveys are switched off.")]
    assert mails("survey.exit") == []


@pytest.mark.parametrize("why", ["bounces", "no address", "erased"])
def test_nobody_is_asked_at_an_address_that_is_none(why: str) -> None:
    application = withdrawn()
    person = application.candidate
    if why == "bounces":
        SuppressedAddress.objects.create(address=person.email.upper(), reason="bounced", since=NOW)
    elif why == "no address":
        type(person).objects.filter(pk=person.pk).update(email="", email_key=None)
    else:
        type(person).objects.filter(pk=person.pk).update(anonymised_at=NOW)
    run_lane("follow-ups", due(application))
    assert [(step, state) for step, state, _ in surveys(application)] == [("survey", "skipped")]
    assert mails("survey.exit") == []


def test_marketing_says_nothing_in_a_survey() -> None:
    application = withdrawn()
    FromUs.objects.create(organisation=application.requisition.organisation, text="Buy our things")
    run_lane("follow-ups", due(application))
    [mail] = mails("survey.exit")
    assert "Buy our things" not in mail.text


@pytest.mark.parametrize("language", ["de", "fr", "es"])
def test_it_is_asked_in_their_language(language: str) -> None:
    application = withdrawn(candidate=make_candidate(language=language))
    run_lane("follow-ups", due(application))
    [mail] = mails("survey.exit")
    assert {"de": "Wie war es", "fr": "comment cela", "es": "¿cómo ha ido"}[language] in mail.subject


def test_the_sample_is_even() -> None:
    drawn = sum(is_drawn(number, 5) for number in range(10_000))
    assert 1_850 < drawn < 2_150
    assert not any(is_drawn(number, 0) for number in range(100))
    assert all(is_drawn(number, 1) for number in range(100))


def test_after_applying_as_many_are_asked_as_the_organisation_says() -> None:
    organisation = make_organisation()
    role = make_requisition(organisation=organisation)
    people = [whole(make_application(requisition=role)) for _ in range(12)]
    rules = SurveyRules.objects.create(organisation=organisation, apply_one_in=3)
    for each in people:
        ask_on_the_way("survey_applied", each, now=NOW)
        ask_on_the_way("survey_applied", each, now=hours(1))
    asked = set(FollowUp.objects.filter(step="survey_applied").values_list("application_id", flat=True))
    assert asked == {each.pk for each in people if is_drawn(each.pk, 3)}
    rules.apply_one_in = 0
    rules.save(update_fields=["apply_one_in"])
    later = whole(make_application(requisition=role))
    ask_on_the_way("survey_applied", later, now=NOW)
    assert surveys(later) == []


def test_after_interviews_once_and_only_where_it_is_meant() -> None:
    application = whole(make_interview().application)
    for _ in range(2):
        ask_on_the_way("survey_interviewed", application, now=NOW)
    assert surveys(application) == [("survey_interviewed", "waiting", "")]
    other = whole(make_interview().application)
    SurveyRules.objects.create(organisation=other.requisition.organisation, after_interviews=False)
    ask_on_the_way("survey_interviewed", other, now=NOW)
    assert surveys(other) == []


def test_on_the_way_a_person_is_asked_once_in_90_days() -> None:
    person = make_candidate()
    first, second, third = (make_application(candidate=person, due_at=days(300)) for _ in range(3))
    rows = [planned("survey_applied", first), planned("survey_interviewed", second)]
    run_lane("follow-ups", max(row.due_at for row in rows))  # both in one batch
    states = sorted(state for each in (first, second) for _, state, _ in surveys(each))
    assert states == ["done", "skipped"]
    later = planned("survey_interviewed", third, days(50))
    run_lane("follow-ups", later.due_at)
    assert surveys(third)[0][1] == "skipped"
    fourth = make_application(candidate=person, due_at=days(300))
    after = planned("survey_interviewed", fourth, days(100))
    run_lane("follow-ups", after.due_at)
    assert surveys(fourth)[0][1] == "done"


def test_an_exit_survey_stands_before_any_other() -> None:
    person = make_candidate()
    ended = withdrawn(candidate=person)
    in_play = make_application(candidate=person, due_at=days(300))
    planned("survey_applied", in_play, NOW - timedelta(days=2))
    run_lane("follow-ups", NOW)
    assert surveys(in_play)[0][1] == "skipped"
    run_lane("follow-ups", due(ended))
    assert surveys(ended)[0][1] == "done"


def test_an_exit_survey_goes_also_to_who_was_asked_on_the_way() -> None:
    application = make_application(due_at=days(300))
    row = planned("survey_applied", application)
    run_lane("follow-ups", row.due_at)
    applications.withdraw(
        application=whole(application), by=application.candidate, reason_text="", now=row.due_at
    )
    run_lane("follow-ups", due(application))
    assert [(step, state) for step, state, _ in surveys(application)][:2] == [
        ("survey_applied", "done"),
        ("survey", "done"),
    ]


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"side": "candidate"}, "The next move is theirs: nothing else is asked of them."),
        ({"broken_before": 1}, "They wait for an answer of ours: first that."),
    ],
)
def test_nobody_is_asked_while_something_is_owed(facts: dict[str, Any], reason: str) -> None:
    application = make_application(due_at=days(300))
    if "broken_before" in facts:
        facts |= {"waiting_since": NOW}
    Promise.objects.filter(application=application).update(**facts)
    row = planned("survey_applied", application)
    run_lane("follow-ups", row.due_at)
    assert surveys(application) == [("survey_applied", "skipped", reason)]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_workers_ask_one_person_once() -> None:
    person = make_candidate()
    rows = [planned(step, make_application(candidate=person, due_at=days(300))) for step in ON_THE_WAY]
    now = max(row.due_at for row in rows)
    at_once(*(lambda: run_lane("follow-ups", now) for _ in range(2)))
    assert sorted(FollowUp.objects.values_list("state", flat=True)) == ["done", "skipped"]
    assert OutgoingMail.objects.filter(role__startswith="survey.").count() == 1


def test_a_lead_switches_it_and_a_recruiter_does_not() -> None:
    organisation = make_organisation()
    lead, recruiter = Client(), Client()
    lead.force_login(make_user("lead"))
    recruiter.force_login(make_user("recruiter"))
    said = {"organisation": organisation.pk, f"of-{organisation.pk}-apply_one_in": "7"}
    assert recruiter.post("/settings/surveys/", said).status_code == 403
    assert lead.get("/settings/surveys/").status_code == 200
    assert lead.post("/settings/surveys/", said).status_code == 302
    rules = SurveyRules.objects.get()
    assert (rules.is_on, rules.apply_one_in, rules.after_interviews) == (False, 7, False)
    wrong = said | {f"of-{organisation.pk}-apply_one_in": "1000"}
    assert lead.post("/settings/surveys/", wrong).status_code == 422
    assert lead.post("/settings/surveys/", said | {"organisation": "0"}).status_code == 404
