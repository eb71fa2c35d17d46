"""The pages of a hire: for the manager, for the new hire by their link, and over all hires."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from ats.accounts.models import Role
from candidates.hires.models import HireRecord
from partners.models import HireOutcome, OutcomeReview, ReviewAnswer
from partners.outcomes.queries import MINIMUM
from tests import factories as make
from tests.factories import NOW
from tests.partners.outcomes import parts

pytestmark = pytest.mark.django_db


def running(day: int = 90) -> OutcomeReview:
    """Asked now, of somebody who started so many days ago."""
    outcome = parts.hired()
    first = timezone.now().date() - timedelta(days=day)
    HireRecord.objects.filter(pk=outcome.hire_id).update(state="started", starts_on=first)
    HireOutcome.objects.filter(pk=outcome.pk).update(
        state="running", starts_on=first, expected=[{"text": "The load runs.", "by": "90 days"}],
        points=["Work at home."],
    )  # fmt: skip
    outcome.reviews.filter(day=day).update(state="open", opens_at=NOW)
    return OutcomeReview.objects.select_related("outcome__partnership__requisition").get(
        outcome=outcome, day=day
    )


GIVEN = {
    "outcome_0": "part",
    "outcome_0_words": "Two of three nights.",
    "point_0": "yes",
    "well_used": "yes",
    "again": "yes",
    "words": "",
}


def test_the_manager_agrees(client):
    review = running()
    role, application = review.outcome.partnership.requisition, review.outcome.hire.application_id
    client.force_login(role.hiring_manager)
    page = f"/partners/outcomes/of/{application}/"
    assert "We have agreed this" in client.get(page).content.decode()
    answer = client.post(f"{page}agree/", {"outcomes": "- One\n- Two", "outcomes_12_months": "Three"})
    assert (answer.status_code, answer["Location"]) == (302, page)
    review.outcome.refresh_from_db()
    assert review.outcome.expected == [
        {"text": "One", "by": "90 days"},
        {"text": "Two", "by": "90 days"},
        {"text": "Three", "by": "12 months"},
    ]
    refused = client.post(f"{page}agree/", {"outcomes": "", "outcomes_12_months": ""})
    assert (refused.status_code, "Agree on one outcome at least." in refused.content.decode()) == (422, True)


def test_the_manager_writes_the_review(client):
    review = running()
    client.force_login(review.outcome.partnership.requisition.hiring_manager)
    page = f"/partners/outcomes/reviews/{review.pk}/"
    assert client.get(page).status_code == 200
    wrong = client.post(page, GIVEN | {"outcome_0": ""})
    assert (wrong.status_code, "Two of three nights." in wrong.content.decode()) == (422, True)
    today = timezone.localdate().isoformat()
    assert client.post(page, GIVEN | {"talked_on": today}).status_code == 302
    answer = ReviewAnswer.objects.get()
    assert (answer.side, answer.met, answer.outcomes, answer.talked_on.isoformat()) == (
        "manager",
        0.5,
        [{"text": "The load runs.", "verdict": "part", "words": "Two of three nights."}],
        today,
    )


def test_the_new_hire_reads_what_was_agreed_and_answers(client):
    review = running()
    outcome = review.outcome
    outcome.agreed_at, outcome.agreed_by = NOW, outcome.partnership.requisition.hiring_manager
    outcome.save()
    address = f"/first-months/{parts.token_of(outcome, NOW)}/"
    page = client.get(address)
    assert (page.status_code, page["Referrer-Policy"], page["Cache-Control"]) == (
        200,
        "no-referrer",
        "private, no-store",
    )
    assert "The load runs." in page.content.decode()
    assert HireOutcome.objects.get(pk=outcome.pk).seen_at is None  # looking changes nothing
    assert client.post(address, {"words": "And who is on call?"}).status_code == 302
    outcome.refresh_from_db()
    assert (outcome.seen_at is not None, outcome.their_words) == (True, "And who is on call?")
    assert client.get(f"{address}90/").status_code == 200
    assert client.post(f"{address}90/", GIVEN | {"shared": "on"}).status_code == 302
    answer = ReviewAnswer.objects.get()
    assert (answer.side, answer.by, answer.shared, answer.met) == ("new_hire", None, True, 0.5)
    assert client.post(f"{address}90/", GIVEN).status_code == 409


@pytest.mark.parametrize(("day", "status"), [(30, 409), (7, 404)])
def test_the_new_hire_answers_nothing_that_is_not_asked(client, day, status):
    outcome = running().outcome
    address = f"/first-months/{parts.token_of(outcome, NOW)}/{day}/"
    assert client.post(address, GIVEN).status_code == status
    assert ReviewAnswer.objects.count() == 0


def test_an_unknown_link_and_one_of_a_hire_that_came_to_nothing_say_the_same(client):
    outcome = running().outcome
    address = f"/first-months/{parts.token_of(outcome, NOW)}/"
    HireOutcome.objects.filter(pk=outcome.pk).update(state="taken_back")
    over, unknown = client.get(address), client.get("/first-months/nothing/")
    assert (over.status_code, over.content) == (404, unknown.content)


def test_words_of_a_new_hire_that_are_kept_from_the_manager_are_on_none_of_their_pages(client):
    review = running()
    role, application = review.outcome.partnership.requisition, review.outcome.hire.application_id
    ReviewAnswer.objects.create(
        review=review, side="new_hire", given_at=NOW, well_used="not_yet", again="no", words="Xylander",
        outcomes=[{"text": "The load runs.", "verdict": "yes", "words": "Xylander"}],
    )  # fmt: skip
    ReviewAnswer.objects.create(
        review=review, side="manager", by=role.hiring_manager, given_at=NOW, well_used="yes", again="yes",
        talked_on=date(2027, 6, 1),
    )  # fmt: skip
    pages = (
        f"/partners/outcomes/of/{application}/",
        f"/applications/{application}/",
        f"/partners/dashboard/?role={role.partnership.pk}",
        f"/partners/{role.partnership.pk}/",
    )
    client.force_login(role.hiring_manager)
    assert [("Xylander" in client.get(page).content.decode()) for page in pages] == [False] * 4
    client.force_login(role.recruiter)
    assert [("Xylander" in client.get(page).content.decode()) for page in pages] == [True] + [False] * 3


def test_the_page_over_all_hires_is_for_who_recruits(client):
    running()
    for role, status in (
        (Role.MANAGER, 403),
        (Role.INTERVIEWER, 403),
        (Role.RECRUITER, 200),
        (Role.LEAD, 200),
    ):
        client.force_login(make.make_user(role))
        assert client.get("/partners/outcomes/").status_code == status
    said = client.get("/partners/outcomes/").content.decode()
    assert f"need {MINIMUM} hires each" in said


def test_the_page_of_all_hires_costs_the_same_for_one_and_for_five(client, django_assert_num_queries):
    client.force_login(make.make_user(Role.LEAD))
    running()
    client.get("/partners/outcomes/")
    with django_assert_num_queries(8) as one:
        client.get("/partners/outcomes/")
    for _ in range(4):
        running()
    with django_assert_num_queries(len(one)):
        client.get("/partners/outcomes/")


def test_the_application_leads_there_once_somebody_is_hired(client):
    review = running()
    application = review.outcome.hire.application
    client.force_login(review.outcome.partnership.requisition.recruiter)
    there = f"/partners/outcomes/of/{application.pk}/"
    assert there in client.get(f"/applications/{application.pk}/").content.decode()
    other = make.make_application(requisition=application.requisition)
    assert "/partners/outcomes/" not in client.get(f"/applications/{other.pk}/").content.decode()
