"""Feedback is put together from evidence, looked at by a person, and leaves once, after the decision is known."""

from typing import Any

import pytest

from ats.activity.models import Activity
from ats.kernel.errors import Conflict, Invalid, Missing, WrongState
from ats.kernel.lawful import Unlawful
from ats.mail.models import OutgoingMail
from candidates.applications import actions as applications
from candidates.feedback import actions, queries
from candidates.feedback.actions import Doubtful
from candidates.feedback.models import Depth, FeedbackRules
from candidates.models import Application, Feedback, Message, Scorecard, ScorecardMark
from candidates.scorecards import actions as scorecards
from tests import factories as make
from tests.candidates.applications.helpers import reject, undo
from tests.candidates.feedback.helpers import EVIDENCE, WORDS, give, interviewed, mark_of, seals
from tests.candidates.helpers import at_once, hours, run_lane
from tests.candidates.scorecards.helpers import whole
from tests.smtp import Catcher

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]


def test_it_begins_from_what_was_recorded_and_from_nothing_else() -> None:
    application = interviewed()
    recruiter = application.requisition.recruiter
    Scorecard.objects.update(private_notes="Nobody reads this.")
    ScorecardMark.objects.filter(name="Python").update(evidence="")
    page = queries.page(recruiter, application.pk)
    assert [(row.name, [each.words for each in row.evidence]) for row in page.criteria] == [
        ("Python", []), ("SQL", [EVIDENCE]),
    ]  # fmt: skip
    assert (page.depth, page.without, page.refusal) == (Depth.EACH, ["Python"], "")
    subject, body = queries.put_together(application, page.evidence, page.depth)
    assert subject == "Our feedback: Data engineer"
    assert f"SQL: {EVIDENCE}" in body
    for hidden in ("Ada", "Byron", "Nobody reads", "Python", "yes"):
        assert hidden not in body.replace("a yes or a no", "")
    _, nothing = queries.put_together(application, [], page.depth)
    assert application.reason is not None
    assert application.reason.candidate_text in nothing
    assert "SQL" not in nothing


@pytest.mark.parametrize(
    ("language", "says"),
    [("de", "Unser Feedback: Data engineer"), ("fr", "Notre retour : Data engineer"),
     ("es", "Nuestros comentarios: Data engineer"), ("ar", "Our feedback: Data engineer")],
)  # fmt: skip
def test_the_words_around_it_are_in_their_language(language: str, says: str) -> None:
    candidate = make.make_candidate(language=language)
    application = interviewed(candidate=candidate)
    assert queries.put_together(application, [], Depth.WHOLE)[0] == says
    found = queries.evidence_of(application, application.requisition.recruiter)
    assert {each.tongue for each in found} == {"English"}, "it is as it was written, and that is said"


def test_it_leaves_once_and_is_kept_with_who_when_and_from_what(smtp: Catcher) -> None:
    application = interviewed()
    row = give(application)
    assert (row.state, row.depth, row.sent_at, row.author) == (
        "sent", "each", hours(30), application.requisition.recruiter
    )  # fmt: skip
    point = row.points.get()
    assert (point.criterion, point.evidence, point.mark, point.number) == (
        "SQL",
        EVIDENCE,
        mark_of(application),
        1,
    )
    message = Message.objects.get(application=application)
    assert (message.feedback, message.body, row.body) == (row, WORDS, WORDS)
    run_lane("mail", hours(31))
    assert [letter["Subject"] for letter in smtp.to("robin@example.com")] == ["Our feedback"]
    entry = Activity.objects.get(verb="feedback.sent")
    assert (entry.data["words"], entry.data["criteria"], entry.data["depth"]) == (
        WORDS, "SQL", "one point for each criterion"
    )  # fmt: skip
    with pytest.raises(WrongState, match="given already"):
        give(application, now=hours(40))
    assert Feedback.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_recruiters_at_once_send_it_once() -> None:
    application = interviewed()
    people = [application.requisition.recruiter, make.make_user("lead")]
    given = seals(application)
    done = at_once(*(lambda who=who: give(application, by=who, seals=given) for who in people))
    assert sorted(type(each).__name__ for each in done) == ["Feedback", "WrongState"]
    assert (Feedback.objects.count(), Message.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("state", "says"), [("active", "still in play"), ("hired", "is hired"), ("withdrawn", "withdrew")]
)
def test_whoever_was_not_rejected_gets_none(state: str, says: str) -> None:
    application = make.make_application(state=state)
    with pytest.raises(WrongState, match=says):
        give(application, seals=[])


def test_nobody_hears_more_before_they_know_the_decision(smtp: Catcher) -> None:
    application = interviewed(state="active")
    with pytest.raises(WrongState, match="still in play"):
        give(application)
    reject(application, 1, message=None)
    with pytest.raises(WrongState, match="tell them first"):
        give(application, now=hours(2))
    applications.tell(
        application_id=application.pk,
        message=("Your application", "We do not go on."),
        by=application.requisition.recruiter,
        now=hours(2),
    )
    row = give(application, now=hours(2))
    assert (row.state, row.message) == ("waiting", None)
    assert not Message.objects.exists()
    run_lane("mail", hours(30))
    run_lane("tasks", hours(30))
    run_lane("mail", hours(30))
    row.refresh_from_db()
    assert row.state == "sent"
    assert [letter["Subject"] for letter in smtp.to("robin@example.com")] == [
        "Your application",
        "Our feedback",
    ]


def test_a_decision_that_is_taken_back_takes_waiting_feedback_along() -> None:
    application = interviewed(state="active")
    reject(application, 1)
    row = give(application, now=hours(1))
    undo(application, 1.1)
    row.refresh_from_db()
    assert row.state == "cancelled"
    run_lane("tasks", hours(30))
    assert not OutgoingMail.objects.filter(role="conversation.message").exists()
    reject(application, 2)
    assert give(application, now=hours(2)).state == "waiting", "it is about another decision"


def test_a_person_takes_back_what_waits_and_nothing_that_has_left() -> None:
    application = interviewed(state="active")
    reject(application, 1)
    give(application, now=hours(1))
    recruiter = application.requisition.recruiter
    row = actions.take_back(application_id=application.pk, by=recruiter, now=hours(1))
    assert row.state == "cancelled"
    told = interviewed(candidate=make.make_candidate())
    give(told)
    with pytest.raises(WrongState, match="left already"):
        actions.take_back(application_id=told.pk, by=told.requisition.recruiter, now=hours(31))


def test_strangers_and_those_who_only_met_them_give_none() -> None:
    application = interviewed()
    for person in (make.make_user("interviewer"), mark_of(application).scorecard.interviewer):
        with pytest.raises(Missing):
            give(application, by=person, seals=[])
    assert not Feedback.objects.exists()


# --- Evidence that is not as it was


def test_a_correction_between_composing_and_sending_is_said() -> None:
    application = interviewed()
    seen = seals(application)
    card = mark_of(application).scorecard
    scorecards.correct(
        scorecard_id=card.pk,
        revision=card.revision,
        content=whole(card, word="Read it with help."),
        why="I had mixed up two people.",
        by=card.interviewer,
        now=hours(25),
    )
    with pytest.raises(Conflict, match="evidence on SQL was corrected"):
        give(application, seals=seen)
    assert give(application, seals=seals(application)).points.get().evidence == "Read it with help."


def test_evidence_that_is_gone_or_anothers_is_none() -> None:
    application, other = interviewed(), interviewed(candidate=make.make_candidate())
    seen, others = seals(application), seals(other)
    mark_of(application).delete()
    for wrong in (seen, others, ["s1-x"], ["../../etc"], ["x" * 100_000]):
        with pytest.raises(Conflict, match="not there any more"):
            give(application, seals=wrong)
    row = give(other, seals=others)
    mark_of(other).delete()
    point = row.points.get()
    assert (point.mark, point.evidence) == (None, EVIDENCE), "what was sent stays as it was sent"


# --- How deep


@pytest.mark.parametrize(
    ("depth", "names", "refused"),
    [
        ("none", (), ""), ("none", ("SQL",), "the reason alone"), ("one", ("SQL",), ""),
        ("one", ("SQL", "Python"), "choose one"), ("each", ("SQL", "Python"), ""), ("whole", ("SQL", "Python"), ""),
    ],
)  # fmt: skip
def test_who_came_as_far_is_told_as_much(depth: str, names: tuple[str, ...], refused: str) -> None:
    application = interviewed()
    organisation = application.requisition.organisation
    FeedbackRules.objects.create(organisation=organisation, interview=depth)
    chosen = seals(application, *names) if names else []
    if refused:
        with pytest.raises(Invalid, match=refused):
            give(application, seals=chosen)
    else:
        assert give(application, seals=chosen).depth == depth


def test_each_criterion_is_one_point_where_it_is_so_set() -> None:
    application = interviewed()
    mark = mark_of(application)
    again = ScorecardMark.objects.create(
        scorecard=mark.scorecard, position=9, name="SQL", rating="no", evidence="Guessed."
    )
    with pytest.raises(Invalid, match="one of each"):
        give(application)
    again.delete()
    assert give(application).points.count() == 1


def test_a_talk_is_offered_to_finalists_alone() -> None:
    application = interviewed()
    assert "we call you" in queries.put_together(application, [], Depth.WHOLE)[1]
    assert "we call you" not in queries.put_together(application, [], Depth.EACH)[1]


def test_a_lead_sets_how_deep_it_goes(client: Any) -> None:
    organisation = make.make_organisation()
    lead = make.make_user("lead")
    client.force_login(lead)
    given = {"applied": "one", "review": "one", "interview": "each", "assessment": "each", "offer": "whole"}
    fields = {f"of-{organisation.pk}-{name}": value for name, value in given.items()}
    wrong = client.post(
        "/settings/feedback/",
        fields | {"organisation": organisation.pk, f"of-{organisation.pk}-answer_days": 0},
    )
    assert wrong.status_code == 422
    fields[f"of-{organisation.pk}-answer_days"] = "3"
    assert client.post("/settings/feedback/", fields | {"organisation": organisation.pk}).status_code == 302
    rules = FeedbackRules.objects.get()
    assert (rules.applied, rules.answer_days) == ("one", 3)
    assert Activity.objects.filter(verb="feedback.rules_changed").count() == 1
    client.force_login(make.make_user("recruiter"))
    assert client.get("/settings/feedback/").status_code == 403


# --- What must not leave


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("Ada Byron did not like it.", "A colleague|answer for it alone"),
        ("ADA  BYRON said so.", "answer for it alone"),
        ("Grace Hopper was stronger in SQL.", "nobody else's business"),
        ("Compared to other candidates you were slow.", "stands by itself"),
        ("Im Vergleich waren andere Bewerbende besser.", "stands by itself"),
        ("You are not a culture fit.", "a feeling about likeness"),
        ("Encaje cultural.", "a feeling about likeness"),
    ],
)  # fmt: skip
def test_names_comparisons_and_feelings_do_not_leave(words: str, says: str) -> None:
    application = interviewed()
    other = make.make_candidate(first_name="Grace", last_name="Hopper")
    make.make_application(candidate=other, requisition=application.requisition)
    with pytest.raises(Invalid, match=says):
        give(application, body=f"Hello Robin,\n\n{words}\n\nKim Sample", meant=True)
    assert not Feedback.objects.exists()


def test_what_is_unlawful_to_weigh_does_not_leave_either(client: Any) -> None:
    application = interviewed()
    with pytest.raises(Unlawful):
        give(application, body="Hello Robin,\n\nYour illness decided it.\n\nKim Sample", meant=True)


def test_a_single_name_may_be_a_word_and_is_asked_about() -> None:
    application = interviewed()
    body = "Hello Robin,\n\nAda saw that you read the plan.\n\nKim Sample"
    with pytest.raises(Doubtful) as doubted:
        give(application, body=body)
    assert [each.words for each in doubted.value.found] == ["Ada"]
    assert give(application, body=body, meant=True).state == "sent"


def test_their_own_name_and_whoever_signs_may_stand_there() -> None:
    application = interviewed()
    assert queries.look(application, WORDS, sender="Kim Sample") == []
    said = queries.look(application, "Kim Sample thought so.\n\nThank you.", sender="Kim Sample")
    assert [each.words for each in said if each.refused] == ["Kim Sample"]


def test_a_hundred_thousand_letters_are_refused_in_no_time() -> None:
    application = interviewed()
    with pytest.raises(Invalid, match="20000"):
        give(application, body="Ada Byron " * 10_000)
    with pytest.raises(Invalid, match="Write a subject"):
        give(application, subject=" ")
    with pytest.raises(Invalid, match="Write the message"):
        give(application, body=" \n\x00 ")


def test_a_place_left_open_is_asked_about() -> None:
    application = interviewed()
    with pytest.raises(Invalid, match="still to be filled in"):
        give(application, body="Hello Robin,\n\nYou [what]\n\nKim Sample")


# --- In the record and over the API


def test_it_is_read_over_the_api_with_what_it_came_from(client: Any) -> None:
    application = interviewed()
    row = give(application)
    recruiter = application.requisition.recruiter
    client.force_login(recruiter)
    found = client.get("/api/v1/feedback/", {"application": application.pk}).json()["results"]
    assert [(one["id"], one["body"], [point["criterion"] for point in one["points"]]) for one in found] == [
        (row.pk, WORDS, ["SQL"])
    ]
    client.force_login(make.make_user("interviewer"))
    assert client.get("/api/v1/feedback/").json()["results"] == []
    assert Application.objects.count() == 1
