"""Runs from the look at them to the end: whom they touch, what becomes of each, and what is taken back."""

import uuid
from typing import Any

import pytest
from django.db import IntegrityError

from ats.accounts.models import Role, User
from ats.activity.models import Activity
from ats.duework.models import MAX_ATTEMPTS
from ats.kernel import writing
from ats.kernel.errors import Invalid, Missing, WrongState
from ats.mail.models import OutgoingMail
from candidates.applications.actions import move, withdraw
from candidates.bulk import actions
from candidates.bulk.actions import kinds
from candidates.bulk.domain.choice import Choice
from candidates.bulk.models import BulkItem, BulkRun
from candidates.bulk.queries import runs as queries
from candidates.bulk.queries.choosing import chosen
from candidates.models import Application, Candidate, Message, Review, Tag
from tests import factories as f
from tests.candidates.helpers import at_once, hours, mails, run_lane

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def people(role: Any, number: int, **facts: Any) -> list[Application]:
    return [
        f.make_application(requisition=role, candidate=f.make_candidate(first_name=f"Person{n}"), **facts)
        for n in range(number)
    ]


def prepared(kind: str, rows: list[Application], by: User, key: Any = None, **parameters: Any) -> BulkRun:
    choice = Choice(applications=tuple(row.pk for row in rows))
    places = chosen(by, choice, kind=kind, now=f.NOW)
    return actions.prepare(
        kind=kind, places=places, parameters=parameters, key=key or uuid.uuid4(), by=by, now=f.NOW
    )


def to(role: Any, kind: str) -> dict[str, Any]:
    return {"stage": f.stage(role, kind).pk, "name": f.stage(role, kind).name}


def begun(kind: str, rows: list[Application], by: User, **parameters: Any) -> BulkRun:
    run = prepared(kind, rows, by, **parameters)
    return actions.start(run_id=run.pk, by=by, now=f.NOW)


def states(run: BulkRun) -> dict[str, int]:
    return queries.standing(run).counts


def whys(run: BulkRun) -> list[str]:
    return sorted(run.items.exclude(why="").values_list("why", flat=True))


def left(application: Application, role: str) -> None:
    """This message has gone."""
    OutgoingMail.objects.filter(application_id=application.pk, role=role).update(
        state="sent", sent_at=hours(1)
    )


def test_it_is_looked_at_first_and_nothing_happens_yet(role: Any, recruiter: User) -> None:
    rows = people(role, 3)
    move(application_id=rows[0].pk, stage_id=f.stage(role, "interview").pk, by=recruiter, now=f.NOW)
    gone = f.make_application(requisition=role, state="rejected")

    run = prepared("move", [*rows, gone], recruiter, **to(role, "interview"))
    run_lane("bulk", hours(1))

    assert (run.state, states(run)) == ("preview", {"waiting": 2, "left_out": 2})
    assert whys(run) == [
        "They are in this stage already.",
        "This application is rejected: it no longer moves.",
    ]
    groups = queries.groups(run, recruiter)
    assert [(each.state, each.count, each.names) for each in groups if each.state == "waiting"] == [
        ("waiting", 2, "Person1, Person2")
    ]


def test_moves_are_the_same_moves_as_by_hand_and_are_taken_back(role: Any, recruiter: User) -> None:
    rows = people(role, 3)
    came_from = rows[0].stage_id
    run = begun("move", rows, recruiter, **to(role, "interview"))

    run_lane("bulk", hours(1))

    run.refresh_from_db()
    assert (run.state, states(run)) == ("done", {"done": 3})
    moved = Activity.objects.filter(verb="application.moved").order_by("id")
    assert [(each.application_id, each.actor_id, each.data["to_kind"]) for each in moved] == [
        (row.pk, recruiter.pk, "interview") for row in rows
    ]
    assert [row.promises.open().count() for row in rows] == [1, 1, 1]

    move(application_id=rows[2].pk, stage_id=f.stage(role, "offer").pk, by=recruiter, now=hours(2))
    actions.undo(run_id=run.pk, by=recruiter, now=hours(2))
    run_lane("bulk", hours(3))

    run.refresh_from_db()
    assert (run.state, states(run)) == ("undone", {"undone": 2, "stayed": 1})
    assert list(Application.objects.filter(stage=came_from).order_by("pk")) == rows[:2]
    assert whys(run) == [f"{recruiter} has just moved Person2 {rows[2].candidate.last_name} to Offer."]


def test_who_changed_meanwhile_is_refused_one_by_one(role: Any, recruiter: User) -> None:
    rows = people(role, 4)
    run = begun("move", rows, recruiter, **to(role, "interview"))
    withdraw(application=rows[0], by=rows[0].candidate, reason_text="", now=f.NOW)
    rows[1].candidate.delete()
    type(role).objects.filter(pk=role.pk).update(title="Other")

    run_lane("bulk", hours(1))

    run.refresh_from_db()
    assert (run.state, states(run)) == ("done", {"done": 2, "refused": 1})
    assert whys(run) == ["This application is withdrawn: it no longer moves."]


def test_who_lost_the_right_to_it_touches_nobody_any_more(role: Any, recruiter: User) -> None:
    rows = people(role, 2)
    run = begun("move", rows, recruiter, **to(role, "interview"))
    User.objects.filter(pk=recruiter.pk).update(role=Role.STAKEHOLDER)

    run_lane("bulk", hours(1))

    assert states(run) == {"refused": 2}
    assert Activity.objects.filter(verb="application.moved").count() == 0


def test_rejecting_many_is_withdrawn_until_they_are_told(role: Any, recruiter: User) -> None:
    rows, reason = people(role, 3), f.make_reason(candidate_text="The seat is taken.")
    words = {"subject": "Yours", "body": "Hello {{ candidate.first_name }}. {{ reason }}"}
    run = begun("reject", rows, recruiter, reason=reason.code, **words)
    run_lane("bulk", hours(1))

    run.refresh_from_db()
    assert states(run) == {"done": 3}
    assert "body" not in run.parameters
    assert [mail.text.split("\n")[0] for mail in mails("application.rejected")] == [
        f"Hello Person{n}. The seat is taken." for n in range(3)
    ]
    OutgoingMail.objects.filter(application_id=rows[0].pk, role="application.rejected").update(
        state="sent", sent_at=hours(1)
    )

    actions.undo(run_id=run.pk, by=recruiter, now=hours(2))
    run_lane("bulk", hours(2))

    assert states(run) == {"undone": 2, "stayed": 1}
    assert [row.state for row in Application.objects.order_by("pk")] == ["rejected", "active", "active"]
    assert whys(run)[0].endswith("take it back for them alone, and they are told that it was.")


def test_writing_to_many_is_taken_back_while_it_waits(role: Any, recruiter: User) -> None:
    rows = people(role, 2)
    run = begun("message", rows, recruiter, subject="News", body="Hello {{ candidate.first_name }}, soon.")
    run_lane("bulk", hours(1))

    assert sorted(Message.objects.values_list("body", flat=True)) == [
        "Hello Person0, soon.",
        "Hello Person1, soon.",
    ]
    OutgoingMail.objects.filter(application_id=rows[1].pk, role="conversation.message").update(
        state="sent", sent_at=hours(1)
    )
    actions.undo(run_id=run.pk, by=recruiter, now=hours(2))
    run_lane("bulk", hours(2))

    assert states(run) == {"undone": 1, "stayed": 1}
    assert whys(run) == ["This message has left already."]


def test_tags_go_on_and_only_those_come_off_again(role: Any, recruiter: User) -> None:
    rows = people(role, 2)
    rows[0].candidate.tags.add(Tag.objects.create(name="rust"))
    run = begun("tag", rows, recruiter, tags=["go", "rust"], adds=True)
    run_lane("bulk", hours(1))

    def tags(row: Application) -> list[str]:
        return sorted(row.candidate.tags.values_list("name", flat=True))

    assert [tags(row) for row in rows] == [["go", "rust"]] * 2
    assert Candidate.objects.filter(search__answers="go").count() == 2

    actions.undo(run_id=run.pk, by=recruiter, now=hours(2))
    run_lane("bulk", hours(2))
    assert [tags(row) for row in rows] == [["rust"], []]


def test_the_manager_is_asked_about_those_of_a_role_at_once(role: Any, recruiter: User) -> None:
    other = f.make_requisition(recruiter=recruiter, title="Other")
    rows = [*people(role, 2), *people(other, 1)]
    run = begun("review", rows, recruiter, note="")
    run_lane("bulk", hours(1))

    assert states(run) == {"done": 3}
    assert Review.objects.values("slate").distinct().count() == 2
    Review.objects.filter(application=rows[0]).update(
        state="answered", verdict="yes", reason="Fits.", settled_at=hours(1)
    )

    actions.undo(run_id=run.pk, by=recruiter, now=hours(2))
    run_lane("bulk", hours(2))
    assert states(run) == {"undone": 2, "stayed": 1}
    assert list(Review.objects.order_by("application").values_list("state", flat=True)) == [
        "answered", "cancelled", "cancelled"
    ]  # fmt: skip


def test_the_same_form_twice_is_one_run_and_two_starts_are_one(role: Any, recruiter: User) -> None:
    rows, key = people(role, 2), uuid.uuid4()
    first = prepared("move", rows, recruiter, key, **to(role, "interview"))
    again = prepared("move", rows, recruiter, key, **to(role, "interview"))
    assert (again.pk, BulkItem.objects.count()) == (first.pk, 2)

    for _ in range(2):
        actions.start(run_id=first.pk, by=recruiter, now=f.NOW)
        run_lane("bulk", hours(1))

    assert Activity.objects.filter(verb="application.moved").count() == 2
    assert Activity.objects.filter(verb="bulk.started").count() == 1


def test_a_run_that_is_stopped_touches_nobody_after_that(role: Any, recruiter: User) -> None:
    run = begun("move", people(role, 3), recruiter, **to(role, "interview"))
    actions.cancel(run_id=run.pk, by=recruiter, now=f.NOW)

    run_lane("bulk", hours(1))

    run.refresh_from_db()
    assert (run.state, states(run)) == ("cancelled", {"waiting": 3})
    with pytest.raises(WrongState):
        actions.undo(run_id=run.pk, by=recruiter, now=f.NOW)


def test_nobody_is_guessed_at(role: Any, recruiter: User) -> None:
    """Of people, the one application in play is meant; where there are two, none."""
    one, several, none = (f.make_candidate(first_name=name) for name in ("One", "Two", "None"))
    other = f.make_requisition(recruiter=recruiter)
    mine = f.make_application(requisition=role, candidate=one)
    for each in (role, other):
        f.make_application(requisition=each, candidate=several)
    over = f.make_application(requisition=role, candidate=none, state="rejected")
    choice = Choice(people=(one.pk, several.pk, none.pk))

    found = {place.candidate: place for place in chosen(recruiter, choice, kind="move", now=f.NOW)}
    assert {pk: place.application for pk, place in found.items()} == {
        one.pk: mine.pk, several.pk: None, none.pk: None
    }  # fmt: skip
    assert found[several.pk].why == "They are in play for several roles: filter the list by one of them."
    written = {
        each.candidate: each.application for each in chosen(recruiter, choice, kind="message", now=f.NOW)
    }
    assert written[none.pk] == over.pk

    of_role = Choice(everybody=True, filters=f"requisition={role.pk}&state=active")
    assert {each.candidate for each in chosen(recruiter, of_role, kind="move", now=f.NOW)} == {
        one.pk,
        several.pk,
    }
    assert all(each.application for each in chosen(recruiter, of_role, kind="move", now=f.NOW))


def test_what_makes_no_sense_is_refused(role: Any, recruiter: User) -> None:
    with pytest.raises(Invalid, match="Nobody is selected"):
        prepared("move", [], recruiter, **to(role, "interview"))
    with pytest.raises(Invalid, match="Choose what to do"):
        prepared("sing", people(role, 1), recruiter)
    with pytest.raises(Missing):
        prepared("move", people(role, 1), role.hiring_manager, **to(role, "interview"))
    other = f.make_requisition()
    run = prepared("move", people(role, 1), recruiter, **to(other, "interview"))
    assert whys(run) == ["This stage does not belong to the role."]
    with pytest.raises(WrongState, match="nobody with whom"):
        actions.start(run_id=run.pk, by=recruiter, now=f.NOW)


def test_one_that_fails_is_set_aside_and_holds_up_nobody(
    role: Any, recruiter: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = people(role, 3)
    run = begun("message", rows, recruiter, subject="News", body="Soon.")
    as_ever = kinds.send

    def send(*, application_id: int, **facts: Any) -> Any:
        if application_id == rows[1].pk:
            raise ValueError("bad luck")
        return as_ever(application_id=application_id, **facts)

    monkeypatch.setattr(kinds, "send", send)
    run_lane("bulk", hours(1))

    run.refresh_from_db()
    assert (run.state, states(run)) == ("done", {"done": 2, "refused": 1})
    aside = run.items.get(application=rows[1])
    assert (aside.attempts, aside.last_error) == (MAX_ATTEMPTS, "Final: bad luck")
    assert Message.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_workers_do_each_of_them_once(role: Any, recruiter: User) -> None:
    rows = people(role, 30)
    run = begun("message", rows, recruiter, subject="News", body="Hello {{ candidate.first_name }}.")

    outcomes = at_once(*[lambda: run_lane("bulk", hours(1)) for _ in range(3)])

    assert not [each for each in outcomes if isinstance(each, Exception)]
    assert states(run) == {"done": 30}
    assert sorted(Message.objects.values_list("application", flat=True)) == [row.pk for row in rows]
    assert Activity.objects.filter(verb="bulk.ended").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_dies_leaves_nothing_half_done(
    role: Any, recruiter: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the last line of a handful: what it did is gone with it, and the next one does it."""
    run = begun("move", people(role, 3), recruiter, **to(role, "interview"))

    as_ever = writing.update_all

    def die(rows: Any, *fields: str) -> None:
        if isinstance(rows[0], BulkItem):
            raise SystemExit
        as_ever(rows, *fields)

    with monkeypatch.context() as patched:
        patched.setattr(writing, "update_all", die)
        with pytest.raises(SystemExit):
            run_lane("bulk", hours(1))
    assert states(run) == {"waiting": 3}
    assert Activity.objects.filter(verb="application.moved").count() == 0

    run_lane("bulk", hours(1))
    assert states(run) == {"done": 3}
    assert Activity.objects.filter(verb="application.moved").count() == 3


def test_a_run_is_its_authors_alone(role: Any, recruiter: User) -> None:
    run = prepared("move", people(role, 1), recruiter, **to(role, "interview"))
    with pytest.raises(Missing):
        actions.start(run_id=run.pk, by=f.make_user(Role.LEAD), now=f.NOW)
    with pytest.raises(IntegrityError):
        BulkRun.objects.create(by=recruiter, key=run.key, kind="move")


def test_what_somebody_may_no_longer_see_is_named_to_nobody(role: Any, recruiter: User) -> None:
    rows = people(role, 2)
    run = prepared("move", rows, recruiter, **to(role, "interview"))
    Candidate.objects.filter(pk=rows[0].candidate_id).update(only_confidential=True)
    type(role).objects.filter(pk=role.pk).update(confidential=True)
    role.members.filter(user=recruiter).delete()

    assert [(each.count, each.names, each.more) for each in queries.groups(run, recruiter)] == [
        (2, "Person1", 1)
    ]
    assert [line.candidate.first_name for line in queries.lines(run, recruiter).lines] == ["Person1"]
