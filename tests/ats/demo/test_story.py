"""The demo's story, told small: two roles and a few of their people, through the same weeks."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from ats.demo.company import respect, roles
from ats.demo.company.house import House
from ats.demo.company.story import Story
from ats.models import OutgoingMail
from candidates.models import (
    AnotherWay,
    Application,
    AvailabilityRequest,
    Candidate,
    Consent,
    DataComplaint,
    DataCopy,
    DataCorrection,
    Erasure,
    Feedback,
    FeedbackDraft,
    FeedbackRequest,
    HireRecord,
    Interview,
    InterviewSeat,
    KeptFrom,
    LegalHold,
    MatterMark,
    Offer,
    Promise,
    ProposedTime,
    Review,
    Scorecard,
    Shadowing,
    StepTask,
    SurveyFigure,
    SurveyResponse,
)
from partners.intake.models import BriefField
from partners.models import (
    Celebration,
    CheckIn,
    Commitment,
    Contradiction,
    CourseCorrection,
    OutcomeReview,
    PathRead,
    Retrospective,
    Signature,
)
from tests.factories import NOW, ship_reasons

pytestmark = pytest.mark.django_db
APPLICANTS = {"data": 12, "design": 14}


@pytest.mark.ordinary_day
def test_the_demo_shows_every_way_that_things_go(
    monkeypatch: Any, smtp: Any, settings: Any, tmp_path: Path
) -> None:
    settings.ERASURES = tmp_path / "erasures.jsonl"
    ship_reasons()
    whole = roles.plans
    monkeypatch.setattr(
        roles,
        "plans",
        lambda house: [
            replace(plan, applicants=APPLICANTS[plan.key]) for plan in whole(house) if plan.key in APPLICANTS
        ],
    )

    Story(House(NOW), NOW, say=lambda title: None).tell()

    def states(model: Any) -> set[str]:
        return set(model.objects.values_list("state", flat=True))

    # And an earlier hire, one from within whose manager is not told, one who said so by mistake, and two roles of
    # months before, whose people say how it was.
    earlier = sum(number for *_, number in respect.EARLIER)
    assert Application.objects.count() == sum(APPLICANTS.values()) + 3 + earlier
    kept = KeptFrom.objects.in_force().get(doubted_at=None)
    doubted = KeptFrom.objects.in_force().exclude(doubted_at=None).get()
    assert (doubted.user.name, doubted.doubted_by.name) == ("Max Manager", "Rosa Recruiter")
    assert (kept.user.name, kept.stand_in.name) == ("Max Manager", "Dana Director")
    # The manager is asked when he can, and has not said yet.
    asked = AvailabilityRequest.objects.get()
    assert (asked.state, asked.interviewer.name, asked.due_at > NOW) == ("open", "Max Manager", True)
    assert Review.objects.open().get(application=kept.application).reviewer == kept.stand_in
    assert states(Application) == {"active", "hired", "rejected", "withdrawn"}
    assert states(Promise) == {"open", "kept", "broken", "released"}
    assert states(OutgoingMail) == {"sent", "bounced", "cancelled"}
    # What is late by less than the grace is kept. Neither side has kept all that it promised.
    assert {"kept", "released"} - states(Commitment) == set()
    broken = Commitment.objects.filter(state__in=["late", "missed"])
    assert set(broken.values_list("side", flat=True)) == {"recruiter", "manager"}
    # Who signs the briefs has said everything that can be said, and what was at odds ended in both ways, or has not.
    assert states(Signature) == {"yes", "concern", "no", "open"}
    found = Contradiction.objects.order_by("raised_at", "pk")
    assert list(found.values_list("partnership__requisition__title", "rule", "state")) == [
        ("Data Engineer", "bar_above_pay", "resolved"),
        ("Data Engineer", "must_unassessed", "accepted"),
        ("Data Engineer", "advert_differs", "gone"),  # until the brief was settled anew
        ("Product Designer", "outcome_unserved", "open"),
    ]
    assert Contradiction.objects.open().get().due_at - NOW < timedelta(days=7)
    assert {"held", "skipped", "ready"} - states(CheckIn) == set()
    ahead = CheckIn.objects.filter(state="ready").order_by("partnership__requisition__title")
    said = [(row.is_confirmed("manager"), row.cannot("manager")) for row in ahead]
    assert said == [(True, False), (False, True)]
    assert all(row.agenda for row in ahead)
    assert {"held"} - states(Interview) == set()
    # What came in last: a word beside an answer, another time, and a letter that somebody has to be told otherwise.
    assert InterviewSeat.objects.exclude(comment="").get().reply == "accepted"
    proposed = ProposedTime.objects.get()
    assert (proposed.state, proposed.seat, proposed.starts_at > NOW) == ("open", None, True)
    assert (AnotherWay.objects.get().state, AnotherWay.objects.get().trouble) == ("open", "came_back")
    assert {"submitted"} - states(Scorecard) == set()
    assert {"accepted"} - states(Offer) == set()
    assert {"interviewer", "shadow"} - set(InterviewSeat.objects.values_list("kind", flat=True)) == set()
    assert Shadowing.objects.filter(confirmed_at__isnull=False).exists()
    assert PathRead.objects.count() == 1
    assert states(CourseCorrection) == {"looked", "open"}
    assert CheckIn.objects.filter(rhythm_at__isnull=False).exists()
    assert states(HireRecord) == {"expected", "started"}
    reviews = OutcomeReview.objects.filter(outcome__state="running").order_by("day")
    assert list(reviews.values_list("day", "state")) == [(30, "done"), (90, "done"), (180, "planned")]
    # An earlier role was praised and looked back at, and what was kept of it begins a later brief.
    told = Celebration.objects.filter(state="told", partnership__requisition__title="Night Shift Analyst")
    assert sorted(told.values_list("kind", flat=True)) == ["goal", "hire", "praise"]
    assert Retrospective.objects.get(partnership__requisition__title="Night Shift Analyst").state == "done"
    taken = BriefField.objects.filter(came_from__isnull=False)
    rows = taken.values_list(
        "brief__partnership__requisition__title", "code", "came_from__requisition__title"
    )
    assert list(rows) == [("Data Engineer", "decides", "Night Shift Analyst")]
    # What people say of it, in several months; one who is unhappy and gave a name is a task of today.
    months = {day.month for day in SurveyFigure.objects.values_list("published_on", flat=True)}
    assert len(months) >= 3
    assert {row.is_unhappy for row in SurveyResponse.objects.filter(application=None)} == {True, False}
    unhappy = [row for row in SurveyResponse.objects.exclude(application=None) if row.is_unhappy]
    assert [row.words for row in unhappy] == [respect.UNHAPPY]
    task = StepTask.objects.get(follow_up__step="survey_unhappy")
    assert (task.done_at, task.application) == (None, unhappy[0].application)
    assert SurveyResponse.objects.exclude(tags=[]).exists()
    assert Consent.objects.filter(purpose="news").exists()
    # One is gone, one waits behind a hold; what else was asked, is done or waits.
    assert sorted(Erasure.objects.values_list("state", flat=True)) == ["done", "waiting"]
    assert Erasure.objects.get(state="waiting").candidate == LegalHold.objects.standing().get().candidate
    assert Candidate.objects.exclude(anonymised_at=None).get() == Erasure.objects.get(state="done").candidate
    assert states(DataCorrection) == {"done", "open"}
    assert (DataComplaint.objects.get().state, DataCopy.objects.get().state) == ("open", "making")
    # Feedback was sent, is owed, and was put aside; what matters to people is met, and is not.
    assert states(Feedback) == {
        "sent"
    }  # one waits in the whole demo, where somebody was decided about just now
    assert sorted(FeedbackRequest.objects.values_list("state", flat=True)) == ["given", "open"]
    assert FeedbackDraft.objects.get().application == FeedbackRequest.objects.get(state="open").application
    assert set(MatterMark.objects.values_list("met", flat=True)) == {"met", "not_met"}
