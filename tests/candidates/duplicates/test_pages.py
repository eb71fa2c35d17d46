"""The pages: pairs, two records side by side, the panel with what can be undone."""

import pytest
from django.urls import reverse

from ats.accounts.models import Role
from candidates.models import Candidate, Likeness, Merge
from tests.factories import NOW, make_candidate, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def two():
    return make_candidate(first_name="Zoë", phone="030 901820"), make_candidate(
        first_name="Kim", phone="030 901820"
    )


def test_from_the_list_to_one_person_and_back(client, two) -> None:
    one, other = two
    client.force_login(make_user(Role.RECRUITER))
    Likeness.objects.create(first=one, second=other, reasons=["phone"], found_at=NOW)
    page = client.get(reverse("duplicates")).content.decode()
    assert "the same telephone number" in page
    assert "says little by itself" in page
    address = reverse("candidate_merge", args=[one.pk, other.pk])
    assert "Zoë" in client.get(address).content.decode()
    refused = client.post(address, {"take_first_name": "lost"})
    assert refused.status_code == 422
    assert "say why you know it" in refused.content.decode()
    assert client.post(address, {"take_first_name": "lost", "why": "Told me"}).status_code == 302
    assert Candidate.objects.get(pk=one.pk).first_name == "Kim"
    panel = client.get(reverse("candidate_alike", args=[one.pk])).content.decode()
    assert "Told me" in panel
    undone = client.post(reverse("merge_undo", args=[Merge.objects.get().pk]))
    assert undone.url == reverse("candidate", args=[one.pk])
    assert Candidate.objects.get(pk=one.pk).first_name == "Zoë"


def test_a_pages_cost_does_not_grow_with_its_pairs(client, django_assert_max_num_queries) -> None:
    client.force_login(make_user(Role.RECRUITER))
    people = [make_candidate() for _ in range(24)]
    for one, other in zip(people[::2], people[1::2], strict=True):
        Likeness.objects.create(first=one, second=other, reasons=["phone"], found_at=NOW)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("duplicates")).content.decode()
    assert page.count("data-item") == 12


def test_with_themselves_or_with_nobody(client, two) -> None:
    client.force_login(make_user(Role.RECRUITER))
    one, _ = two
    page = client.get(reverse("candidate_merge", args=[one.pk, one.pk]))
    assert "choose two people" in page.content.decode()
    assert client.post(reverse("candidate_merge", args=[one.pk, one.pk]), {"why": "x"}).status_code == 422
    assert client.post(reverse("candidate_merge", args=[one.pk, 10**9]), {"why": "x"}).status_code == 404
    assert client.post(reverse("merge_undo", args=[10**9])).status_code == 404
    assert not Merge.objects.exists()
