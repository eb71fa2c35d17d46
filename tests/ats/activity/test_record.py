"""The record: append-only, in words, and free of a person's data when they ask."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from ats.accounts.models import Role, User
from ats.activity import record as recording
from ats.activity import verbs
from ats.activity.describing import KEY, describe, entries
from ats.activity.erasing import erase, erase_actors
from ats.activity.models import Activity
from ats.activity.record import record, subscribe
from ats.activity.verbs import Verb
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _verbs() -> Any:
    made = [
        Verb(
            name="test.moved",
            text="moved {name} to {stage}",
            candidate_text="Your application is now: {stage}",
            personal=("name", "body"),
            icon="move",
        ),
        Verb(name="test.noted", text="wrote a note", opened=True),
    ]
    verbs.declare(made)
    yield
    for verb in made:
        del verbs._verbs[verb.name]
        recording._listeners.pop(verb.name, None)


def moved(by: User, **about: int) -> Activity:
    data = {"name": "Robin", "stage": "Interview", "body": "secret"}
    return record("test.moved", subject=by, by=by, now=NOW, data=data, **about)


def _save(activity: Activity) -> None:
    activity.verb = "test.noted"
    activity.save()


@pytest.mark.parametrize(
    "change",
    [
        _save,
        lambda activity: Activity.objects.update(data={}),
        lambda activity: activity.delete(),
        lambda activity: Activity.objects.all().delete(),
    ],
    ids=["save", "update", "delete", "delete all"],
)
def test_what_happened_is_not_changed(admin: User, change: Callable[[Activity], object]) -> None:
    activity = moved(admin)

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        change(activity)

    assert Activity.objects.get().data["name"] == "Robin"


def test_an_action_that_fails_leaves_no_record(admin: User) -> None:
    try:
        with transaction.atomic():
            moved(admin)
            raise LookupError
    except LookupError:
        pass

    assert Activity.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_there_is_no_record_without_a_transaction(admin: User) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        moved(admin)


def test_who_listens_is_told_and_can_undo(admin: User) -> None:
    heard: list[str] = []

    @subscribe("test.moved")
    def listen(activity: Activity) -> None:
        heard.append(activity.data["stage"])
        if len(heard) > 1:
            raise ValueError("no")

    moved(admin)
    with pytest.raises(ValueError, match="no"), transaction.atomic():
        moved(admin)

    assert (heard, Activity.objects.count()) == (["Interview", "Interview"], 1)


def test_an_unknown_verb_or_place_is_a_mistake(admin: User) -> None:
    with pytest.raises(KeyError):
        record("test.never", subject=admin, by=admin, now=NOW)
    with pytest.raises(TypeError):
        record("test.moved", subject=admin, by=admin, now=NOW, planet_id=3)
    with pytest.raises(ValueError, match="declared twice"):
        verbs.declare([Verb(name="test.moved", text="again")])


def test_in_words_for_each_reader(admin: User) -> None:
    activity = moved(admin)
    record("test.noted", subject=admin, by=None, now=NOW + timedelta(minutes=1), data={"body": "Seen."})
    Activity.objects.create(
        verb="old.verb", occurred_at=NOW, actor_kind="candidate", subject_type="user", subject_id=1
    )

    assert describe(activity) == "moved Robin to Interview"
    shown = entries(Activity.objects.order_by("-occurred_at", "id"), candidate_name="Robin Example")
    assert [(each.who, each.text, each.body, each.icon) for each in shown] == [
        ("Accord", "wrote a note", "Seen.", "dot"),
        ("Ada Admin", "moved Robin to Interview", "", "move"),
        ("Robin Example", "did something that this version does not know", "", "circle"),
    ]


def test_braces_in_what_people_wrote_mean_nothing(admin: User) -> None:
    activity = record(
        "test.moved", subject=admin, by=admin, now=NOW, data={"name": "{stage} {0} {x.y}", "stage": "Offer"}
    )

    assert describe(activity) == "moved {stage} {0} {x.y} to Offer"


def test_a_person_s_data_leaves_and_what_happened_stays(admin: User) -> None:
    theirs, others = moved(admin, candidate_id=1), moved(admin, candidate_id=2)

    assert erase(candidate_id=[1], now=NOW) == 1
    assert erase(candidate_id=[1], now=NOW) == 0

    theirs.refresh_from_db()
    others.refresh_from_db()
    assert theirs.data == {"stage": "Interview", "erased_at": NOW.isoformat()}
    assert describe(theirs) == "moved … to Interview"
    assert others.data["name"] == "Robin"
    with pytest.raises(IntegrityError), transaction.atomic():  # the door is closed again
        Activity.objects.filter(pk=theirs.pk).update(data={})
    with pytest.raises(IntegrityError), transaction.atomic():
        theirs.delete()


def test_an_erasure_says_whose(admin: User) -> None:
    with pytest.raises(TypeError):
        erase(now=NOW)


def test_a_name_leaves_the_record(admin: User) -> None:
    activity = moved(admin)

    assert erase_actors(kind="user", ids=[admin.pk], now=NOW) == 1

    activity.refresh_from_db()
    assert (activity.actor_name, activity.actor_id) == ("", admin.pk)


def test_every_verb_s_words_ask_for_plain_keys() -> None:
    for verb in verbs.known().values():
        for text in filter(None, (verb.text, verb.candidate_text)):
            rest = KEY.sub("", text)
            assert ("{" in rest, "}" in rest) == (False, False), verb.name


def test_marked_words_go_on_record_in_the_houses_language(admin: User) -> None:
    with translation.override("de"):
        activity = record("test.noted", subject=admin, by=admin, now=NOW, data={"role": Role.ADMIN.label})
    activity.refresh_from_db()
    assert activity.data == {"role": "Administrator"}
