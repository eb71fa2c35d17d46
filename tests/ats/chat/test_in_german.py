"""What is said in rooms: in the language of whose room it is, in a team's in that of the organisation."""

import ast
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings

from ats.accounts.models import Role, User
from ats.chat import actions
from ats.chat.models import ChatMessage, What
from ats.kernel.kept import kept, retold
from ats.kernel.languages import in_language
from ats.organisation.models import HiringOrganisation
from candidates.journeys.actions import take
from candidates.models import FollowUp
from partners.celebrations.domain import lines
from tests.candidates.helpers import hours, run_lane
from tests.factories import NOW, make_application, make_organisation, make_requisition, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]


def room(by: User, organisation: HiringOrganisation | None = None) -> None:
    actions.add_room(
        organisation=organisation,
        name="Team" if organisation else by.name,
        service="mattermost",
        url="https://chat.example.com/hooks/abc",
        what=["late", "task", "celebration"],
        by=by,
        now=NOW,
    )


def said() -> list[tuple[str, str]]:
    return list(ChatMessage.objects.order_by("room__name", "pk").values_list("room__name", "text"))


def test_each_room_reads_its_own_language() -> None:
    french = make_organisation(language="fr")  # candidates read it; colleagues are not spoken to in it
    for organisation, admin in (
        (make_organisation(language="de"), make_user(Role.ADMIN)),
        (french, make_user(Role.ADMIN, language="de")),
    ):
        room(admin, organisation)
    assert said() == [("Team", "Accord kann hier schreiben."), ("Team", "Accord can write here.")]


def test_the_same_word_in_two_languages() -> None:
    ada, kim = make_user(name="Ada", language="de"), make_user(name="Kim", language="en")
    for each in (ada, kim):
        room(each)
    ChatMessage.objects.all().delete()
    for each in (ada, kim):
        text = kept("Together you found somebody for Baker.")
        actions.tell_person(each, what=What.CELEBRATION, key="x", text=text, path="/")
    assert said() == [
        ("Ada", "Gemeinsam haben Sie Baker besetzt."),
        ("Kim", "Together you found somebody for Baker."),
    ]


def test_answers_that_are_late() -> None:
    organisation = make_organisation(language="de")
    requisition = make_requisition(title="Bäcker", organisation=organisation)
    User.objects.filter(pk=requisition.recruiter_id).update(language="de", name="Ada")
    requisition.recruiter.refresh_from_db()
    room(requisition.recruiter)
    room(make_user(Role.ADMIN), organisation)
    ChatMessage.objects.all().delete()
    for _ in range(2):
        make_application(requisition=requisition, due_at=hours(7))
    run_lane("promises", hours(7))
    run_lane("promise-news", hours(7))
    assert said() == [
        ("Ada", "2 Personen warten länger als zugesagt auf eine Antwort von Ihnen."),
        ("Team", "2 Personen warten länger als zugesagt: Bäcker. Die Antwort schuldet Ada."),
    ]


def test_a_task_of_a_journey() -> None:
    organisation = make_organisation(language="de")
    requisition = make_requisition(title="Bäcker", organisation=organisation)
    User.objects.filter(pk=requisition.recruiter_id).update(language="de", name="Ada")
    requisition.recruiter.refresh_from_db()
    room(requisition.recruiter)
    room(make_user(Role.ADMIN), organisation)
    ChatMessage.objects.all().delete()
    application = make_application(requisition=requisition)
    row = FollowUp.objects.create(
        application=application,
        candidate=application.candidate,
        step="x",
        payload={"label": "X"},
        due_at=NOW,
        idempotency_key="journey:x",
    )
    take.ask("recruiter", "Anrufen.", 2, [row], NOW + timedelta(hours=1))
    assert said() == [
        ("Ada", "Eine Aufgabe aus einem Weg wartet auf Sie: Bäcker."),
        ("Team", "Eine Aufgabe aus einem Weg wartet auf Ada: Bäcker."),
    ]


def test_what_there_is_to_celebrate_and_what_is_owed() -> None:
    """Every line of them: what a room is told is put together in English, and found again."""
    sooner = {"saved": {"days": 3, "against": "target"}}
    told = [
        lines.line("hire", "Baker", sooner),
        lines.line("goal", "Baker", {"target": "2026-11-24", "seats": 3}),
    ]
    with in_language("de"):
        assert retold("\n".join(told)).split("\n") == [
            "Gemeinsam haben Sie Baker besetzt, 3 Tage vor dem gewünschten Start.",
            "Alle 3 Plätze für Baker sind zum gewünschten Start besetzt, 24. November 2026.",
        ]
        assert retold("3 things your partners wait for, 1 of them late.") == (
            "3 Aufgaben, auf die andere warten, davon 1 überfällig."
        )
        assert retold("1 thing your partners wait for.") == "1 Aufgabe, auf die andere warten."


SAYS = frozenset({"tell_person", "tell_team", "say_in"})
MARKED = frozenset({"kept", "line_of"})
"""What is said is a kept sentence, or the line of a celebration, which is one."""


def said_in_rooms() -> Iterator[tuple[str, ast.Module, ast.expr]]:
    """Every text that is handed to a room, where it is: as an argument, or among the facts that several share."""
    for package in ("ats", "requisitions", "candidates", "partners"):
        for path in sorted((settings.ROOT / package).rglob("*.py")):
            where = path.relative_to(settings.ROOT).as_posix()
            source = path.read_text()
            if where == "ats/chat/actions/say.py" or not any(f"{name}(" in source for name in SAYS):
                continue
            tree = ast.parse(source)
            for node in ast.walk(tree):
                if (
                    isinstance(node, ast.Call)
                    and getattr(node.func, "attr", getattr(node.func, "id", "")) in SAYS
                ):
                    yield from ((where, tree, each.value) for each in node.keywords if each.arg == "text")
                elif isinstance(node, ast.Dict):
                    yield from (
                        (where, tree, value)
                        for key, value in zip(node.keys, node.values, strict=True)
                        if getattr(key, "value", "") == "text"
                    )


def is_marked(tree: ast.Module, text: ast.expr) -> bool:
    if isinstance(text, ast.Name):
        given = [
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and text.id in {getattr(each, "id", "") for each in node.targets}
        ]
        return bool(given) and all(is_marked(tree, each) for each in given)
    calls = [node.func for node in ast.walk(text) if isinstance(node, ast.Call)]
    return any(getattr(each, "attr", getattr(each, "id", "")) in MARKED for each in calls)


def test_whatever_is_said_in_rooms_is_marked() -> None:
    found = list(said_in_rooms())
    assert len({where for where, _, _ in found}) >= 5
    assert [(where, ast.unparse(text)) for where, tree, text in found if not is_marked(tree, text)] == []
