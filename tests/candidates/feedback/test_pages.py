"""The pages on which feedback is written, and what a client said is noted."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from ats.activity.models import Activity
from ats.kernel.errors import Invalid, Missing, WrongState
from ats.kernel.lawful import Unlawful
from candidates.applications.actions import undo_decision
from candidates.feedback import actions, queries
from candidates.models import Application, ClientWord, Feedback, FeedbackDraft
from candidates.scorecards import actions as scorecards
from tests import factories as make
from tests.candidates.feedback.helpers import EVIDENCE, WORDS, give, interviewed, mark_of, seals
from tests.candidates.helpers import hours
from tests.candidates.scorecards.helpers import whole

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]


def page_of(application: Application) -> str:
    return f"/applications/{application.pk}/feedback/"


def note(application: Application, **facts: Any) -> ClientWord:
    criterion = application.requisition.criteria.get(name="SQL")
    given = {
        "application_id": application.pk, "criterion_id": criterion.pk, "words": "Explained joins clearly.",
        "said_by": "Mary Shelley", "said_on": hours(1).date(), "by": application.requisition.recruiter,
        "now": hours(25),
    } | facts  # fmt: skip
    return actions.note_client(**given)


def aside(application: Application, **facts: Any) -> FeedbackDraft:
    given = {
        "application_id": application.pk, "subject": "Our feedback", "body": "Hello Robin, you read",
        "points": seals(application), "by": application.requisition.recruiter, "now": hours(29),
    } | facts  # fmt: skip
    return actions.put_aside(**given)


def test_a_recruiter_chooses_puts_together_looks_and_sends(client: Client) -> None:
    application = interviewed()
    client.force_login(application.requisition.recruiter)
    page = page_of(application)
    shown = client.get(page).content.decode()
    assert EVIDENCE in shown
    assert "One point for each criterion" in shown
    chosen = seals(application)
    composed = client.post(
        page,
        {"compose": "1", "points": chosen},
        headers={"hx-request": "true", "hx-target": "feedback-letter"},
    )
    assert f"SQL: {EVIDENCE}" in composed.content.decode()
    given = {"points": chosen, "subject": "Our feedback", "body": WORDS}
    seen = client.post(page, given | {"preview": "1"}).content.decode()
    assert "You read the plan" in seen
    assert "Does not leave" not in seen
    named = client.post(page, given | {"preview": "1", "body": "Ada Byron said so."}).content.decode()
    assert "Does not leave" in named
    assert not Feedback.objects.exists()
    doubted = client.post(page, given | {"body": f"Hello Robin,\n\nAda saw it. {WORDS}"})
    assert (doubted.status_code, "they are all right" in doubted.content.decode()) == (422, True)
    assert client.post(page, given).status_code == 302
    assert Feedback.objects.get().state == "sent"
    assert "You read the plan" in client.get(page).content.decode()
    told = client.get(f"/applications/{application.pk}/").content.decode()
    assert "Read it" in told


def test_what_was_corrected_meanwhile_is_said_and_nothing_typed_is_lost(client: Client) -> None:
    application = interviewed()
    client.force_login(application.requisition.recruiter)
    given = {"points": seals(application), "subject": "Our feedback", "body": WORDS}
    card = mark_of(application).scorecard
    content = whole(card, word="Read it with help.")
    scorecards.correct(
        scorecard_id=card.pk, revision=card.revision, content=content, why="Mixed up.", by=card.interviewer,
        now=hours(25),
    )  # fmt: skip
    for button in ({}, {"compose": "1"}):
        answer = client.post(page_of(application), given | button)
        said = answer.content.decode()
        assert (answer.status_code, "was corrected since" in said, "You read the plan" in said) == (
            422,
            True,
            True,
        )


def test_pages_of_others_and_of_those_in_play(client: Client) -> None:
    application = interviewed()
    client.force_login(mark_of(application).scorecard.interviewer)
    for address in ("", "decline/", "client/", "take-back/"):
        assert client.post(page_of(application) + address).status_code == 404
    active = make.make_application()
    client.force_login(active.requisition.recruiter)
    assert "is still in play" in client.get(page_of(active)).content.decode()
    assert client.post(page_of(active), {"subject": "x", "body": "Hello there."}).status_code == 422


def test_after_a_no_one_goes_on_to_the_feedback(client: Client) -> None:
    application = interviewed(state="active")
    client.force_login(application.requisition.recruiter)
    letter = {
        "reason": make.make_reason().code,
        "subject": "Your application",
        "body": "We do not go on with it.",
    }
    answer = client.post(
        f"/applications/{application.pk}/reject/", letter | {"version": application.version, "feedback": "1"}
    )
    assert answer["Location"] == page_of(application)
    assert "this leaves right after it" in client.get(page_of(application)).content.decode()


# --- Put aside


def test_one_puts_it_aside_goes_on_and_it_is_gone_once_it_is_sent(client: Client) -> None:
    application = interviewed()
    page, recruiter, chosen = page_of(application), application.requisition.recruiter, seals(application)
    client.force_login(recruiter)
    given = {
        "points": [*chosen, "s1-unknown"],
        "subject": "Our feedback",
        "body": "Hello Robin,\n\nyou read the",
    }
    assert client.post(page, given | {"aside": "1"})["Location"] == f"/applications/{application.pk}/"
    row = FeedbackDraft.objects.get()
    assert (row.author, row.points, row.body) == (recruiter, chosen, given["body"])
    assert "put it aside" in client.get(f"/applications/{application.pk}/").content.decode()
    again = client.get(page).content.decode()
    assert ("you read the</textarea>" in again, f'value="{chosen[0]}" checked' in again) == (True, True)
    assert client.post(page, given | {"aside": "1", "body": "Hello Robin,"}).status_code == 302
    assert FeedbackDraft.objects.get().body == "Hello Robin,"
    assert Activity.objects.filter(verb="feedback.put_aside").count() == 1

    assert client.post(page, {"points": chosen, "subject": "Our feedback", "body": WORDS}).status_code == 302
    assert not FeedbackDraft.objects.exists()
    with pytest.raises(WrongState, match="given already"):
        aside(application)


def test_whoever_may_give_it_sees_it_and_goes_on_in_their_own_name(client: Client) -> None:
    application, lead = interviewed(), make.make_user("lead", name="Lea Lead")
    row = aside(application)
    client.force_login(lead)
    shown = client.get(page_of(application)).content.decode()
    assert "Kim Sample has put feedback to them aside" in shown
    assert row.body not in shown
    assert row.body in client.get(f"{page_of(application)}?draft={row.pk}").content.decode()
    aside(application, by=lead, body="Mine.")
    assert FeedbackDraft.objects.count() == 2
    client.post(page_of(application), {"anew": "1"})
    assert FeedbackDraft.objects.get() == row
    other = aside(interviewed(candidate=make.make_candidate()), body="Of another.")
    assert "Of another." not in client.get(f"{page_of(application)}?draft={other.pk}").content.decode()
    client.force_login(mark_of(application).scorecard.interviewer)
    assert client.post(page_of(application), {"aside": "1", "subject": "", "body": "x"}).status_code == 404
    with pytest.raises(Missing):
        actions.throw_away(application_id=application.pk, by=make.make_user("interviewer"), now=hours(30))


def test_what_is_put_aside_is_looked_through_and_goes_with_the_decision(client: Client) -> None:
    application = interviewed()
    with pytest.raises(Unlawful):
        aside(application, body="Her illness worries us.")
    with pytest.raises(Invalid, match="20000"):
        aside(application, body="x" * 30_000)
    row = aside(application)
    FeedbackDraft.objects.update(points=["s1-of-before"])
    client.force_login(row.author)
    assert "corrected since" in client.get(page_of(application)).content.decode()
    recruiter = application.requisition.recruiter
    undo_decision(application_id=application.pk, by=recruiter, now=hours(40))
    assert not FeedbackDraft.objects.exists()


# --- What a client said


def test_a_clients_word_is_evidence_that_is_passed_on_in_the_same_way() -> None:
    application = interviewed()
    word = note(application)
    recruiter = application.requisition.recruiter
    found = [each for each in queries.evidence_of(application, recruiter) if each.is_clients]
    assert [(each.criterion, each.words, each.who) for each in found] == [
        ("SQL", "Explained joins clearly.", "Mary Shelley")
    ]
    row = give(application, seals=[found[0].seal])
    point = row.points.get()
    assert (point.client_word, point.mark, point.evidence) == (word, None, "Explained joins clearly.")
    actions.remove_client(application_id=application.pk, word_id=word.pk, by=recruiter, now=hours(40))
    assert row.points.get().evidence == "Explained joins clearly."
    assert Activity.objects.filter(verb__startswith="feedback.client").count() == 2


def test_the_clients_people_are_not_named_either() -> None:
    application = interviewed()
    note(application)
    with pytest.raises(Invalid, match="answer for it alone"):
        give(application, seals=[], body="Hello Robin,\n\nMary Shelley liked it.\n\nKim Sample")


def test_what_a_client_said_names_whom_when_and_nothing_unlawful(client: Client) -> None:
    application, other = interviewed(), interviewed(candidate=make.make_candidate())
    foreign = other.requisition.criteria.get(name="SQL").pk
    for wrong, says in (
        ({"words": " "}, "Say who said it"), ({"said_by": ""}, "Say who said it"),
        ({"words": "x" * 100_000}, "10,000"), ({"criterion_id": foreign}, "criteria of this role"),
        ({"said_on": (hours(25) + timedelta(days=2)).date()}, "between their application and now"),
    ):  # fmt: skip
        with pytest.raises(Invalid, match=says):
            note(application, **wrong)
    with pytest.raises(Unlawful):
        note(application, words="Her illness worries us.")
    with pytest.raises(Missing):
        note(application, by=make.make_user("interviewer"))
    word = note(other)
    with pytest.raises(Missing):
        actions.remove_client(
            application_id=application.pk,
            word_id=word.pk,
            by=application.requisition.recruiter,
            now=hours(26),
        )
    assert ClientWord.objects.count() == 1


def test_it_is_noted_and_removed_on_the_page(client: Client) -> None:
    application = interviewed(state="active")
    client.force_login(application.requisition.recruiter)
    criterion = application.requisition.criteria.get(name="SQL").pk
    given = {
        "client-criterion": criterion, "client-words": "Explained joins clearly.", "client-said_by": "Mary Shelley",
        "client-said_on": application.applied_at.date().isoformat(),
    }  # fmt: skip
    assert client.post(f"{page_of(application)}client/", {}).status_code == 422
    assert client.post(f"{page_of(application)}client/", given).status_code == 302
    word = ClientWord.objects.get()
    assert "Explained joins clearly." in client.get(page_of(application)).content.decode()
    assert client.post(f"{page_of(application)}client/{word.pk}/remove/").status_code == 302
    assert not ClientWord.objects.exists()
