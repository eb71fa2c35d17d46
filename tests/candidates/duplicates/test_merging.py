"""Two records become one, nothing of either lost; and two again."""

from datetime import timedelta

import pytest
from django.urls import reverse

from ats.accounts.models import Role
from ats.activity.models import Activity
from ats.kernel.errors import Conflict, Invalid, Missing, WrongState
from ats.mail.models import SuppressedAddress
from candidates.applications.actions import add_application
from candidates.consents import actions as consents
from candidates.duplicates.actions.merge import merge
from candidates.duplicates.actions.relations import RELATIONS, walked
from candidates.duplicates.actions.undo import undo
from candidates.erasure.actions.ask import ask_for_them
from candidates.models import (
    Application,
    Candidate,
    Consent,
    Document,
    Erasure,
    FurtherAddress,
    Likeness,
    Merge,
    PortalLink,
    Tag,
)
from candidates.people.actions import change_contact, find_or_create
from candidates.portal.actions.make_links import new_link
from tests.candidates.helpers import at_once, run_lane, while_held
from tests.factories import (
    NOW,
    make_application,
    make_candidate,
    make_interview,
    make_message,
    make_note,
    make_requisition,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return make_user(Role.RECRUITER)


@pytest.fixture
def two():
    """Two records of one person: the one is to stay."""
    return (
        make_candidate(first_name="Robin", last_name="Example", email="robin@example.com", phone="030 901820"),
        make_candidate(
            first_name="Rob", last_name="Example", email="rob@example.org", phone="040 55667788", city="Hamburg",
            email_confirmed_at=NOW, links=["https://example.net/rob"],
        ),
    )  # fmt: skip


def together(two, by, **facts) -> Merge:
    kept, lost = two
    facts.setdefault("why", "They say so")
    return merge(kept_id=kept.pk, lost_id=lost.pk, by=by, now=NOW, **facts)


def test_every_relation_to_a_person_is_classed() -> None:
    """A new table says in `relations.py` what becomes of its rows when two people are put together."""
    found = {each.label for each in walked()}
    assert found == set(RELATIONS)


def test_everything_comes_along_and_goes_back(two, desk, client) -> None:
    kept, lost = two
    tags = [Tag.objects.create(name=name) for name in ("python", "berlin")]
    kept.tags.add(tags[0])
    lost.tags.add(*tags)
    theirs, own = make_application(candidate=lost), make_application(candidate=kept)
    message = make_message(theirs)
    interview = make_interview(theirs)
    link, other_link = new_link(candidate=lost, now=NOW), new_link(candidate=kept, now=NOW)
    file = Document.objects.create(
        candidate=lost, application=theirs, kind="resume", file="x", filename="cv", content_type="x", size=1,
        sha256="a" * 64,
    )  # fmt: skip
    before = {each.pk: Candidate.objects.filter(pk=each.pk).values().get() for each in two}

    row = together(two, desk, chosen={"email": "lost", "city": "lost"})

    for each in two:
        each.refresh_from_db()
    assert (kept.name, kept.email, kept.email_key, kept.email_confirmed_at) == (
        "Robin Example", "rob@example.org", "rob@example.org", NOW,
    )  # fmt: skip
    assert (kept.city, kept.phone, kept.links) == ("Hamburg", "030 901820", ["https://example.net/rob"])
    assert (lost.merged_into, lost.email, lost.first_name, lost.search) == (kept, "", "", None)
    assert {application.pk for application in kept.applications.all()} == {theirs.pk, own.pk}
    for each in (message, file, interview):
        each.refresh_from_db()
        assert each.candidate_id == kept.pk
    assert sorted(kept.further_addresses.values_list("kind", "value")) == [
        ("email", "robin@example.com"),
        ("phone", "040 55667788"),
    ]
    assert sorted(kept.tags.values_list("name", flat=True)) == ["berlin", "python"]
    assert find_or_create(first_name="x", last_name="", email="robin@example.com", now=NOW)[0] == kept
    assert not Candidate.objects.visible_to(desk).filter(pk=lost.pk).exists()
    client.force_login(desk)
    assert client.get(reverse("candidate", args=[lost.pk])).url == reverse("candidate", args=[kept.pk])
    page = client.get(reverse("candidate", args=[kept.pk])).content.decode()
    assert "put two records of this person together" in page
    for token in (link, other_link):
        assert client.get(token.partition("//")[2].partition("/")[2].join(["/", ""])).status_code == 200
    [told] = Activity.objects.filter(verb="candidate.merged")
    assert (told.candidate_id, told.data) == (kept.pk, {"other": lost.pk})

    undo(merge_id=row.pk, by=desk, now=NOW + timedelta(days=29))

    after = {each.pk: Candidate.objects.filter(pk=each.pk).values().get() for each in two}
    for values in (*before.values(), *after.values()):
        values.pop("updated_at")
        values.pop("search")
    assert after == before
    for each in (theirs, message, file, interview):
        each.refresh_from_db()
        assert each.candidate_id == lost.pk
    assert {each.pk for each in kept.applications.all()} == {own.pk}
    assert PortalLink.objects.filter(candidate=lost).count() == 1
    assert not FurtherAddress.objects.exists()
    row.refresh_from_db()
    assert (row.came, row.before, row.undone_by) == ({}, {}, desk)
    with pytest.raises(WrongState, match="undone already"):
        undo(merge_id=row.pk, by=desk, now=NOW)


def test_what_came_since_goes_where_it_can_be_told_whose_it_is(two, desk) -> None:
    kept, lost = two
    theirs = make_application(candidate=lost)
    row = together(two, desk)
    theirs.refresh_from_db()
    of_theirs = make_message(theirs)
    new = make_application(candidate=Candidate.objects.get(pk=kept.pk))
    change_contact(candidate=Candidate.objects.get(pk=kept.pk), by=desk, now=NOW, headline="Engineer")
    undo(merge_id=row.pk, by=desk, now=NOW)
    of_theirs.refresh_from_db()
    new.refresh_from_db()
    kept.refresh_from_db()
    assert (of_theirs.candidate_id, new.candidate_id) == (lost.pk, kept.pk)
    assert (kept.headline, kept.city) == ("Engineer", "")


def test_a_telephone_alone_takes_a_reason(two, desk) -> None:
    kept, lost = two
    kept.last_name = "Else"
    kept.name_key = "robin else"
    kept.save()
    Candidate.objects.filter(pk=lost.pk).update(phone=kept.phone)
    with pytest.raises(Invalid) as refused:
        together(two, desk, why=" ")
    assert refused.value.field == "why"
    assert Candidate.objects.get(pk=lost.pk).merged_into is None
    assert together(two, desk, why="Said so on the telephone").why == "Said so on the telephone"


@pytest.mark.parametrize("chosen", [{"email": "both"}, {"salary": "kept"}, {"email": ""}])
def test_what_is_no_choice_is_refused(two, desk, chosen) -> None:
    with pytest.raises(Invalid):
        together(two, desk, chosen=chosen)
    assert not Merge.objects.exists()


def test_who_cannot_be_put_together(two, desk) -> None:
    kept, lost = two
    with pytest.raises(Invalid, match="themselves"):
        together((kept, kept), desk)
    hidden = make_candidate(only_confidential=True)
    with pytest.raises(Missing):  # nobody hears of somebody whom they may not see
        together((kept, hidden), desk)
    with pytest.raises(WrongState, match="confidential"):
        together((kept, hidden), make_user(Role.ADMIN))
    with pytest.raises(Missing):
        together(two, make_user(Role.INTERVIEWER))
    role = make_requisition(recruiter=desk)
    with pytest.raises(Missing):
        together(two, make_user(Role.RECRUITER, works_for=[role.organisation_id]))
    for each in two:
        make_application(candidate=each, requisition=role)
    with pytest.raises(WrongState, match=f"in play for {role.title}"):
        together(two, desk)
    assert Application.objects.filter(candidate=lost).count() == 1
    assert not Merge.objects.exists()


def test_of_a_role_that_the_reader_may_not_know_nothing_is_said(two, desk) -> None:
    role = make_requisition(confidential=True)
    for each in two:
        make_application(candidate=each, requisition=role)
    with pytest.raises(WrongState) as refused:
        together(two, desk)
    assert role.title not in refused.value.message


def test_three_become_one_one_after_the_other_and_come_apart_in_any_order(desk) -> None:
    one, two, three = (make_candidate(first_name=f"Robin{n}") for n in range(3))
    of_three = make_application(candidate=three)
    first = together((two, three), desk)
    second = together((one, two), desk)
    of_three.refresh_from_db()
    three.refresh_from_db()
    assert (of_three.candidate_id, three.merged_into_id) == (one.pk, one.pk)
    undo(merge_id=first.pk, by=desk, now=NOW)
    of_three.refresh_from_db()
    three.refresh_from_db()
    assert (of_three.candidate_id, three.merged_into_id) == (three.pk, None)
    undo(merge_id=second.pk, by=desk, now=NOW)
    two.refresh_from_db()
    assert (two.merged_into_id, two.first_name) == (None, "Robin1")


def test_a_no_of_either_stays_a_no_and_the_narrower_yes_holds(two, desk) -> None:
    kept, lost = two
    for each, day in ((kept, 10), (lost, 0)):
        for purpose in ("roles", "news"):
            consents.agree(
                candidate=each, purpose=purpose, where="page", by=each, now=NOW - timedelta(days=day)
            )
    consents.withdraw(candidate=kept, purpose="news", where="page", by=kept, now=NOW)
    row = together(two, desk)
    kept.refresh_from_db()
    until = NOW + timedelta(days=355)
    assert list(Consent.objects.standing().values_list("candidate", "purpose", "until")) == [
        (kept.pk, "roles", until)
    ]
    assert kept.pool_consent_until == until
    undo(merge_id=row.pk, by=desk, now=NOW)
    assert sorted(Consent.objects.standing().values_list("candidate", "purpose")) == sorted(
        [(kept.pk, "roles"), (lost.pk, "roles"), (lost.pk, "news")]
    )


def test_who_refused_all_at_one_address_is_written_to_at_none(two, desk) -> None:
    kept, _ = two
    consents.agree(candidate=kept, purpose="roles", where="page", by=kept, now=NOW)
    SuppressedAddress.objects.create(
        address="ROB@example.org", kind="relationship", reason="complained", since=NOW
    )
    together(two, desk)
    assert not Consent.objects.standing().exists()


def test_undo_is_refused_when_it_is_late_or_an_address_is_somebodys(two, desk) -> None:
    row = together(two, desk)
    with pytest.raises(WrongState, match="thirty days"):
        undo(merge_id=row.pk, by=desk, now=NOW + timedelta(days=31))
    with pytest.raises(Missing):
        undo(merge_id=row.pk, by=make_user(Role.INTERVIEWER), now=NOW)
    FurtherAddress.objects.filter(value="rob@example.org").delete()
    find_or_create(first_name="Somebody", last_name="Else", email="rob@example.org", now=NOW)
    with pytest.raises(Conflict, match="somebody's by now"):
        undo(merge_id=row.pk, by=desk, now=NOW)
    assert Candidate.objects.get(pk=two[1].pk).merged_into_id == two[0].pk


def test_an_erasure_takes_both_and_nothing_comes_back(two, desk, settings, tmp_path) -> None:
    settings.ERASURES = tmp_path / "erasures.jsonl"
    kept, lost = two
    theirs = make_application(candidate=lost, state="withdrawn")
    note = make_note(theirs, desk, body="Rob Example wrote from rob@example.org")
    row = together(two, desk, why="Rob Example says so")
    ask_for_them(candidate_id=kept.pk, by=make_user(Role.ADMIN), now=NOW)
    with pytest.raises(WrongState, match="about to be erased"):
        undo(merge_id=row.pk, by=desk, now=NOW)
    Erasure.objects.update(due_at=NOW)
    run_lane("erasures", NOW)
    row.refresh_from_db()
    assert (row.came, row.before, row.why) == ({}, {}, "")
    assert not FurtherAddress.objects.exists()
    assert not type(note).objects.filter(body__contains="Rob").exists()
    assert set(Candidate.objects.values_list("anonymised_at", flat=True)) == {NOW}
    lines = (tmp_path / "erasures.jsonl").read_text().splitlines()
    assert len(lines) == 2  # a backup may know the two by themselves
    with pytest.raises((WrongState, Missing)):
        undo(merge_id=row.pk, by=make_user(Role.ADMIN), now=NOW)


def test_who_is_about_to_be_erased_is_not_put_together(two, desk) -> None:
    ask_for_them(candidate_id=two[1].pk, by=make_user(Role.ADMIN), now=NOW)
    with pytest.raises(WrongState, match="erased"):
        together(two, desk)


def test_that_somebody_else_is_another_is_so_of_the_survivor_too(two, desk) -> None:
    kept, lost = two
    other = make_candidate()
    Likeness.objects.create(
        first=lost, second=other, reasons=["phone"], found_at=NOW, apart_at=NOW, apart_by=desk
    )
    Likeness.objects.create(first=kept, second=lost, reasons=["phone"], found_at=NOW)
    together(two, desk)
    assert Likeness.objects.of(kept.pk).exclude(apart_at=None).count() == 1
    assert not Likeness.objects.open().exists()


# --- While others write


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_what_is_written_meanwhile_comes_along_with_the_sweep(two, desk) -> None:
    _, lost = two
    theirs = make_application(candidate=lost)

    def write() -> None:
        """A page that was open: it read the person before, and writes when they are put together."""
        Document.objects.create(
            candidate=lost, kind="other", file="x", filename="late", content_type="x", size=1, sha256="b" * 64
        )
        Activity.objects.create(
            verb="document.added", occurred_at=NOW, actor_kind="system", subject_type="document", subject_id=1,
            candidate_id=lost.pk,
        )  # fmt: skip

    outcomes = at_once(lambda: together(two, desk), write)
    assert isinstance(outcomes[0], Merge), outcomes[0]
    assert outcomes[1] is None
    run_lane("merges", NOW + timedelta(minutes=2))
    assert not Document.objects.filter(candidate=lost).exists()
    assert not Activity.objects.filter(candidate_id=lost.pk).exists()
    undo(merge_id=outcomes[0].pk, by=desk, now=NOW + timedelta(hours=1))
    assert Document.objects.get().candidate_id == lost.pk
    theirs.refresh_from_db()
    assert theirs.candidate_id == lost.pk


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_who_takes_them_up_while_they_are_put_together_is_told(two, desk) -> None:
    _, lost = two
    role = make_requisition()
    outcome = while_held(
        lambda: together(two, desk),
        lambda: add_application(candidate_id=lost.pk, requisition_id=role.pk, by=desk, now=NOW),
    )
    assert isinstance(outcome, Missing)
    with pytest.raises(Conflict):  # as a page had read them before
        change_contact(candidate=lost, by=desk, now=NOW, first_name="Stale")
    assert Candidate.objects.get(pk=lost.pk).first_name == ""


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_three_at_once_never_cross(desk) -> None:
    a, b, c = (make_candidate() for _ in range(3))
    pairs = [(a, b), (b, a), (b, c), (c, a), (a, c)]
    outcomes = at_once(*[lambda pair=pair: together(pair, desk) for pair in pairs])
    for outcome in outcomes:
        assert isinstance(outcome, Merge | Missing | WrongState), repr(outcome)
    assert Candidate.objects.filter(merged_into=None).count() == 1
    [survivor] = Candidate.objects.filter(merged_into=None)
    run_lane(
        "merges", NOW + timedelta(minutes=2)
    )  # a record that another of them held leads on a minute later
    assert Candidate.objects.filter(merged_into=survivor).count() == 2
