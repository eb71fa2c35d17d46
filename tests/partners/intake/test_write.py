"""Two people write one brief: each field is kept by itself, and what two write at once is kept, both of it."""

import threading
from datetime import date
from typing import Any

import pytest
from django.db import connection

from ats.accounts.models import Role
from ats.activity.models import Activity
from ats.kernel.errors import Conflict, Invalid, Missing, NotAllowed, WrongState
from partners.intake import actions
from partners.intake.actions import Apart
from partners.intake.domain.content import mark
from partners.intake.models import BriefField, MustHave, OtherWords
from partners.models import Brief
from requisitions.models import Criterion
from requisitions.roles import actions as roles
from tests import factories as make
from tests.factories import NOW
from tests.partners.intake import parts

pytestmark = pytest.mark.django_db


def write(role: Any, code: str, value: Any, *, by: Any = None, read: str | None = None, **more: Any) -> Any:
    place = parts.partnership_of(role).pk
    return actions.write_field(
        partnership_id=place,
        code=code,
        value=value,
        read=mark(parts.said(role)[code]) if read is None else read,
        by=by or role.hiring_manager,
        now=NOW,
        **more,
    )


VALUES = [
    ("why", "Figures come late."),
    ("outcomes", "One\nTwo"),
    ("outcomes_12_months", "Runs the figures alone."),
    ("nice_to_haves", ["Rust", "Go"]),
    ("deal_breakers", "No shifts."),
    ("value_proposition", "A team that ships."),
    ("hard_part", "Old tables."),
    ("talent_bar", "A"),
    ("pay", {"min": "70000.00", "max": "90000.00", "currency": "CHF", "period": "year"}),
    ("pay_position", {"percentile": 62, "source": "A survey", "as_of": "2026-10-01"}),
    ("sourcing", "Meetups"),
    ("decides", "The manager"),
    ("target_start", "2027-03-01"),
]


@pytest.mark.parametrize(("code", "value"), VALUES, ids=[code for code, _ in VALUES])
def test_what_is_written_is_what_the_brief_says(code: str, value: Any) -> None:
    role = parts.open_role()
    before = Brief.objects.get().revision
    assert write(role, code, value, by=role.recruiter).value == value
    assert parts.said(role)[code] == value
    row = BriefField.objects.get(code=code)
    assert (row.changed_by, row.writers) == (role.recruiter, [role.recruiter_id])
    assert Brief.objects.get().revision > before


def test_what_the_role_has_stays_on_the_role() -> None:
    role = parts.open_role()
    write(role, "why", "Another reason.")
    write(role, "target_start", "2027-03-01")
    role.refresh_from_db()
    assert (role.why, role.target_start) == ("Another reason.", date(2027, 3, 1))


def test_a_change_elsewhere_is_a_change_of_the_brief() -> None:
    role = parts.open_role()
    before = Brief.objects.get().revision
    roles.change_requisition(requisition_id=role.pk, by=role.recruiter, now=NOW, hard_part="Old tables.")
    assert parts.said(role)["hard_part"] == "Old tables."
    assert Brief.objects.get().revision == before + 1
    assert BriefField.objects.get(code="hard_part").changed_by == role.recruiter


def test_words_over_words_that_were_not_read_are_kept_beside_them() -> None:
    role = parts.open_role()
    read = mark(parts.said(role)["deal_breakers"])
    write(role, "deal_breakers", "Hers.", read=read)
    written = write(role, "deal_breakers", "His.", by=role.recruiter, read=read)

    assert written.value == "Hers."
    assert (written.apart.words, written.apart.by) == ("His.", role.recruiter)
    assert parts.said(role)["deal_breakers"] == "Hers."
    assert Activity.objects.filter(verb="brief.side_by_side").count() == 1

    # He types on: it is the same row, and no second one.
    apart = Apart(written.apart.pk, mark("His."))
    write(role, "deal_breakers", "His, and more.", by=role.recruiter, read=read, apart=apart)
    assert list(OtherWords.objects.values_list("words", flat=True)) == ["His, and more."]
    # From another window, which has not read that: nothing is written over.
    write(role, "deal_breakers", "Third.", by=role.recruiter, read=read, apart=apart)
    assert list(OtherWords.objects.order_by("pk").values_list("words", flat=True)) == [
        "His, and more.",
        "Third.",
    ]


@pytest.mark.parametrize(
    ("keep", "left"),
    [("saved", "Hers."), ("other", "His."), ("both", "Hers.\n\n{name}:\nHis.")],
)
def test_either_chooses_what_stays(keep: str, left: str) -> None:
    role = parts.open_role()
    read = mark("")
    write(role, "sourcing", "Hers.", read=read)
    apart = write(role, "sourcing", "His.", by=role.recruiter, read=read).apart
    actions.choose(
        partnership_id=parts.partnership_of(role).pk,
        other_id=apart.pk,
        keep=keep,
        read=mark("Hers."),
        other_read=mark("His."),
        by=role.hiring_manager,
        now=NOW,
    )
    assert parts.said(role)["sourcing"] == left.format(name=role.recruiter)
    apart.refresh_from_db()
    assert (apart.settled_by, apart.words) == (role.hiring_manager, "His.")


def test_nothing_is_chosen_between_texts_that_went_on() -> None:
    role = parts.open_role()
    write(role, "sourcing", "Hers.", read=mark(""))
    apart = write(role, "sourcing", "His.", by=role.recruiter, read=mark("")).apart
    write(role, "sourcing", "Hers, and more.")
    with pytest.raises(Conflict, match="written on meanwhile"):
        actions.choose(
            partnership_id=parts.partnership_of(role).pk,
            other_id=apart.pk,
            keep="other",
            read=mark("Hers."),
            other_read=mark("His."),
            by=role.recruiter,
            now=NOW,
        )
    assert parts.said(role)["sourcing"] == "Hers, and more."


def test_it_cannot_be_settled_while_two_texts_differ() -> None:
    role = parts.open_role()
    write(role, "sourcing", "Hers.", read=mark(""))
    write(role, "sourcing", "His.", by=role.recruiter, read=mark(""))
    with pytest.raises(WrongState, match="side by side in sourcing plan"):
        parts.say_yes(role, role.recruiter)


def test_the_manager_does_not_say_what_it_pays() -> None:
    role = parts.open_role()
    pay = {"min": "1.00", "max": "2.00", "currency": "EUR", "period": "year"}
    with pytest.raises(NotAllowed, match="change the pay"):
        write(role, "pay", pay)


@pytest.mark.parametrize(
    ("code", "value", "said"),
    [
        ("pay_position", {"percentile": 120, "source": "", "as_of": ""}, "from 1 to 99"),
        ("pay_position", {"percentile": 50, "source": "x", "as_of": "2030-01-01"}, "still to come"),
        ("pay_position", {"percentile": 50, "source": "x" * 201, "as_of": ""}, "under 200"),
        ("pay", {"min": "2.00", "max": None, "currency": "EUR", "period": "year"}, "both ends"),
        ("talent_bar", "S", "A, B or C"),
        ("sourcing", "x" * 10_001, "under 10,000"),
        ("nice_to_haves", ["x" * 201], "under 200"),
    ],
)
def test_what_makes_no_sense_is_refused(code: str, value: Any, said: str) -> None:
    role = parts.open_role()
    before = parts.said(role)
    with pytest.raises(Invalid, match=said):
        write(role, code, value, by=role.recruiter)
    assert parts.said(role) == before


@pytest.mark.parametrize("role_name", [Role.INTERVIEWER, Role.COORDINATOR, Role.LEAD])
def test_only_who_says_what_it_needs_writes(role_name: str) -> None:
    role = parts.open_role()
    user = make.make_user(role_name)
    make.add_member(role, user, "interviewer" if role_name == Role.INTERVIEWER else "coordinator")
    if role_name == Role.LEAD:
        write(role, "sourcing", "Mine.", by=user)  # who is in the recruiting team of the role takes part
        return
    with pytest.raises(Missing):
        write(role, "sourcing", "Mine.", by=user)


def test_nobody_writes_once_the_role_has_ended() -> None:
    role = parts.open_role()
    roles.end(requisition_id=role.pk, new_state="closed", reason="No budget", by=role.recruiter, now=NOW)
    with pytest.raises(WrongState, match="stays as it is"):
        write(role, "sourcing", "Late.")


def test_it_is_on_record_once_for_each_person_field_and_version() -> None:
    role = parts.open_role()
    for text in ("One", "One two", "One two three"):
        write(role, "sourcing", text)
    write(role, "sourcing", "Four", by=role.recruiter)
    said = Activity.objects.filter(verb="brief.changed").order_by("pk").values_list("data__what", "actor_id")
    assert list(said) == [
        ("sourcing plan", role.hiring_manager_id),
        ("sourcing plan", role.recruiter_id),
    ]


# --- Must-haves


def must(role: Any, name: str = "Python") -> dict[str, Any]:
    return next(row for row in parts.said(role)["must_haves"] if row["name"] == name)


def write_must(
    role: Any, value: dict[str, Any], *, by: Any = None, read: str | None = None, **more: Any
) -> Any:
    return actions.write_must_have(
        partnership_id=parts.partnership_of(role).pk,
        criterion_id=value["id"],
        value={name: value[name] for name in value if name != "id"},
        read=read if read is not None else mark(must(role)),
        by=by or role.hiring_manager,
        now=NOW,
        **more,
    )


def test_a_must_have_says_how_it_is_assessed_and_the_plan_knows() -> None:
    role = parts.open_role()
    planned = make.make_planned(role, name="Deep dive")
    post = make.make_post(role)
    question = make.make_question(post, label="Which years?")
    value = must(role) | {
        "turn_down": "yes",
        "interviews": [planned.pk],
        "way": "question",
        "question": {"id": question.pk, "label": ""},
        "how": "In years.",
    }
    write_must(role, value)
    assert must(role) == value | {"question": {"id": question.pk, "label": "Which years?"}}
    assert [row.name for row in planned.criteria.all()] == ["Python"]

    write_must(role, must(role) | {"interviews": []})
    assert list(planned.criteria.all()) == []


def test_two_write_in_two_must_haves_and_both_are_kept() -> None:
    role = parts.open_role()
    python, sql = must(role), must(role, "SQL")
    write_must(role, python | {"why": "Hers."}, read=mark(python))
    write_must(role, sql | {"why": "His."}, by=role.recruiter, read=mark(sql))
    assert (must(role)["why"], must(role, "SQL")["why"]) == ("Hers.", "His.")
    assert OtherWords.objects.count() == 0


def test_two_write_in_one_must_have_and_both_are_kept() -> None:
    role = parts.open_role()
    python = must(role)
    write_must(role, python | {"why": "Hers."}, read=mark(python))
    apart = write_must(role, python | {"why": "His."}, by=role.recruiter, read=mark(python)).apart
    assert must(role)["why"] == "Hers."
    assert (apart.words["why"], apart.criterion_id) == ("His.", python["id"])
    actions.choose(
        partnership_id=parts.partnership_of(role).pk,
        other_id=apart.pk,
        keep="other",
        read=mark(must(role)),
        other_read=mark(apart.words),
        by=role.hiring_manager,
        now=NOW,
    )
    assert must(role)["why"] == "His."


def test_words_of_a_must_have_that_is_gone_come_back_as_one() -> None:
    role = parts.open_role()
    python, place = must(role), parts.partnership_of(role).pk
    actions.take_out_must_have(
        partnership_id=place, criterion_id=python["id"], read=mark(python), by=role.recruiter, now=NOW
    )
    apart = write_must(role, python | {"why": "Hers."}, read=mark(python)).apart
    assert apart.criterion is None
    actions.choose(
        partnership_id=place,
        other_id=apart.pk,
        keep="other",
        read=mark(None),
        other_read=mark(apart.words),
        by=role.hiring_manager,
        now=NOW,
    )
    assert [row["name"] for row in parts.said(role)["must_haves"]] == ["SQL", "Python"]
    assert must(role)["why"] == "Hers."


def test_a_must_have_that_turns_nobody_down_becomes_nice_to_have() -> None:
    role = parts.open_role()
    python = must(role)
    write_must(role, python | {"turn_down": "no"})
    actions.take_out_must_have(
        partnership_id=parts.partnership_of(role).pk,
        criterion_id=python["id"],
        read=mark(must(role)),
        to_nice=True,
        by=role.hiring_manager,
        now=NOW,
    )
    said = parts.said(role)
    assert [row["name"] for row in said["must_haves"]] == ["SQL"]
    assert said["nice_to_haves"] == ["Python"]
    assert MustHave.objects.count() == 0


def test_nobody_takes_out_what_somebody_has_just_written_in() -> None:
    role = parts.open_role()
    python = must(role)
    write_must(role, python | {"why": "Hers."})
    with pytest.raises(Conflict, match="just written in “Python”"):
        actions.take_out_must_have(
            partnership_id=parts.partnership_of(role).pk,
            criterion_id=python["id"],
            read=mark(python),
            by=role.recruiter,
            now=NOW,
        )
    assert must(role)["why"] == "Hers."


def test_a_must_have_is_added_with_its_why_alone() -> None:
    role = parts.open_role()
    place = parts.partnership_of(role).pk
    made = actions.add_must_have(
        partnership_id=place, name="Go", why="We write it.", by=role.hiring_manager, now=NOW
    )
    assert Criterion.objects.get(pk=made).name == "Go"
    with pytest.raises(Invalid, match="Say why it decides"):
        actions.add_must_have(partnership_id=place, name="Rust", why=" ", by=role.recruiter, now=NOW)


# --- At the same moment


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("code", ["sourcing", "why", "nice_to_haves"])
def test_what_many_write_in_one_field_at_once_is_all_kept(code: str) -> None:
    role = parts.open_role()
    lists = code == "nice_to_haves"
    read, people = mark(parts.said(role)[code]), [role.recruiter, role.hiring_manager] * 3
    texts = [f"Text {number}" for number in range(len(people))]
    barrier, wrong = threading.Barrier(len(people)), []

    def one(person: Any, text: str) -> None:
        barrier.wait()
        try:
            write(role, code, [text] if lists else text, by=person, read=read)
        except Exception as error:  # noqa: BLE001 - whatever it was, it lost a text
            wrong.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=pair) for pair in zip(people, texts, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    beside = list(OtherWords.objects.values_list("words", flat=True))
    kept = [parts.said(role)[code], *beside]
    assert sorted(text[0] if lists else text for text in kept) == texts
