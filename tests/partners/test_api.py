"""What API clients read of partnerships: what their user sees on the pages, and nothing else."""

import pytest
from rest_framework.test import APIClient

from ats.accounts.models import Role
from ats.api.actions import create_token
from partners.models import Contradiction
from tests import factories as make
from tests.factories import NOW
from tests.partners.advice.parts import dry, loaded
from tests.partners.alignment import parts as alignment
from tests.partners.outcomes import parts as outcomes

pytestmark = pytest.mark.django_db


def client_of(person):
    _, secret = create_token(user=person, name="test", scopes=None, now=NOW)
    api = APIClient()
    api.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
    return api


def listed(person, name, **filters):
    return client_of(person).get(f"/api/v1/{name}/", filters).json()["results"]


def one(person, name, pk):
    return client_of(person).get(f"/api/v1/{name}/{pk}/").status_code


def test_advice_is_read_by_the_partners_and_names_nobody():
    role, advice = dry()
    (row,) = listed(role.hiring_manager, "advice", requisition=role.pk)
    assert (row["id"], row["rule"], row["state"], row["said"]) == (
        advice.pk,
        "runs_dry",
        "standing",
        advice.said,
    )
    assert listed(role.hiring_manager, "advice", state="answered") == []
    stranger = make.make_user(Role.MANAGER)
    assert (listed(stranger, "advice"), one(stranger, "advice", advice.pk)) == ([], 404)
    role, advice = loaded()
    (row,) = listed(role.hiring_manager, "advice", requisition=role.pk)
    assert "person" not in row
    assert str(advice.person) not in str(row)


def test_signatures_are_read_by_who_signs_and_by_the_partners():
    role = alignment.open_role()
    finance = make.make_user(Role.MANAGER)
    alignment.name(role, finance=finance)
    alignment.settled(role)
    signature = alignment.signature(role, "finance")
    for person in (finance, role.recruiter):
        (row,) = listed(person, "signatures", requisition=role.pk)
        assert (row["id"], row["function"], row["state"], row["brief"]) == (
            signature.pk,
            "finance",
            "open",
            signature.version_id,
        )
    stranger = make.make_user(Role.MANAGER)
    assert (listed(stranger, "signatures"), one(stranger, "signatures", signature.pk)) == ([], 404)


def test_contradictions_are_read_by_who_sees_the_partnership():
    role = alignment.open_role()
    row = Contradiction.objects.create(
        partnership=role.partnership, rule="pay", said="A and B.", key="1", raised_at=NOW, due_at=NOW
    )
    (found,) = listed(role.hiring_manager, "contradictions", state="open")
    assert (found["id"], found["requisition"], found["said"]) == (row.pk, role.pk, "A and B.")
    stranger = make.make_user(Role.MANAGER)
    assert (listed(stranger, "contradictions"), one(stranger, "contradictions", row.pk)) == ([], 404)


def test_reviews_say_who_has_answered_and_never_what():
    review = outcomes.asked(outcomes.agreed(outcomes.started()))
    role = review.outcome.partnership.requisition
    day = outcomes.morning(90).date()
    given = outcomes.said(review.outcome, words="Between the two of us.", talked_on=day)
    outcomes.by_manager(review, given)
    (row,) = listed(role.recruiter, "outcome-reviews", day=90)
    assert (row["id"], row["answered"], row["requisition"]) == (review.pk, ["manager"], role.pk)
    assert "Between the two of us." not in str(row)
    stranger = make.make_user(Role.MANAGER)
    assert (listed(stranger, "outcome-reviews"), one(stranger, "outcome-reviews", review.pk)) == ([], 404)
