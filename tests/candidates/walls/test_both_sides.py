"""A person whom two clients of an agency know is two stories; and whom only the other knows is nobody."""

from dataclasses import dataclass

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ats.accounts.models import Role, User
from ats.kernel import walls
from ats.kernel.errors import Missing
from candidates.applications.actions import add_application, add_note
from candidates.documents.actions import attach
from candidates.internal.queries import may_hear
from candidates.models import Application, Candidate, Message, Note
from candidates.people.actions import change_contact, find_or_create
from candidates.people.actions.index import refresh
from candidates.people.queries import matching
from candidates.people_pages.actions import add_person
from candidates.portal.actions.same_person import untold
from candidates.promises.engine import lead_of
from tests import factories
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@dataclass
class Agency:
    """Ana works for one client, Ben for another; Uma is known to both, Tom to Ben's alone."""

    ana: User
    ben: User
    uma: Candidate
    tom: Candidate
    ours: Application
    theirs: Application
    toms: Application


@pytest.fixture
def agency(db: None) -> Agency:
    ours, theirs = factories.make_requisition(title="Ours"), factories.make_requisition(title="Theirs")
    uma = factories.make_candidate(first_name="Uma", last_name="Both", email="uma@example.com")
    tom = factories.make_candidate(first_name="Tom", last_name="Beyond", email="tom@example.com")
    return Agency(
        ana=factories.make_user(name="Ana", works_for=[ours.organisation_id]),
        ben=factories.make_user(name="Ben", works_for=[theirs.organisation_id]),
        uma=uma,
        tom=tom,
        ours=factories.make_application(candidate=uma, requisition=ours),
        theirs=factories.make_application(candidate=uma, requisition=theirs),
        toms=factories.make_application(candidate=tom, requisition=theirs),
    )


def test_the_story_of_the_own_side_alone(client: Client, agency: Agency) -> None:
    for application, word in ((agency.ours, "heron"), (agency.theirs, "magpie")):
        factories.make_note(application, application.requisition.recruiter, body=f"A {word} note")
        factories.make_message(application, body=f"A {word} letter")
        attach(
            candidate=agency.uma,
            application=application,
            kind="resume",
            upload=SimpleUploadedFile(f"{word}.txt", f"knows the {word}".encode()),
            by=None,
            now=NOW,
        )
    for user, seen, hidden in ((agency.ana, "heron", "magpie"), (agency.ben, "magpie", "heron")):
        client.force_login(user)
        page = client.get(f"/candidates/{agency.uma.pk}/").content.decode()
        assert seen in page
        assert hidden not in page
    client.force_login(factories.make_user(Role.LEAD))
    page = client.get(f"/candidates/{agency.uma.pk}/").content.decode()
    assert ("heron" in page, "magpie" in page) == (True, True)


def test_nobody_is_found_by_the_words_of_a_file_beyond(agency: Agency) -> None:
    attach(
        candidate=agency.uma,
        application=agency.theirs,
        kind="resume",
        upload=SimpleUploadedFile("cv.txt", b"knows the magpie"),
        by=None,
        now=NOW,
    )
    agency.uma.documents.update(text="knows the magpie")
    refresh([agency.uma.pk])
    rows = Candidate.objects.all()
    with walls.standing(agency.ana):
        assert list(matching(rows, "magpie")) == []
        assert list(matching(rows, "Uma")) == [agency.uma]
    with walls.standing(agency.ben):
        assert list(matching(rows, "magpie")) == [agency.uma]
    assert list(matching(rows, "magpie")) == [agency.uma]


def test_an_address_known_beyond_adds_somebody_new(agency: Agency) -> None:
    facts = {"first_name": "T.", "last_name": "B.", "email": "Tom@example.com"}
    made, new = add_person(by=agency.ana, now=NOW, requisition=agency.ours.requisition, **facts)
    assert (new, made.name, made.pk != agency.tom.pk) == (True, "T. B.", True)
    again, new = find_or_create(by=agency.ana, now=NOW, **facts)
    assert (again, new) == (made, False)
    assert list(Candidate.objects.visible_to(agency.ana).filter(email_key="tom@example.com")) == [made]
    assert list(Candidate.objects.visible_to(agency.ben).filter(email_key="tom@example.com")) == [agency.tom]
    assert not untold().exists()  # and nobody hears of the other one


def test_without_a_role_they_find_whom_they_added(client: Client, agency: Agency) -> None:
    client.force_login(agency.ana)
    sent = {"first_name": "T.", "last_name": "B.", "email": "tom@example.com", "language": "en", "new": "1"}
    answer = client.post("/candidates/new/", sent, follow=True)
    assert answer.status_code == 200
    assert "T. B. is added." in answer.content.decode()


def test_known_on_the_own_side_is_known(agency: Agency) -> None:
    facts = {"first_name": "U.", "last_name": "B.", "email": "uma@example.com"}
    assert find_or_create(by=agency.ana, now=NOW, **facts) == (agency.uma, False)


def test_an_address_is_changed_to_one_known_beyond_without_a_word(agency: Agency) -> None:
    other = factories.make_application(requisition=agency.ours.requisition).candidate
    changed = change_contact(candidate=other, by=agency.ana, now=NOW, email="tom@example.com")
    assert (changed.email, changed.only_confidential) == ("tom@example.com", True)
    assert Candidate.objects.visible_to(agency.ana).filter(pk=other.pk).exists()


def test_nobody_is_acted_on_through_a_wall(agency: Agency) -> None:
    with pytest.raises(Missing):
        add_application(
            candidate_id=agency.tom.pk, requisition_id=agency.ours.requisition_id, by=agency.ana, now=NOW
        )
    with pytest.raises(Missing):
        add_note(application_id=agency.theirs.pk, body="x", by=agency.ana, now=NOW)
    assert not Note.objects.exists()
    assert not Message.objects.exists()


def test_nobody_hears_of_what_is_beyond(agency: Agency) -> None:
    lead = factories.make_user(Role.LEAD, works_for=[agency.ours.requisition.organisation_id])
    assert may_hear([agency.ana, agency.ben, None, lead], agency.theirs.pk) == [agency.ben]
    assert lead_of(agency.theirs) == agency.theirs.requisition.recruiter
    assert lead_of(agency.ours) == lead


def test_the_day_holds_the_promises_of_every_client_one_works_for(client: Client, agency: Agency) -> None:
    both = factories.make_user(
        Role.LEAD,
        works_for=[agency.ours.requisition.organisation_id, agency.theirs.requisition.organisation_id],
    )
    for user, expected in ((agency.ana, {"Ours"}), (agency.ben, {"Theirs"}), (both, {"Ours", "Theirs"})):
        client.force_login(user)
        page = client.get("/waiting/").content.decode() + client.get("/requisitions/").content.decode()
        assert {title for title in ("Ours", "Theirs") if title in page} == expected


def test_who_applied_twice_on_the_own_side_is_listed_once(client: Client, agency: Agency) -> None:
    factories.make_application(
        candidate=agency.uma,
        requisition=factories.make_requisition(organisation=agency.ours.requisition.organisation),
    )
    nowhere = factories.make_candidate(first_name="Nia", last_name="Nowhere")
    with walls.standing(agency.ana):
        seen = Candidate.objects.visible_to(agency.ana).order_by("pk")
        assert list(seen.values_list("pk", flat=True)) == sorted([agency.uma.pk, nowhere.pk])
