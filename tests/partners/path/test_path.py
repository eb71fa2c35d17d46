"""A manager is led through how we work together until they have read it; nothing waits for that."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse

from ats.accounts.models import Role
from ats.activity.models import Activity
from ats.kernel.errors import Missing
from partners.models import ExerciseDone, PathRead
from partners.partnerships import actions as partnerships
from partners.path import actions, queries
from partners.path.domain import pages
from partners.path.domain.exercise import NOTES, Kind
from requisitions.wording.models import Severity, WordingRule
from requisitions.wording.queries.checks import check, forget
from tests import factories as make
from tests.factories import NOW
from tests.partners.conftest import open_role

pytestmark = pytest.mark.django_db
LEADS_ON = "How we work together"


def read(role, by=None, now=NOW):
    return actions.read(partnership_id=role.partnership.pk, by=by or role.hiring_manager, now=now)


def page(client, role, by, number=1):
    client.force_login(by)
    return client.get(reverse("partner_path", args=[role.partnership.pk]), {"page": number})


def test_a_manager_is_led_through_it_on_their_first_role_until_they_have_read_it(role):
    manager = role.hiring_manager
    open_role(manager=manager)
    assert queries.led_through(manager) == role.partnership
    read(role)
    assert queries.led_through(manager) is None


def test_who_recruits_or_leads_no_running_role_is_not_led(role):
    assert queries.led_through(role.recruiter) is None
    assert queries.led_through(make.make_user(Role.MANAGER)) is None
    type(role.partnership).objects.update(state="closed", closed_at=NOW)
    assert queries.led_through(role.hiring_manager) is None


def test_it_is_on_record_once_with_its_version_and_that_of_the_agreement(role):
    partnerships.propose(
        partnership_id=role.partnership.pk,
        times={"intake": 4, "first_slate": 9},
        version=1,
        grace=1,
        by=role.recruiter,
        now=NOW,
    )
    first = read(role)
    assert read(role, now=NOW + timedelta(days=1)) == first
    assert list(PathRead.objects.values_list("user", "partnership", "version", "agreement", "read_at")) == [
        (role.hiring_manager_id, role.partnership.pk, pages.VERSION, 2, NOW)
    ]
    said = Activity.objects.filter(verb="path.read").values_list("actor_id", "requisition_id", "data")
    assert list(said) == [(role.hiring_manager_id, role.pk, {"version": pages.VERSION})]


def test_a_text_that_says_something_else_is_led_through_again(role, monkeypatch):
    read(role)
    monkeypatch.setattr("partners.path.models.VERSION", pages.VERSION + 1)
    assert queries.led_through(role.hiring_manager) == role.partnership


def test_only_the_managers_side_says_that_it_has_read_it(role):
    for other in (role.recruiter, make.make_user(Role.LEAD), make.make_user(Role.MANAGER)):
        with pytest.raises(Missing):
            read(role, by=other)
    assert not PathRead.objects.exists()


def test_the_dashboard_leads_there_and_is_whole_meanwhile(client, role):
    client.force_login(role.hiring_manager)
    before = client.get(reverse("dashboard"))
    assert (LEADS_ON in before.text, "Where the role stands" in before.text) == (True, True)
    client.post(reverse("partner_path", args=[role.partnership.pk]))
    assert LEADS_ON not in client.get(reverse("dashboard")).text


def test_the_recruiter_sees_whether_it_was_read(client, role):
    client.force_login(role.recruiter)
    address = reverse("partnership", args=[role.partnership.pk])
    assert f"{role.hiring_manager} has not read it yet." in client.get(address).text
    read(role)
    answer = client.get(address).text
    assert f"{role.hiring_manager} has not read it yet." not in answer
    assert f"{role.hiring_manager} read it" in answer


def test_its_pages_say_the_commitments_of_each_side(client, role):
    ours, yours = page(client, role, role.hiring_manager, 1).text, page(client, role, role.hiring_manager, 2)
    assert ("A first slate of qualified candidates" in ours, "Check-ins held" in ours) == (True, False)
    yours = yours.text
    assert ("A first slate of qualified candidates" in yours, "Check-ins held" in yours) == (False, True)


@pytest.mark.parametrize("number", ["0", "5", "x", "99999999999999999999", ""])
def test_another_number_is_the_first_page(client, role, number):
    assert page(client, role, role.hiring_manager, number).context["path"].page == pages.PAGES[0]


def test_each_page_costs_the_same_queries(role, django_assert_num_queries):
    queries.topics("")  # a process knows the rules of wording for a minute
    for each in pages.PAGES:
        with django_assert_num_queries(5):
            queries.path(role.hiring_manager, role.partnership.pk, number=each.number)


def test_what_may_not_be_asked_follows_the_law_of_the_roles_place(db):
    WordingRule.objects.all().delete()
    for code, places, severity in (
        ("everywhere", [], Severity.UNLAWFUL),
        ("here", ["DE"], Severity.UNLAWFUL),
        ("union", ["EU"], Severity.UNLAWFUL),
        ("there", ["US-CA"], Severity.UNLAWFUL),
        ("poor", [], Severity.BIASED),
    ):
        WordingRule.objects.create(
            code=code,
            topic=code,
            jurisdictions=places,
            severity=severity,
            uses=["question"],
            phrases=[code],
            reason="Why.",
            alternative="Instead.",
        )
    forget()
    try:
        assert [topic.name for topic in queries.topics("DE")] == ["everywhere", "here", "union"]
        assert [topic.name for topic in queries.topics("US-CA")] == ["everywhere", "there"]
        assert [topic.name for topic in queries.topics("")] == ["everywhere"]
    finally:
        forget()


# --- The exercise


def marks(kind=None):
    return {note.code: kind or note.kind.value for note in NOTES}


def test_the_notes_are_what_they_are_by_the_rules_too(db):
    """The unlawful one is found by the rules for evidence; the others are not."""
    found = {
        note.code for note in NOTES if any(one.is_unlawful for one in check(str(note.text), use="feedback"))
    }
    assert found == {note.code for note in NOTES if note.kind == Kind.UNLAWFUL}


def test_each_note_is_explained_whatever_was_marked(client, role):
    client.force_login(role.hiring_manager)
    answer = client.post(reverse("evidence_exercise"), marks("impression"))
    assert [(one.note, one.is_so) for one in answer.context["explained"]] == [
        (note, note.kind == Kind.IMPRESSION) for note in NOTES
    ]
    assert [str(note.why) in answer.content.decode() for note in NOTES if "“" not in str(note.why)] == [
        True
    ] * 4


def test_that_it_was_done_is_on_record_once_and_how_is_nowhere(client, role):
    client.force_login(role.hiring_manager)
    for kind in ("evidence", "unlawful"):
        client.post(reverse("evidence_exercise"), marks(kind))
    assert list(ExerciseDone.objects.values_list("user", flat=True)) == [role.hiring_manager_id]
    said = Activity.objects.filter(verb="path.exercised").values_list("actor_id", "data")
    assert list(said) == [(role.hiring_manager_id, {})]
    kinds = {
        field.name: type(field) for field in apps.get_model("partners", "ExerciseDone")._meta.local_fields
    }
    assert kinds == {
        "id": models.BigAutoField,
        "user": models.ForeignKey,
        "version": models.PositiveSmallIntegerField,
        "done_at": models.DateTimeField,
    }


@pytest.mark.parametrize("said", [{}, {NOTES[0].code: "evidence"}, marks() | {NOTES[0].code: "good"}])
def test_what_is_not_marked_is_asked_for_and_nothing_is_on_record(client, role, said):
    client.force_login(role.hiring_manager)
    assert client.post(reverse("evidence_exercise"), said).status_code == 422
    assert not ExerciseDone.objects.exists()
