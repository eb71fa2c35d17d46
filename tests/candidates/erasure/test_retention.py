"""How long who is kept: the rules of a place, an organisation's own numbers, who goes when, and the night."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.urls import reverse

from ats.accounts.models import Role
from ats.duework import engine
from ats.kernel.erasing import TABLE
from ats.kernel.errors import Invalid, NotAllowed
from ats.kernel.moments import months_after
from ats.mail.forgetting import PURGED
from ats.mail.models import OutgoingMail
from candidates.erasure.actions.configure import set_months, switch
from candidates.erasure.actions.hold import hold_role
from candidates.erasure.domain import ledger
from candidates.erasure.domain.rules import kept
from candidates.erasure.queries import over
from candidates.models import Candidate, Erasure, Review, Slate
from requisitions.models import Requisition
from tests.candidates.helpers import run_lane
from tests.factories import (
    NOW,
    make_application,
    make_candidate,
    make_location,
    make_organisation,
    make_requisition,
    make_user,
)

UTC = NOW.tzinfo


@pytest.fixture(autouse=True)
def erasures(settings: Any, tmp_path: Any) -> None:
    settings.ERASURES = tmp_path / "erasures.jsonl"


@pytest.mark.parametrize(
    ("place", "outcome", "own", "months", "code"),
    [
        ("", "rejected", {}, 6, "house"),
        ("", "none", {}, 12, "house-none"),
        ("DE", "rejected", {}, 6, "de"),
        ("DE", "hired", {}, 36, "house-hired"),
        ("AT", "withdrawn", {}, 7, "at"),
        ("FR", "rejected", {("", "rejected"): 36}, 24, "fr"),
        ("FR", "rejected", {("FR", "rejected"): 12}, 12, ""),
        ("US", "rejected", {}, 12, "us"),
        ("US-CA", "rejected", {("", "rejected"): 3}, 48, "us-ca"),
        ("US-CA", "rejected", {("US-CA", "rejected"): 60}, 60, ""),
        ("CA-ON", "hired", {}, 36, "house-hired"),
        ("CA-QC", "rejected", {("CA", "rejected"): 9}, 9, ""),
        ("XX", "rejected", {}, 6, "house"),
    ],
)
def test_which_rule_holds(place: str, outcome: str, own: Any, months: int, code: str) -> None:
    found = kept(place, outcome, employees={}, own=own)
    assert (found.months, found.code) == (months, code)


@pytest.mark.parametrize(
    ("moment", "months", "after"),
    [
        (datetime(2026, 8, 31, tzinfo=UTC), 6, datetime(2027, 2, 28, tzinfo=UTC)),
        (datetime(2027, 8, 31, tzinfo=UTC), 6, datetime(2028, 2, 29, tzinfo=UTC)),
        (datetime(2026, 12, 15, tzinfo=UTC), 1, datetime(2027, 1, 15, tzinfo=UTC)),
        (datetime(2026, 1, 31, tzinfo=UTC), 48, datetime(2030, 1, 31, tzinfo=UTC)),
    ],
)
@pytest.mark.ordinary_day
def test_months_are_added_as_the_database_adds_them(moment: datetime, months: int, after: datetime) -> None:
    assert months_after(moment, months) == after


def place(country: str, region: str = "", **facts: Any) -> Requisition:
    organisation = facts.pop("organisation", None) or make_organisation()
    return make_requisition(
        organisation=organisation, location=make_location(organisation, country=country, region=region)
    )


def ended(requisition: Requisition, months_ago: float, **facts: Any) -> Candidate:
    then = NOW - timedelta(days=months_ago * 31)
    return make_application(requisition=requisition, state="rejected", now=then, **facts).candidate


@pytest.mark.django_db
def test_the_longest_of_their_applications_counts_and_one_under_way_keeps_them() -> None:
    german = place("DE")
    gone = ended(german, 7)
    american = ended(german, 7)
    ended(place("US"), 8, candidate=american)
    active = ended(german, 7)
    make_application(requisition=place("DE"), candidate=active)
    pooled = ended(german, 7)
    Candidate.objects.filter(pk=pooled.pk).update(
        pool_consent_at=NOW, pool_consent_until=NOW + timedelta(days=200)
    )
    recent = ended(german, 1)

    found = over.due(german.organisation_id, now=NOW, most=10)
    assert [row.candidate for row in found] == [gone.pk]
    ahead = over.ahead(german.organisation_id, now=NOW, most=10)
    assert [row.candidate for row in ahead] == [gone.pk, american.pk, recent.pk, pooled.pk]
    assert {row.code for row in ahead if row.candidate == american.pk} == {"us"}
    assert sum(month.people for month in over.by_month(german.organisation_id, now=NOW)) == 4


@pytest.mark.django_db
def test_nobody_goes_before_it_is_switched_on_and_then_everybody_who_is_over_does() -> None:
    lead = make_user(Role.LEAD)
    german = place("DE")
    gone, stays = ended(german, 7), ended(german, 2)
    run_lane("retention-of-people", NOW)
    assert Erasure.objects.count() == 0

    switch(organisation_id=german.organisation_id, on=True, by=lead, now=NOW)
    run_lane("retention-of-people", NOW)
    run_lane("erasures", NOW)
    run_lane("erasures", NOW + timedelta(minutes=6))

    [erasure] = Erasure.objects.all()
    assert (erasure.candidate_id, erasure.why, erasure.because, erasure.receipt) == (
        gone.pk,
        "retention",
        "de",
        None,
    )
    assert Candidate.objects.get(pk=stays.pk).anonymised_at is None
    assert over.due(german.organisation_id, now=NOW, most=10) == []


@pytest.mark.django_db
def test_who_applies_again_before_the_night_is_done_stays() -> None:
    german = place("DE")
    gone = ended(german, 7)
    switch(organisation_id=german.organisation_id, on=True, by=make_user(Role.LEAD), now=NOW)
    run_lane("retention-of-people", NOW)
    make_application(requisition=german, candidate=gone)
    run_lane("erasures", NOW)
    assert Erasure.objects.get().state == "cancelled"
    assert Candidate.objects.get(pk=gone.pk).anonymised_at is None


@pytest.mark.django_db
def test_a_held_role_keeps_its_people() -> None:
    german = place("DE")
    ended(german, 7)
    hold_role(requisition_id=german.pk, reason="An audit", by=make_user(Role.LEAD), now=NOW)
    assert over.due(german.organisation_id, now=NOW, most=10) == []
    [month] = over.by_month(german.organisation_id, now=NOW)
    assert (month.people, month.held) == (1, 1)


@pytest.mark.django_db
def test_who_never_applied_goes_after_their_own_time() -> None:
    organisation = make_organisation()
    prospect = make_candidate()
    Candidate.objects.filter(pk=prospect.pk).update(created_at=NOW - timedelta(days=400))
    make_candidate()
    assert [row.candidate for row in over.due(organisation.pk, now=NOW, most=10)] == [prospect.pk]


@pytest.mark.django_db
def test_no_number_passes_a_law() -> None:
    organisation, lead = make_organisation(), make_user(Role.LEAD)
    for code, number in (("US-CA", 47), ("FR", 25), ("", 0), ("", 241)):
        with pytest.raises(Invalid) as refused:
            set_months(organisation_id=organisation.pk, months={(code, "rejected"): number}, by=lead, now=NOW)
        assert refused.value.field == f"{code}:rejected"
    set_months(
        organisation_id=organisation.pk,
        months={("US-CA", "rejected"): 48, ("FR", "rejected"): 24, ("", "rejected"): 3},
        by=lead,
        now=NOW,
    )
    set_months(organisation_id=organisation.pk, months={("", "rejected"): None}, by=lead, now=NOW)
    for strange in (("XXXXXXXXX", "rejected"), ("DE", "promoted"), ("de", "hired"), ("DE-\x00", "hired")):
        with pytest.raises(Invalid):
            set_months(organisation_id=organisation.pk, months={strange: 5}, by=lead, now=NOW)
    with pytest.raises(NotAllowed):
        set_months(organisation_id=organisation.pk, months={}, by=make_user(Role.RECRUITER), now=NOW)
    with pytest.raises(NotAllowed):
        switch(organisation_id=organisation.pk, on=True, by=make_user(Role.RECRUITER), now=NOW)
    assert over.own_months(organisation.pk) == {("US-CA", "rejected"): 48, ("FR", "rejected"): 24}


@pytest.mark.django_db
def test_the_page_says_the_rule_beside_what_was_typed(client: Any) -> None:
    client.force_login(make_user(Role.LEAD))
    role = place("US", "California")
    url = reverse("settings_retention_save", args=[role.organisation_id])
    answer = client.post(url, {"months:US-CA:rejected": "12", "months::rejected": "six"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "A whole number of months." in page
    answer = client.post(url, {"months:US-CA:rejected": "12"})
    assert "At least 48 months: California Government Code § 12946." in answer.content.decode()
    assert client.post(url, {"months:US-CA:rejected": "60"}).status_code == 302
    client.force_login(make_user(Role.RECRUITER))
    assert client.get(reverse("settings_retention")).status_code in {403, 404}


def all_over(role: Requisition, *people: Candidate) -> None:
    for person in people:
        make_application(requisition=role, candidate=person, state="rejected", now=NOW - timedelta(days=217))
    switch(organisation_id=role.organisation_id, on=True, by=make_user(Role.LEAD), now=NOW)
    run_lane("retention-of-people", NOW)


@pytest.mark.django_db
def test_several_go_at_once_and_each_name_leaves_only_the_texts_of_its_own_roles() -> None:
    german, other = place("DE"), place("DE")
    anna = make_candidate(first_name="Anna", last_name="Arndt", email="anna@people.example")
    bert = make_candidate(first_name="Bert", last_name="Berg", email="bert@people.example")
    seen = make_application(
        requisition=other, candidate=bert, state="rejected", now=NOW - timedelta(days=217)
    )
    slate = Slate.objects.create(
        requisition=other,
        presented_by=other.recruiter,
        presented_at=NOW,
        note="Anna of the team looks at Bert first.",
    )
    Review.objects.create(
        application=seen, slate=slate, reviewer=other.hiring_manager, requested_by=other.recruiter,
        requested_at=NOW, due_at=NOW,
    )  # fmt: skip
    digests = [
        OutgoingMail.objects.create(
            idempotency_key=text, role="day.digest", state="sent", sent_at=NOW, to="lead@house.example",
            to_name="Lead", subject="Today", text=text, not_before=NOW,
        )
        for text in ("Bert Berg waits.", "Arndt, Anna waits.", "Robin Berg waits.")
    ]  # fmt: skip
    all_over(german, anna, bert)
    run_lane("erasures", NOW)
    run_lane("erasures", NOW + timedelta(minutes=6))

    assert list(Erasure.objects.values_list("state", "went", "why")) == [("done", {}, "retention")] * 2
    assert set(Candidate.objects.values_list("first_name", "anonymised_at")) == {("", NOW)}
    for digest in digests:
        digest.refresh_from_db()
    assert [digest.text for digest in digests] == [PURGED, PURGED, "Robin Berg waits."]
    slate.refresh_from_db()
    assert slate.note == "Anna of the team looks at [erased] first."
    lines = [json.loads(line) for line in ledger.path().read_text().splitlines()]
    assert sorted(line["candidate"] for line in lines) == sorted([anna.pk, bert.pk])


@pytest.mark.django_db(transaction=True)
def test_one_that_cannot_be_done_keeps_nobody_else(monkeypatch: Any) -> None:
    german = place("DE")
    people = [make_candidate() for _ in range(3)]
    all_over(german, *people)
    stuck = people[1]

    def tags_with_a_fault(some: Any, now: Any) -> None:
        if stuck.pk in {person.id for person in some}:
            raise ValueError("a row that nobody understands")

    work = next(each for each in TABLE.works if each.name == "tags")
    monkeypatch.setattr(TABLE, "works", [replace(work, does=tags_with_a_fault), *TABLE.works[1:]])
    run_lane("erasures", NOW)

    assert {row.candidate_id: (row.state, row.attempts) for row in Erasure.objects.all()} == {
        people[0].pk: ("erased", 0),
        stuck.pk: ("waiting", 1),
        people[2].pk: ("erased", 0),
    }


@pytest.mark.django_db
def test_who_asked_does_not_wait_for_those_whose_time_is_over() -> None:
    german = place("DE")
    all_over(german, *(make_candidate() for _ in range(3)))
    asked = make_candidate()
    Erasure.objects.create(candidate=asked, why="asked", asked_at=NOW, due_at=NOW)

    assert engine.lanes()["erasures"].run(NOW) == 1

    assert [row.candidate_id for row in Erasure.objects.filter(state="erased")] == [asked.pk]
