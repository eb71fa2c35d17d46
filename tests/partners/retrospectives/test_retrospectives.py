"""Both partners look back at a role, in words that are for the two alone, and say what the next brief begins with."""

import re
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.test import Client
from django.urls import reverse

from ats.accounts.models import Role, User
from ats.activity.models import Activity
from ats.duework import engine
from ats.kernel.errors import Invalid, Missing, WrongState
from ats.mail.models import OutgoingMail
from ats.models import DueTask
from candidates.models import Interview
from partners.intake.queries.prefill import words_of
from partners.models import Keepsake, LookBack, Partnership, Retrospective
from partners.retrospectives import actions, queries
from partners.retrospectives.cards import look_back
from requisitions.models import Requisition
from requisitions.roles import actions as roles
from tests import factories as make
from tests.candidates.helpers import at_once
from tests.factories import NOW
from tests.laws.addresses import OURS, let_go
from tests.laws.test_oracles import RESOURCES
from tests.laws.world import World, world
from tests.partners.conftest import open_role

__all__ = ["world"]

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]
ENDED = NOW + timedelta(hours=2)
DUE = datetime(2026, 12, 1, 17, tzinfo=UTC)
MARK = "Quillfeather"


def end(role, new_state="filled", now=ENDED):
    if new_state == "filled":
        role.openings.update(state="filled", filled_at=now)
    roles.end(requisition_id=role.pk, new_state=new_state, reason="Done.", by=role.recruiter, now=now)
    return Retrospective.objects.filter(partnership=role.partnership).first()


def write(role, by, now=ENDED, **said):
    said = said or {"helped": f"The {MARK} of {by.role}."}
    return actions.write(partnership_id=role.partnership.pk, said=said, by=by, now=now)


def mails(name="partners.retrospective"):
    return sorted(OutgoingMail.objects.filter(role=name).values_list("to", "state"))


@pytest.mark.parametrize("new_state", ["filled", "cancelled", "closed"])
def test_at_the_end_of_a_role_both_owe_a_look_back(role, new_state):
    found = end(role, new_state)
    assert (found.state, found.due_at) == ("open", DUE)
    both = [role.recruiter, role.hiring_manager]
    assert [(queries.owed(person)) for person in both] == [[found], [found]]
    assert queries.owed(make.make_user(Role.LEAD)) == []
    assert mails() == sorted((person.email, "queued") for person in both)


def test_one_person_who_is_both_is_not_asked(role):
    Requisition.objects.filter(pk=role.pk).update(hiring_manager=role.recruiter)
    assert end(role) is None


def test_a_working_day_before_it_is_due_only_who_has_not_written_is_reminded(role):
    found = end(role)
    write(role, role.recruiter)
    for _ in range(2):
        engine.tick(found.remind_at)
    assert [mail[0] for mail in mails()].count(role.hiring_manager.email) == 2
    assert [mail[0] for mail in mails()].count(role.recruiter.email) == 1
    assert queries.owed(role.recruiter) == []


def test_each_reads_the_other_once_both_have_written_and_nobody_else_ever(role):
    end(role)
    lead, later = make.make_user(Role.LEAD), make.make_user(Role.ADMIN)
    write(role, role.recruiter)
    everybody = (role.recruiter, role.hiring_manager, lead, later)

    def read():
        return [len(LookBack.objects.visible_to(person)) for person in everybody]

    assert read() == [1, 0, 0, 0]
    found = write(role, role.hiring_manager, now=ENDED + timedelta(hours=1))
    assert (found.state, found.done_at) == ("done", ENDED + timedelta(hours=1))
    assert read() == [2, 2, 0, 0]
    assert [mail[0] for mail in mails("partners.retrospective_read")] == [role.recruiter.email]
    # Whoever leads the role from now on reads nothing of what was said between the two.
    Requisition.objects.filter(pk=role.pk).update(recruiter=later)
    assert read() == [2, 2, 0, 0]


def test_ones_own_is_bettered_until_the_other_has_written(role):
    end(role)
    write(role, role.recruiter, helped="First.")
    write(role, role.recruiter, helped="Second.")
    assert [row.helped for row in LookBack.objects.all()] == ["Second."]
    write(role, role.hiring_manager)
    with pytest.raises(WrongState):
        write(role, role.recruiter, helped="Third.")
    assert [row.helped for row in LookBack.objects.filter(side="recruiter")] == ["Second."]
    verbs = ["retrospective.opened", "retrospective.written", "retrospective.written", "retrospective.done"]
    rows = Activity.objects.filter(verb__startswith="retrospective.").order_by("id")
    assert [row.verb for row in rows] == verbs
    assert all("Second" not in str(row.data) for row in rows)


@pytest.mark.parametrize(
    ("said", "field"),
    [({}, "helped"), ({"helped": " \n "}, "helped"), ({"change": "x" * 5001, "helped": "y"}, "change")],
)
def test_bad_words_are_refused_and_explained(role, said, field):
    end(role)
    with pytest.raises(Invalid) as refused:
        actions.write(partnership_id=role.partnership.pk, said=said, by=role.recruiter, now=ENDED)
    assert refused.value.field == field
    assert not LookBack.objects.exists()


@pytest.mark.parametrize("who", [Role.LEAD, Role.ADMIN, Role.RECRUITER, Role.COORDINATOR, Role.MANAGER])
def test_only_who_leads_a_side_writes(role, who):
    end(role)
    person = make.make_user(who)
    if who == Role.COORDINATOR:
        make.add_member(role, person, "coordinator")
    with pytest.raises(Missing):
        write(role, person)


def test_before_its_end_there_is_nothing_to_look_back_at(role, client):
    client.force_login(role.recruiter)
    assert client.get(reverse("retrospective", args=[role.partnership.pk])).status_code == 404
    with pytest.raises(Missing):
        write(role, role.recruiter)


def test_a_role_that_is_looked_for_again_sets_it_aside_and_its_next_end_asks_anew(role):
    end(role)
    write(role, role.recruiter, helped="So far.")
    roles.reopen(requisition_id=role.pk, reason="One more.", by=role.recruiter, now=ENDED)
    assert [row.state for row in Retrospective.objects.all()] == ["set_aside"]
    assert {state for _, state in mails()} == {"cancelled"}
    assert queries.owed(role.hiring_manager) == []
    with pytest.raises(WrongState):
        write(role, role.hiring_manager)
    again = end(role, now=ENDED + timedelta(days=7))
    assert (again.state, again.due_at) == ("open", DUE + timedelta(days=7))
    assert queries.owed(role.hiring_manager) == [again]
    assert [row.helped for row in LookBack.objects.all()] == ["So far."]


@pytest.mark.django_db(transaction=True)
def test_both_hand_in_at_the_same_moment(role):
    end(role)
    people = (role.recruiter, role.hiring_manager)
    at_once(*(partial(write, role, person) for person in people))
    assert [row.state for row in Retrospective.objects.all()] == ["done"]
    assert LookBack.objects.count() == 2


def test_what_is_kept_begins_the_next_brief_of_the_same_manager(role, client):
    role.why = "Trains run late."
    role.save()
    end(role)
    kept = {"partnership_id": role.partnership.pk, "by": role.hiring_manager, "now": ENDED}
    actions.keep(code="sourcing", text="Ask the drivers.", **kept)
    actions.keep(code="sourcing", text="Ask the drivers.", **kept)
    actions.keep(code="why", text="And nobody knows why.", **kept)
    gone = actions.keep(code="decides", text="The two of us.", **kept)
    actions.let_go(keepsake_id=gone.pk, **kept)
    before = Partnership.objects.select_related("requisition").get(pk=role.partnership.pk)
    words = words_of(before)
    assert (words["sourcing"], words["why"]) == (
        "Ask the drivers.",
        "Trains run late.\nAnd nobody knows why.",
    )
    assert words["decides"] == ""

    following = open_role(manager=role.hiring_manager, recruiter=role.recruiter)
    client.force_login(role.hiring_manager)
    address = reverse("intake_prefill", args=[following.partnership.pk])
    client.post(address, {"source": before.pk, "code": ["sourcing"]})
    following.partnership.brief.refresh_from_db()
    assert following.partnership.brief.sourcing == "Ask the drivers."


@pytest.mark.parametrize(
    ("code", "text", "field"),
    [("pay", "More.", "code"), ("nonsense", "x", "code"), ("why", " ", "text"), ("why", "x" * 1001, "text")],
)
def test_what_cannot_be_kept_is_refused_and_explained(role, code, text, field):
    end(role)
    with pytest.raises(Invalid) as refused:
        actions.keep(partnership_id=role.partnership.pk, code=code, text=text, by=role.recruiter, now=ENDED)
    assert refused.value.field == field
    assert not Keepsake.objects.exists()


def test_what_another_role_keeps_is_not_let_go_from_here(role):
    end(role)
    other = open_role()
    end(other)
    kept = actions.keep(
        partnership_id=other.partnership.pk, code="why", text="Theirs.", by=other.recruiter, now=ENDED
    )
    with pytest.raises(Missing):
        actions.let_go(partnership_id=role.partnership.pk, keepsake_id=kept.pk, by=role.recruiter, now=ENDED)


def test_how_its_candidates_fared(role):
    told, untold = (make.make_application(requisition=role, state="rejected") for _ in range(2))
    told.told_at = NOW
    told.save()
    make.make_application(requisition=role, state="withdrawn")
    make.make_promise(told, state="kept", settled_at=NOW)
    broken = make.make_promise(untold, state="broken", settled_at=NOW - timedelta(days=3))
    make.make_promise(
        untold,
        state="kept",
        settled_at=NOW,
        previous=broken,
        broken_before=1,
        waiting_since=NOW - timedelta(days=9),
    )
    found = queries.respect(role.pk, now=NOW)
    assert found == queries.Respect(people=3, decided=2, told=1, kept=2, broken=1, waited=1, longest=9)
    assert found.dates == 3


def test_the_page_says_what_each_promised_and_what_happened(role, client):
    end(role)
    client.force_login(role.hiring_manager)
    page = client.get(reverse("retrospective", args=[role.partnership.pk]))
    found = page.context["page"]
    happened = {
        side.side: [(row.what, row.kept, row.late, row.missed) for row in side.happened]
        for side in found.sides
    }
    counts = {side: sum(row[1] for row in rows) for side, rows in happened.items()}
    assert counts == {side: found.bars[side].get("kept", 0) for side in ("recruiter", "manager")}
    assert (found.mine, found.may_keep, found.is_open) == ("manager", True, True)


@pytest.mark.parametrize(("after", "late"), [(timedelta(0), False), (timedelta(hours=2), True)])
def test_its_page_says_that_its_day_has_passed(role, client, time_machine, after, late):
    end(role)
    time_machine.move_to(DUE - timedelta(hours=1) + after)
    client.force_login(role.hiring_manager)
    said = client.get(reverse("retrospective", args=[role.partnership.pk])).content.decode()
    assert ("was due" in said, "· by " in said) == (late, not late)


def test_it_is_written_on_the_page_and_bad_input_stays_in_the_form(role, client):
    end(role)
    client.force_login(role.recruiter)
    address = reverse("retrospective", args=[role.partnership.pk])
    refused = client.post(address, {"helped": " ", "hindered": "", "change": ""})
    assert (refused.status_code, LookBack.objects.count()) == (422, 0)
    assert client.post(address, {"hindered": "Too many rounds."}).status_code == 302
    assert "Too many rounds." in client.get(address).content.decode()
    assert client.post(f"{address}keep/", {"code": "why", "text": ""}).status_code == 422
    assert client.post(f"{address}keep/", {"code": "why", "text": "Again."}).status_code == 302
    assert [row.text for row in Keepsake.objects.all()] == ["Again."]
    assert client.post(f"{address}keep/{Keepsake.objects.get().pk}/let-go/").status_code == 302
    assert not Keepsake.objects.exists()


def test_my_day_and_the_shared_dashboard_say_that_it_is_owed(role, client):
    end(role)
    link = reverse("retrospective", args=[role.partnership.pk])
    for person in (role.hiring_manager, role.recruiter):
        client.force_login(person)
        assert client.get(reverse("dashboard")).content.decode().count(f'href="{link}"') == 1
    page = client.get(reverse("partnership", args=[role.partnership.pk])).content.decode()
    assert page.count(f'href="{link}">Write yours</a>') == 1
    assert client.get("/").content.decode().count(f'href="{link}"') == 2  # the row, and its button
    write(role, role.recruiter)
    assert client.get("/").content.decode().count(f'href="{link}"') == 0


@pytest.mark.parametrize(("after", "said"), [(timedelta(0), "by Tue"), (timedelta(days=2), "was due Tue")])
def test_the_dashboard_says_by_when_and_that_it_is_late(role, client, time_machine, after, said):
    end(role)
    time_machine.move_to(DUE - timedelta(hours=1) + after)
    client.force_login(role.hiring_manager)
    page = client.get(reverse("dashboard")).content.decode()
    told = re.sub(r"<[^>]+>|\s+", " ", page[page.index("has ended.") :])
    assert re.sub(r" +", " ", told).startswith(
        f"has ended. Look back {said}".replace("back was", "back : was")
    )


def test_the_agreement_says_when_it_was_due_and_is_not_there(role):
    end(role)
    lead = make.make_user(Role.LEAD)
    said = [
        look_back(role.partnership, person, now).context["late"]
        for person, now in (
            (lead, DUE),
            (lead, DUE + timedelta(minutes=1)),
            (role.recruiter, DUE + timedelta(days=9)),
        )
    ]
    for person in (role.recruiter, role.hiring_manager):
        write(role, person)

    assert said == [False, True, True]
    assert look_back(role.partnership, lead, DUE + timedelta(days=9)).context["late"] is False


@pytest.mark.parametrize("words", [0, 2])
def test_the_page_takes_the_same_queries_whatever_was_written(role, client, django_assert_num_queries, words):
    end(role)
    for person in (role.recruiter, role.hiring_manager)[:words]:
        write(role, person)
    for number in range(words * 3):
        actions.keep(
            partnership_id=role.partnership.pk, code="why", text=f"{number}", by=role.recruiter, now=ENDED
        )
    client.force_login(role.recruiter)
    address = reverse("retrospective", args=[role.partnership.pk])
    client.get(address)
    with django_assert_num_queries(10):
        client.get(address)


LOOKERS = ("lead", "admin", "recruiter", "coordinator", "manager", "interviewer", "successor")


@pytest.mark.parametrize("who", LOOKERS)
def test_no_page_and_no_endpoint_shows_a_word_of_it_to_anybody_else(world: World, who: str) -> None:
    role = Requisition.objects.get(pk=world.numbers["requisition_id"])
    partnership = Partnership.objects.get(requisition=role)
    actions.open_for(partnership_id=partnership.pk, now=NOW)
    for person in (role.recruiter, role.hiring_manager):
        said = dict.fromkeys(actions.ASKED, MARK)
        actions.write(partnership_id=partnership.pk, said=said, by=person, now=NOW)
    assert MARK not in str([*Activity.objects.values_list("data"), *DueTask.objects.values_list("payload")])
    assert not OutgoingMail.objects.filter(text__contains=MARK).exists()

    looks = looker(who, role)
    client = Client()
    client.force_login(looks)
    shown = [path for path in paths(world, partnership.pk) if MARK in asked(client, path)]
    assert shown == []


def test_the_two_meet_the_mark_on_that_way(world: World) -> None:
    """The sweep would notice."""
    Interview.objects.update(kit={"minutes": 45, "purpose": "How they work", "avoid": ""})
    role = Requisition.objects.get(pk=world.numbers["requisition_id"])
    partnership = Partnership.objects.get(requisition=role)
    actions.open_for(partnership_id=partnership.pk, now=NOW)
    for person in (role.recruiter, role.hiring_manager):
        actions.write(partnership_id=partnership.pk, said={"helped": MARK}, by=person, now=NOW)
    client = Client()
    client.force_login(role.hiring_manager)
    shown = {path for path in paths(world, partnership.pk) if MARK in asked(client, path)}
    assert shown == {f"/partners/{partnership.pk}/retrospective/"}


def looker(who: str, role: Requisition) -> User:
    if who == "successor":
        person = make.make_user(Role.MANAGER)
        make.add_member(role, person, "manager")
        Requisition.objects.filter(pk=role.pk).update(hiring_manager=person)
        return person
    person = make.make_user(who, is_superuser=who == "admin")
    if who in {"coordinator", "interviewer", "manager"}:
        make.add_member(role, person, who)
    return person


def paths(world: World, partnership_id: int) -> list[str]:
    pages = [address for pattern in OURS if (address := world.address(pattern))]
    lists = [f"/api/v1/{resource}/?search={MARK}" for resource in RESOURCES]
    return [
        *pages,
        *lists,
        *(f"/api/v1/{resource}/" for resource in RESOURCES),
        f"/partners/{partnership_id}/retrospective/",
    ]


def asked(client: Client, path: str) -> str:
    answer = client.get(path)
    body = b"".join(answer) if answer.streaming else answer.content
    let_go(answer)
    return re.sub(r"search=\w+", "", body.decode(errors="replace"))
