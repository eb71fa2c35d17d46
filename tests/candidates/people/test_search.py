"""Finding people by what they are called and what they wrote."""

import sys

import pytest

from ats.accounts.models import Role
from candidates.models import Candidate, Document, Tag
from candidates.people.actions import find_or_create, index
from candidates.people.domain.keys import name_key
from candidates.people.queries import counted, matching
from tests.factories import NOW, make_application, make_candidate, make_requisition, make_user

pytestmark = pytest.mark.django_db


def person(
    first: str, last: str, resume: str = "", headline: str = "", tags: tuple[str, ...] = ()
) -> Candidate:
    address = f"{name_key(last, '').replace(' ', '-').encode('idna').decode()}@example.com"
    candidate, _ = find_or_create(
        first_name=first,
        last_name=last,
        email=address,
        now=NOW,
        headline=headline,
    )
    if resume:
        Document.objects.create(
            candidate=candidate,
            kind="resume",
            file="x",
            filename="x",
            content_type="a/b",
            size=1,
            sha256="",
            text=resume,
        )
    for tag in tags:
        candidate.tags.add(Tag.objects.get_or_create(name=tag)[0])
    index.refresh([candidate.pk])
    return candidate


@pytest.fixture
def people() -> None:
    person(
        "Zoë", "Müller", "Built services in C++ and Python/Django. Führerschein Klasse B.", "Data engineer"
    )
    person("Anna", "van der Berg", "Go and Java. Running a team of engineers.", tags=("alumni",))
    person("Ольга", "Петрова", "Программист на Python")
    person("Lee", "Ann", "C# and .NET, Node.js", "Python data person")


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("muller", {"Zoë"}),
        ("MÜLLER zoe", {"Zoë"}),
        ("mül", {"Zoë"}),
        ("berg ann", {"Anna"}),
        ("ann", {"Anna", "Lee"}),
        ("ann van", {"Anna"}),
        ("ольга", {"Ольга"}),
        ("петр", {"Ольга"}),
        ("python", {"Zoë", "Ольга", "Lee"}),
        ("python -java", {"Zoë", "Ольга", "Lee"}),
        ("python django", {"Zoë"}),
        ("java OR django", {"Zoë", "Anna"}),
        ('"data engineer"', {"Zoë"}),
        ('"engineer data"', set()),
        ("c++", {"Zoë"}),
        ("C#", {"Lee"}),
        ("node.js", {"Lee"}),
        (".net", {"Lee"}),
        ("fuhrerschein", {"Zoë"}),
        ("ПРОГРАММИСТ", {"Ольга"}),
        ("alumni", {"Anna"}),
        ("MULLER@example.com", {"Zoë"}),
        ("", {"Zoë", "Anna", "Ольга", "Lee"}),
        ("   ", {"Zoë", "Anna", "Ольга", "Lee"}),
        ("'; DROP TABLE candidates_candidate; --", set()),
        ("%", set()),
        ("_nn", set()),
        ("\x00python", {"Zoë", "Ольга", "Lee"}),
        ("((( & | ! :* <->", set()),
        ("x" * 5000, set()),
    ],
)
def test_who_is_found(people: None, question: str, names: set[str]) -> None:
    answer = matching(Candidate.objects.all(), question)
    assert {each.first_name for each in answer} == names
    assert answer.count() == len(names)


def test_many_are_counted_only_so_far_and_the_newest_are_found(people: None, monkeypatch) -> None:
    answer = matching(Candidate.objects.all(), "python")
    assert counted(answer) == answer.count() == 3
    monkeypatch.setattr(sys.modules[matching.__module__], "COUNTED", 1)
    assert counted(answer) == 2
    assert [each.first_name for each in answer.order_by("-pk")[:2]] == ["Lee", "Ольга"]


def test_what_was_narrowed_down_before_stays_so(people: None) -> None:
    answer = matching(Candidate.objects.filter(headline=""), "python")
    assert [each.first_name for each in answer] == ["Ольга"]


def test_only_whom_one_may_see_is_found() -> None:
    hidden = make_requisition(confidential=True)
    secret = make_application(
        requisition=hidden, candidate=make_candidate(first_name="Secret", only_confidential=True)
    )
    opened = make_application(candidate=make_candidate(first_name="Openly"))
    index.refresh([secret.candidate_id, opened.candidate_id])
    users = {
        "lead": make_user(Role.LEAD),
        "recruiter": make_user(),
        "their recruiter": hidden.recruiter,
        "their manager": hidden.hiring_manager,
        "manager": make_user(Role.MANAGER),
    }
    seen = {
        name: sorted(each.first_name for each in matching(Candidate.objects.visible_to(user), ""))
        for name, user in users.items()
    }
    assert seen == {
        "lead": ["Openly", "Secret"],
        "recruiter": ["Openly"],
        "their recruiter": ["Openly", "Secret"],
        "their manager": ["Secret"],
        "manager": [],
    }


def test_a_very_long_text_is_searched_as_far_as_it_goes() -> None:
    words = " ".join(f"word{number}" for number in range(40_000))
    robin = person("Robin", "Example", f"first {words} last")
    assert list(matching(Candidate.objects.all(), "first")) == [robin]
    assert list(matching(Candidate.objects.all(), "last")) == []
