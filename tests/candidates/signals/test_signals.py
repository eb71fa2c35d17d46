"""Signals: found by what people share or hide, and nothing but a person's verdict comes of them."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ats.accounts.models import Role
from ats.activity.models import Activity
from ats.kernel.errors import Conflict, Invalid, Missing
from candidates.models import Candidate, Document, Promise, Signal
from candidates.people.actions import change_contact
from candidates.signals import actions
from candidates.signals.domain.disposable import is_disposable
from candidates.signals.queries import listing
from tests import factories as f
from tests.candidates.helpers import run_lane
from tests.factories import NOW

pytestmark = pytest.mark.django_db
LONG = "I have led a team of eleven people for six years, and I love to build things that last a while."


def person(name: str, **facts: Any) -> Candidate:
    return f.make_candidate(first_name=name, last_name="Example", **facts)


def hand_in(candidate: Candidate, digest: str = "a", **facts: Any) -> Document:
    given = {"kind": "resume", "filename": "cv.pdf", "content_type": "application/pdf", "size": 9}
    return Document.objects.create(candidate=candidate, sha256=digest * 64, **(given | facts))


def look(*people: Candidate) -> None:
    for each in people:
        actions.note(each, now=NOW)


def found() -> list[tuple[str, list[str]]]:
    rows = Signal.objects.order_by("kind", "pk")
    return [(row.kind, sorted(each.candidate.first_name for each in row.people.all())) for row in rows]


def test_what_people_share_or_hide_is_found() -> None:
    ann, bo, cy = person("Ann", phone="+49 30 901820"), person("Bo", phone="030 90 18 20"), person("Cy")
    hand_in(ann), hand_in(cy, unseen="hire me")
    thrown = person("Di", email="di@mailinator.com")
    role = f.make_requisition()
    question = f.make_question(f.make_post(role), "long")
    for each in (bo, cy):
        application = f.make_application(candidate=each, requisition=role)
        application.answers.create(question=question, label=question.label, value=LONG)
    f.make_application(candidate=ann, requisition=role).answers.create(
        question=question, label=question.label, value="Short, as many say."
    )

    look(ann, bo, cy, thrown)
    look(ann, bo, cy, thrown)

    assert found() == [
        ("answers", ["Bo", "Cy"]),
        ("disposable", ["Di"]),
        ("file", ["Ann", "Cy"]),
        ("phone", ["Ann", "Bo"]),
        ("unseen", ["Cy"]),
    ]


def test_the_same_name_is_for_duplicates_and_the_hidden_stay_hidden() -> None:
    one, two = person("Ann", phone="+49 30 901820"), f.make_candidate(
        first_name="Example", last_name="Ann", phone="+49 30 901820"
    )  # fmt: skip
    hidden = person("Bo", phone="+49 30 901820", only_confidential=True)
    look(one, two, hidden)
    assert found() == []


def test_a_verdict_changes_nothing_else_and_somebody_new_opens_it_again() -> None:
    ann, bo = person("Ann", phone="+49 30 901820"), person("Bo", phone="+49 30 901820")
    application = f.make_application(candidate=ann)
    look(ann)
    signal, by = Signal.objects.get(), f.make_user(Role.RECRUITER)

    with pytest.raises(Invalid):
        actions.decide(signal_id=signal.pk, is_ok=False, reason="  ", people=2, by=by, now=NOW)
    with pytest.raises(Invalid):
        actions.decide(signal_id=signal.pk, is_ok=False, reason="x" * 10_000, people=2, by=by, now=NOW)
    actions.decide(signal_id=signal.pk, is_ok=False, reason="One farm", people=2, by=by, now=NOW)

    application.refresh_from_db()
    assert (application.state, Promise.objects.get(application=application).state) == ("active", "open")
    said = Activity.objects.filter(verb="signal.not_all_right").order_by("candidate_id")
    assert [(each.candidate_id, each.data["why"]) for each in said] == [
        (ann.pk, "One farm"),
        (bo.pk, "One farm"),
    ]
    look(ann, bo)
    signal.refresh_from_db()
    assert signal.state == "not_ok"

    look(person("Cy", phone="+49 30 901820"))
    signal.refresh_from_db()
    assert (signal.state, signal.reason, signal.people.count()) == ("open", "One farm", 3)
    with pytest.raises(Conflict):  # who saw two of them
        actions.decide(signal_id=signal.pk, is_ok=True, reason="A family", people=2, by=by, now=NOW)


def test_only_who_may_see_everybody_in_it_sees_it(client: Client) -> None:
    role = f.make_requisition(confidential=True)
    ann, bo = person("Ann", phone="+49 30 901820"), person("Bo", phone="+49 30 901820")
    look(ann)
    other = f.make_user(Role.RECRUITER)
    assert len(listing.lines(other, state="open").rows) == 1
    Candidate.objects.filter(pk=bo.pk).update(only_confidential=True)
    f.make_application(candidate=bo, requisition=role)
    assert listing.lines(other, state="open").rows == []
    assert len(listing.lines(f.make_user(Role.LEAD), state="open").rows) == 1
    with pytest.raises(Missing):
        actions.decide(signal_id=Signal.objects.get().pk, is_ok=True, reason="x", people=2, by=other, now=NOW)
    client.force_login(f.make_user(Role.MANAGER))
    assert client.get("/signals/").status_code == 403


def test_the_worker_finds_it_for_whoever_came_by_a_handful_of_questions(client: Client) -> None:
    run_lane("signals", NOW)
    ann, bo = person("Ann", phone="+49 30 901820"), person("Bo", phone="+49 30 901820")
    by = f.make_user(Role.RECRUITER)
    with transaction.atomic():
        change_contact(candidate=ann, by=by, now=NOW + timedelta(seconds=1), city="Berlin")
    run_lane("signals", NOW + timedelta(minutes=1))
    assert found() == []
    run_lane("signals", NOW + timedelta(minutes=3))
    assert found() == [("phone", ["Ann", "Bo"])]
    with CaptureQueriesContext(connection) as asked:
        actions.note(bo, now=NOW)
    assert len(asked) <= 9

    client.force_login(by)
    page = client.get("/signals/").content.decode()
    assert "The same telephone number for several people" in page
    signal = Signal.objects.get()
    refused = client.post(f"/signals/{signal.pk}/", {"verdict": "ok", "people": "2", "reason": ""})
    assert (refused.status_code, "Say why you think so." in refused.content.decode()) == (422, True)
    client.post(f"/signals/{signal.pk}/", {"verdict": "ok", "people": "2", "reason": "One flat"})
    signal.refresh_from_db()
    assert (signal.state, signal.decided_by, signal.reason) == ("ok", by, "One flat")


def test_domains_below_one_that_is_thrown_away() -> None:
    assert [is_disposable(f"a@{each}") for each in ("mailinator.com", "x.MAILINATOR.com.", "example.com", "com")] == [
        True, True, False, False,
    ]  # fmt: skip
