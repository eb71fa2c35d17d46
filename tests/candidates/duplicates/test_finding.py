"""Who may be one person: why, to whom it is shown, and that a person's word is remembered."""

from datetime import timedelta

import pytest
from django.urls import reverse

from ats.accounts.models import Role
from ats.activity.models import Activity
from ats.kernel.errors import Missing
from candidates.duplicates.actions.look import look
from candidates.duplicates.actions.tell_apart import tell_apart
from candidates.duplicates.domain.employers import employer
from candidates.duplicates.domain.links import bare
from candidates.duplicates.queries.finding import alike
from candidates.duplicates.queries.listing import alike_to, pairs
from candidates.models import Candidate, Document, Likeness
from candidates.people.actions import add_address, find_or_create
from tests.factories import NOW, make_application, make_candidate, make_requisition, make_user

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(minutes=10)


@pytest.fixture
def desk():
    return make_user(Role.RECRUITER)


def give(person: Candidate, digest: str, **facts) -> Document:
    return Document.objects.create(
        candidate=person, kind="resume", file="x", filename="cv.pdf", content_type="application/pdf", size=1,
        sha256=digest * 64, **facts,
    )  # fmt: skip


def reasons(one: Candidate, other: Candidate) -> set[str]:
    found = alike(Candidate.objects.get(pk=one.pk))
    assert alike(Candidate.objects.get(pk=other.pk)).get(one.pk, frozenset()) == found.get(
        other.pk, frozenset()
    )
    return set(found.get(other.pk, ()))


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ({"phone": "+49 30 901820"}, {"phone": "(030) 90 18 20"}, {"phone"}),
        ({"phone": "+49 (0)30 901820"}, {"phone": "0049 30 901820"}, {"phone"}),
        ({"phone": "110"}, {"phone": "110"}, set()),
        (
            {"links": ["https://www.example.net/in/robin/"]},
            {"links": ["http://example.net/in/robin"]},
            {"link"},
        ),
        ({"links": ["https://example.net"]}, {"links": ["https://example.net/"]}, set()),
        (
            {"first_name": "Robin", "last_name": "Ünal", "headline": "Engineer at Example GmbH, Berlin"},
            {"first_name": "Unal", "last_name": "Robin", "headline": "Data engineer bei Example"},
            {"employer"},
        ),
        (
            {"first_name": "Robin", "last_name": "Ünal", "headline": "Engineer at Example GmbH"},
            {"first_name": "Robin", "last_name": "Ünal", "headline": "Engineer at Other AG"},
            set(),
        ),
        (
            {"first_name": "Robin", "last_name": "Ünal", "phone": "030 901820"},
            {"first_name": "Robin", "last_name": "Ünal", "phone": "030 901820"},
            {"phone", "name"},
        ),
    ],
)
def test_why_two_may_be_one(one, other, why) -> None:
    assert reasons(make_candidate(**one), make_candidate(**other)) == why


def test_further_addresses_and_files_count(desk) -> None:
    one, other = make_candidate(phone="030 901820"), make_candidate()
    add_address(candidate_id=other.pk, kind="phone", value="+49 30 901820", by=desk, now=NOW)
    give(one, "a")
    give(other, "a")
    give(make_candidate(), "b")
    assert reasons(one, other) == {"phone", "file"}
    [pair] = alike_to(one, desk)
    assert (pair.second, pair.is_weak, pair.said) == (
        other,
        False,
        ["the same telephone number", "the same file"],
    )


def test_what_fifty_share_says_nothing() -> None:
    people = [make_candidate(phone="030 901820") for _ in range(52)]
    assert alike(people[0]) == {}


def test_who_came_through_a_confidential_role_is_found_by_nobody(desk) -> None:
    openly = make_candidate(phone="030 901820")
    hidden = make_candidate(phone="030 901820", only_confidential=True)
    assert (alike(openly), alike(hidden)) == ({}, {})


def test_a_file_given_where_the_reader_may_not_look_is_no_reason_for_them(desk) -> None:
    one, other = make_candidate(), make_candidate()
    secret = make_application(candidate=other, requisition=make_requisition(confidential=True))
    make_application(candidate=other)
    give(one, "a")
    give(other, "a", application=secret)
    assert alike_to(one, desk) == []
    Likeness.objects.create(first=one, second=other, reasons=["file"], found_at=NOW)
    assert list(pairs(desk).rows) == []
    admin = make_user(Role.ADMIN)
    assert [pair.second for pair in alike_to(one, admin)] == [other]
    assert [(pair.first, pair.second) for pair in pairs(admin).rows] == [(one, other)]


def test_who_works_behind_a_wall_or_does_not_recruit_is_shown_nothing(client, desk) -> None:
    one, other = make_candidate(phone="030 901820"), make_candidate(phone="030 901820")
    role = make_requisition()
    make_application(candidate=one, requisition=role)
    make_application(candidate=other, requisition=role)
    for user in (
        make_user(Role.RECRUITER, works_for=[role.organisation_id]),
        role.hiring_manager,
        make_user(Role.INTERVIEWER),
    ):
        client.force_login(user)
        assert client.get(reverse("duplicates")).status_code in {403, 404}
        assert client.get(reverse("candidate_alike", args=[one.pk])).status_code in {403, 404}
        with pytest.raises(Missing):
            tell_apart(candidate_id=one.pk, other_id=other.pk, by=user, now=NOW)
    client.force_login(desk)
    assert other.name in client.get(reverse("candidate_alike", args=[one.pk])).content.decode()


def test_the_clock_finds_them_once_and_forgets_what_is_so_no_more(desk) -> None:
    one, _ = find_or_create(
        first_name="Robin", last_name="One", email="one@example.com", phone="030 901820", now=NOW
    )
    assert look(NOW) >= 1  # once through everybody
    assert look(NOW) == 0
    other, _ = find_or_create(
        first_name="Kim", last_name="Two", email="two@example.com", phone="030 901820", now=NOW
    )
    assert look(NOW + timedelta(seconds=30)) == 0  # not before it is settled
    assert look(LATER) == 2
    assert look(LATER) == 0
    [pair] = pairs(desk).rows
    assert ([pair.first, pair.second], pair.is_weak) == ([one, other], True)
    Candidate.objects.filter(pk=one.pk).update(phone="")
    Activity.objects.create(
        verb="candidate.changed", occurred_at=LATER, actor_kind="system", subject_type="candidate",
        subject_id=one.pk, candidate_id=one.pk,
    )  # fmt: skip
    look(LATER + timedelta(hours=1))
    assert not Likeness.objects.exists()


def test_that_they_are_two_is_remembered(client, desk) -> None:
    one, other = make_candidate(phone="030 901820"), make_candidate(phone="030 901820")
    client.force_login(desk)
    address = reverse("candidate_apart", args=[other.pk, one.pk])
    assert client.post(address, {"back": "list"}).status_code == 302
    assert client.post(address).status_code == 302
    row = Likeness.objects.get()
    assert (row.first, row.second, row.apart_by, row.reasons) == (one, other, desk, ["phone"])
    look(LATER)
    assert (alike_to(one, desk), list(pairs(desk).rows)) == ([], [])
    assert Activity.objects.filter(verb="candidate.not_the_same").count() == 2


@pytest.mark.parametrize(
    ("headline", "said"),
    [
        ("Data engineer at Example GmbH, Berlin", "example"),
        ("Entwicklerin bei der Stadt Köln", "der stadt koln"),
        ("CTO @ Acme Inc. - remote", "acme"),
        ("Engineer", ""),
        ("", ""),
        ("What I do at", ""),
    ],
)
def test_which_employer_a_line_names(headline, said) -> None:
    assert employer(headline) == said


def test_a_front_page_is_nobodys_own() -> None:
    assert (bare("https://www.GitHub.com/Robin/"), bare("https://github.com/")) == ("github.com/Robin", "")
