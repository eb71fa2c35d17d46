"""The manager's pages: what waits, and one candidate at a time."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ats.accounts.models import Role
from candidates.models import Review
from candidates.reviews import actions
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def asked(count=2):
    role = make.make_requisition(must_haves=("Python", "SQL"))
    people = [make.make_application(requisition=role) for _ in range(count)]
    slate = actions.ask(application_ids=[person.pk for person in people], by=role.recruiter, now=NOW)
    return role, list(slate.reviews.order_by("pk"))


def filled(role, verdict="yes", reason="Has done it."):
    marks = {f"met_{must.pk}": "yes" for must in role.criteria.all()}
    return marks | {"verdict": verdict, "reason": reason}


def test_the_list_shows_what_waits_due_first_and_costs_the_same_for_many(client):
    role, (first, second) = asked()
    Review.objects.filter(pk=second.pk).update(due_at=first.due_at - timedelta(days=1))
    client.force_login(role.hiring_manager)

    def get():
        with CaptureQueriesContext(connection) as captured:
            page = client.get(reverse("review_list")).content.decode()
        return page, len(captured)

    get()
    page, before = get()
    assert page.index(str(second.application.candidate)) < page.index(str(first.application.candidate))
    more = [make.make_application(requisition=role) for _ in range(5)]
    actions.ask(application_ids=[person.pk for person in more], by=role.recruiter, now=NOW)
    page, after = get()
    assert (page.count("data-item"), after) == (7, before)


def test_saving_leads_to_the_next_and_at_the_end_to_the_list(client):
    role, (first, second) = asked()
    client.force_login(role.hiring_manager)
    response = client.post(reverse("review", args=[first.pk]), filled(role))
    assert response.url == reverse("review", args=[second.pk])
    response = client.post(reverse("review", args=[second.pk]), filled(role, "no"))
    assert response.url == reverse("review_list")
    assert list(Review.objects.order_by("pk").values_list("verdict", flat=True)) == ["yes", "no"]


def test_a_mistake_keeps_what_was_typed(client):
    role, (first, _) = asked()
    client.force_login(role.hiring_manager)
    response = client.post(
        reverse("review", args=[first.pk]), filled(role, reason="Long and careful words.") | {"verdict": ""}
    )
    assert response.status_code == 422
    page = response.content.decode()
    assert "Long and careful words.</textarea>" in page
    assert len(re.findall(r'name="met_\d+"[^>]* checked', page)) == 2
    assert "Choose yes, unsure or no." in page


@pytest.mark.parametrize(
    ("who", "status", "form"),
    [("reviewer", 200, True), ("recruiter", 200, False), ("lead", 200, False), ("stranger", 404, False)],
)
def test_who_sees_it_and_who_answers(client, who, status, form):
    role, (first, _) = asked()
    users = {
        "reviewer": role.hiring_manager,
        "recruiter": role.recruiter,
        "lead": make.make_user(Role.LEAD),
        "stranger": make.make_user(Role.MANAGER),
    }
    client.force_login(users[who])
    response = client.get(reverse("review", args=[first.pk]))
    assert response.status_code == status
    assert ('name="verdict"' in response.content.decode()) is form
    if not form:
        assert client.post(reverse("review", args=[first.pk]), filled(role)).status_code == 404
        assert not Review.objects.filter(state="answered").exists()


def test_an_unsure_comes_back_with_its_marks_to_be_decided(client, time_machine):
    time_machine.move_to(NOW + timedelta(hours=1))
    role, (first, _) = asked()
    client.force_login(role.hiring_manager)
    client.post(reverse("review", args=[first.pk]), filled(role, "unsure", "Cannot tell yet."))
    assert "You were unsure" in client.get(reverse("review_list")).content.decode()
    page = client.get(reverse("review", args=[first.pk])).content.decode()
    assert "Cannot tell yet.</textarea>" in page
    client.post(reverse("review", args=[first.pk]), filled(role, "yes"))
    page = client.get(reverse("review", args=[first.pk])).content.decode()
    assert "said yes" in page
    assert 'name="verdict"' not in page


def test_what_others_said_stays_hidden_until_ones_own_is_in(client):
    role, (first, _) = asked()
    colleague = make.make_user(Role.INTERVIEWER)
    make.add_member(role, colleague, "interviewer")
    actions.ask(application_ids=[first.application_id], reviewer_id=colleague.pk, by=role.recruiter, now=NOW)
    client.force_login(role.hiring_manager)
    client.post(reverse("review", args=[first.pk]), filled(role, "no", "Secret for now."))
    theirs = Review.objects.get(reviewer=colleague)
    client.force_login(colleague)
    assert "Secret for now." not in client.get(reverse("review", args=[theirs.pk])).content.decode()
    client.post(reverse("review", args=[theirs.pk]), filled(role))
    assert "Secret for now." in client.get(reverse("review", args=[theirs.pk])).content.decode()


def test_what_others_said_is_on_no_page_of_a_reviewer_who_has_yet_to_answer(client):
    """Not on the application's, not on the other's review, not in the story: until then the view is one's own."""
    role, (review, _) = asked()
    colleague = make.make_user(Role.MANAGER)
    make.add_member(role, colleague, "manager")
    number = review.application_id
    actions.ask(application_ids=[number], reviewer_id=colleague.pk, by=role.recruiter, now=NOW)
    judged = {must.pk: {"met": "yes"} for must in role.criteria.all()}
    told_by = {"verdict": "no", "reason": "Quoldfish", "by": role.hiring_manager}
    answered = actions.answer(review_id=review.pk, criteria=judged, now=NOW, **told_by)
    client.force_login(colleague)
    pages = {
        "application": number,
        "candidate": answered.application.candidate_id,
        "review": review.pk,
    }

    def told():
        texts = {name: client.get(reverse(name, args=[pk])).content.decode() for name, pk in pages.items()}
        return {name for name, text in texts.items() if "Quoldfish" in text or "answered no" in text}

    assert told() == set()
    mine = Review.objects.get(application=number, reviewer=colleague)
    told_by = {"verdict": "yes", "reason": "Has done it.", "by": colleague}
    actions.answer(review_id=mine.pk, criteria=judged, now=NOW, **told_by)
    assert told() == set(pages)
