"""Recording, adding, answering, support, handing out, and who is named; and what none of it changes."""

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest

from ats.accounts.models import Role
from ats.home.queries.day import day_of
from ats.kernel.errors import ActionError, Missing
from ats.models import Activity, DueTask, OutgoingMail
from partners.commitments.actions import remeasure
from partners.declined import actions, queries
from partners.models import Commitment, DeclinedAddition, DeclinedReader, DeclinedRequest
from partners.partnerships.actions import write_word
from tests import factories as make
from tests.factories import NOW
from tests.partners.declined.helpers import declined, name

pytestmark = pytest.mark.django_db


def said(act: Any) -> tuple[str, str | None]:
    """What was refused, and beside which field."""
    with pytest.raises(ActionError) as refused:
        act()
    return refused.value.message, refused.value.field


def test_what_is_missing_is_said_beside_its_field() -> None:
    by, asker = make.make_user(), make.make_user(Role.MANAGER)
    wrong = {
        "asked": {"asked": " "},
        "subject": {"subject": ""},
        "rule": {"rule": ""},
        "alternative": {"alternative": "\n"},
        "ground": {"ground": "boring"},
        "asked_how": {"asked_how": "telepathy"},
        "asked_at": {"asked_at": NOW + timedelta(hours=1)},
    }

    assert {
        field: said(lambda facts=facts: declined(by, asker, **facts))[1] for field, facts in wrong.items()
    } == {field: field for field in wrong}
    assert DeclinedRequest.objects.count() == 0


def test_who_asked_is_one_person_and_another() -> None:
    by, asker = make.make_user(), make.make_user(Role.MANAGER)
    both = "Choose who asked, or name somebody who has no account here."

    assert said(lambda: declined(by, by)) == ("What one asks oneself is no request to decline.", "asked_by")
    assert said(lambda: declined(by, asker, asked_by_name="Robin Client")) == (both, "asked_by")
    assert said(lambda: declined(by, None, asked_by_name=" ")) == (both, "asked_by")
    assert declined(by, None).asker == "Robin Client"


@pytest.mark.parametrize("role", [Role.MANAGER, Role.INTERVIEWER, Role.STAKEHOLDER])
def test_only_the_recruiting_team_records(role: Role) -> None:
    by = make.make_user(role)
    assert (
        said(lambda: declined(by, make.make_user()))[0]
        == "Declined requests are recorded by the recruiting team."
    )


def test_it_is_about_what_its_recorder_may_see() -> None:
    hidden = make.make_application(requisition=make.make_requisition(confidential=True))
    by, asker = make.make_user(), make.make_user(Role.MANAGER)

    assert said(lambda: declined(by, asker, requisition_id=hidden.requisition_id))[1] == "requisition"
    assert said(lambda: declined(by, asker, application_id=hidden.pk))[1] == "application"


def test_nothing_is_written_that_others_read() -> None:
    role, lead = make.make_requisition(), make.make_user(Role.LEAD)
    record = declined(role.recruiter, role.hiring_manager, requisition_id=role.pk, wants_support=True)
    actions.add(declined_id=record.pk, kind="outcome", text="Dropped it.", by=role.recruiter, now=NOW)
    actions.give_support(declined_id=record.pk, text="We talked.", by=lead, now=NOW)
    actions.hand_out(declined_id=record.pk, by=role.recruiter, now=NOW)

    assert [model.objects.count() for model in (Activity, OutgoingMail, DueTask)] == [0, 0, 0]


def test_the_manager_gets_an_ordinary_answer_that_names_neither_ground_nor_record() -> None:
    role = make.make_requisition(title="Data engineer")
    record = declined(role.recruiter, role.hiring_manager, requisition_id=role.pk)
    text = "Let us look at what each of them has built."

    actions.answer(declined_id=record.pk, text=text, by=role.recruiter, now=NOW)

    mail = OutgoingMail.objects.get()
    greeting, sender = role.hiring_manager.get_short_name(), role.recruiter.name
    assert (mail.to, mail.reply_to) == (role.hiring_manager.email, role.recruiter.email)
    assert (mail.role, mail.subject) == ("partners.word", f"{sender}: Data engineer")
    assert mail.text.strip().split("\n\n")[:3] == [f"Hello {greeting},", text, sender]
    ordinary = {"partners.word", str(role.pk), str(role.organisation_id)}
    assert {mail.role, str(mail.requisition_id), str(mail.organisation_id)} == ordinary
    assert mail.partnership_id is None
    assert "declined" not in mail.idempotency_key
    added = DeclinedAddition.objects.get()
    assert (added.kind, added.text, added.by) == ("answered", text, role.recruiter)


def test_an_answer_from_a_record_is_as_one_without() -> None:
    role = make.make_requisition()
    record = declined(role.recruiter, role.hiring_manager, requisition_id=role.pk)
    actions.answer(declined_id=record.pk, text="Another way.", by=role.recruiter, now=NOW)
    write_word(
        to_id=role.hiring_manager_id, text="Another way.", requisition_id=role.pk, by=role.recruiter, now=NOW
    )

    own = {"id", "created_at", "updated_at", "idempotency_key", "due_at", "uuid"}
    first, second = (
        {name: value for name, value in row.items() if name not in own}
        for row in OutgoingMail.objects.order_by("pk").values()
    )
    assert first == second


def test_others_cannot_add_to_it_and_it_is_not_there_for_them() -> None:
    role, other = make.make_requisition(), make.make_user()
    record = declined(role.recruiter, role.hiring_manager)
    given = {"declined_id": record.pk, "now": NOW}
    for user in (other, role.hiring_manager, make.make_user(Role.ADMIN)):
        for act in (
            lambda user=user: actions.add(kind="note", text="x", by=user, **given),
            lambda user=user: actions.ask_support(text="", by=user, **given),
            lambda user=user: actions.give_support(text="x", by=user, **given),
            lambda user=user: actions.answer(text="x", by=user, **given),
            lambda user=user: actions.hand_out(by=user, **given),
        ):
            with pytest.raises(Missing):
                act()
    assert DeclinedAddition.objects.count() == 0


@pytest.mark.ordinary_day
def test_support_is_a_due_row_of_the_leads_until_somebody_gives_it() -> None:
    role, lead = make.make_requisition(), make.make_user(Role.LEAD)
    record = declined(role.recruiter, role.hiring_manager, requisition_id=role.pk, wants_support=True)
    due = NOW.replace(hour=17, minute=0) + timedelta(days=1)  # the end of the next working day, in UTC

    asked = queries.asked_of(lead)
    rows = support_of(lead)

    assert asked == [queries.Asked(record.pk, role.recruiter, record.subject, due)]
    assert rows == [(role.recruiter, f"/partners/declined/{record.pk}/", due)]
    assert [support_of(user) for user in (role.recruiter, make.make_user(Role.ADMIN))] == [[], []]
    again = lambda: actions.ask_support(declined_id=record.pk, text="", by=role.recruiter, now=NOW)  # noqa: E731
    assert said(again)[0] == "Support is asked for already."
    actions.give_support(declined_id=record.pk, text="We told them together.", by=lead, now=NOW)
    assert (queries.asked_of(lead), support_of(lead)) == ([], [])
    actions.ask_support(declined_id=record.pk, text="", by=role.recruiter, now=NOW + timedelta(minutes=1))
    assert len(support_of(lead)) == 1


def support_of(user: Any) -> list[Any]:
    sections = day_of(user, whole_team=user.oversees, now=NOW).sections
    return [
        (row.who, row.way, row.moment)
        for section in sections
        if section.key == "support"
        for row in section.rows
    ]


def test_where_the_lead_asked_support_is_the_next_in_lines() -> None:
    recruiter, lead, following = make.make_user(), make.make_user(Role.LEAD), make.make_user(Role.ADMIN)
    name(following=(lead, following))
    record = declined(recruiter, lead, wants_support=True)

    assert [len(support_of(user)) for user in (lead, following)] == [0, 1]
    actions.give_support(declined_id=record.pk, text="Done.", by=following, now=NOW)
    assert support_of(following) == []


def test_support_is_not_asked_of_nobody() -> None:
    recruiter, lead = make.make_user(), make.make_user(Role.LEAD)
    words = "Nobody is named who could support you in this. An administrator names who is next in line."

    assert said(lambda: declined(recruiter, lead, wants_support=True)) == (words, "support")


def test_who_recorded_it_gives_no_support_and_answers_alone() -> None:
    role, lead = make.make_requisition(), make.make_user(Role.LEAD)
    record = declined(role.recruiter, role.hiring_manager, wants_support=True)
    given = {"declined_id": record.pk, "text": "x", "now": NOW}

    assert said(lambda: actions.give_support(by=role.recruiter, **given))[0] == "Somebody else gives support."
    assert said(lambda: actions.answer(by=lead, **given))[0] == "Whoever declined gives the answer."
    assert said(lambda: actions.ask_support(by=lead, **given))[0] == "Whoever recorded it asks for support."


def test_it_is_handed_out_whole_and_says_so() -> None:
    application = make.make_application(
        candidate=make.make_candidate(first_name="Robin", last_name="Example")
    )
    role = application.requisition
    record = declined(
        role.recruiter, role.hiring_manager, application_id=application.pk, asked="<b>Nobody over 40</b>"
    )
    actions.add(declined_id=record.pk, kind="outcome", text="Dropped it.", by=role.recruiter, now=NOW)

    archive = zipfile.ZipFile(io.BytesIO(actions.hand_out(declined_id=record.pk, by=role.recruiter, now=NOW)))

    facts = json.loads(archive.read("record.json"))
    page = archive.read("record.html").decode()
    name_, at = role.recruiter.name, NOW.isoformat()
    assert facts == {
        "number": record.pk,
        "recorded_by": name_,
        "recorded_at": at,
        "asked_by": role.hiring_manager.name,
        "asked_at": (NOW - timedelta(hours=2)).isoformat(),
        "asked_how": "In a talk",
        "ground": "Illegal",
        "role": role.title,
        "asked": record.asked,
        "subject": record.subject,
        "rule": record.rule,
        "alternative": record.alternative,
        "candidate_name": "Robin Example",
        "additions": [
            {"what": "What came of it", "text": "Dropped it.", "by": name_, "at": at},
            {"what": "Handed out whole", "text": "", "by": name_, "at": at},
        ],
        "handed_out": {"to": name_, "at": at},
    }
    assert [
        words
        for words in (record.rule, record.alternative, "Robin Example", "Dropped it.")
        if words not in page
    ] == []
    assert "&lt;b&gt;Nobody over 40" in page
    assert list(record.additions.values_list("kind", "by")) == [
        ("outcome", role.recruiter_id),
        ("exported", role.recruiter_id),
    ]


def test_it_changes_no_commitment(role: Any) -> None:
    make.make_user(Role.LEAD)
    columns = [field.name for field in Commitment._meta.fields]
    before = list(Commitment.objects.order_by("pk").values_list(*columns))
    record = declined(role.recruiter, role.hiring_manager, requisition_id=role.pk, wants_support=True)
    actions.answer(declined_id=record.pk, text="Another way.", by=role.recruiter, now=NOW)
    actions.add(declined_id=record.pk, kind="outcome", text="Dropped it.", by=role.recruiter, now=NOW)

    changed = remeasure(partnership=role.partnership, now=NOW)

    assert before
    assert changed == []
    assert list(Commitment.objects.order_by("pk").values_list(*columns)) == before


# --- Who is named


def named(by: Any, *, hr: tuple[Any, ...] = (), following: tuple[Any, ...] = ()) -> None:
    actions.name_readers(
        hr=[user.pk for user in hr], following=[user.pk for user in following], by=by, now=NOW
    )


def test_an_administrator_names_hr_and_the_order_and_it_is_recorded() -> None:
    admin, lead = make.make_user(Role.ADMIN), make.make_user(Role.LEAD)
    hr, first, second = (make.make_user(Role.STAKEHOLDER) for _ in range(3))

    named(admin, hr=(hr,), following=(first, second))
    named(admin, hr=(hr, second), following=(second, first))

    rows = list(DeclinedReader.objects.values_list("part", "position", "user"))
    assert rows == [("hr", 0, hr.pk), ("hr", 1, second.pk), ("next", 0, second.pk), ("next", 1, first.pk)]
    last = Activity.objects.order_by("pk").last()
    assert (last.verb, last.actor_id) == ("declined.readers_named", admin.pk)
    assert last.data == {"hr": f"{hr}, {second}", "following": f"{second}, {first}"}
    assert lead.pk not in {user for *_, user in rows}
    assert (
        said(lambda: named(lead, following=(first,)))[0]
        == "Only administrators say who sees declined requests."
    )


def test_an_order_that_ends_nowhere_is_refused() -> None:
    admin, lead = make.make_user(Role.ADMIN), make.make_user(Role.LEAD, name="Lea Lead")
    hr, last = make.make_user(Role.STAKEHOLDER), make.make_user(Role.STAKEHOLDER)
    words = "The order ends nowhere: what {} asks for would come to nobody. Name somebody else behind them."

    assert said(lambda: named(admin)) == (words.format("Lea Lead"), "following")
    assert said(lambda: named(admin, following=(lead,))) == (words.format("Lea Lead"), "following")
    assert said(lambda: named(admin, hr=(hr,)))[1] == "following"
    named(admin, hr=(hr,), following=(lead, last))
    assert DeclinedReader.objects.count() == 3


def test_nobody_is_named_twice_or_who_has_left() -> None:
    admin = make.make_user(Role.ADMIN)
    one, gone = (
        make.make_user(Role.STAKEHOLDER),
        make.make_user(Role.STAKEHOLDER, is_active=False, name="Gone"),
    )

    assert said(lambda: named(admin, following=(one, one))) == ("Name each person once.", "following")
    assert said(lambda: named(admin, hr=(gone,), following=(one,))) == ("Not here any more: Gone.", "hr")
