"""Each organisation names who signs; a settled brief asks them, and a change asks only those whom it touches."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from ats.accounts.actions.deactivate import deactivate
from ats.accounts.models import Role
from ats.accounts.queries.succession import held_by
from ats.activity.models import Activity
from ats.duework import engine
from ats.kernel.errors import Conflict, Invalid, Missing, NotAllowed, WrongState
from ats.kernel.lawful import Unlawful
from ats.mail.models import OutgoingMail
from partners.alignment import actions
from partners.models import Signature, Signer
from requisitions.roles import actions as roles
from tests import factories as make
from tests.factories import NOW
from tests.partners.alignment import parts
from tests.partners.intake import parts as intake

pytestmark = pytest.mark.django_db


@pytest.fixture
def comp() -> Any:
    return make.make_user(Role.STAKEHOLDER, name="Carla Comp")


@pytest.fixture
def hr() -> Any:
    return make.make_user(Role.STAKEHOLDER, name="Hanna Human")


@pytest.fixture
def role(comp: Any, hr: Any) -> Any:
    role = parts.open_role()
    parts.name(role, compensation=comp, hr=hr)
    parts.settled(role)
    return role


def standing(role: Any) -> dict[str, str]:
    """Of the newest version, by function, what it says."""
    version = role.partnership.brief_versions.order_by("-number")[0]
    return {row.function: row.state for row in version.signatures.all()}


def letters(role_name: str = "partners.sign_brief") -> list[str]:
    return list(OutgoingMail.objects.filter(role=role_name).order_by("pk").values_list("to", flat=True))


@pytest.mark.ordinary_day
def test_a_settled_brief_asks_those_who_are_named_and_nobody_else(role, comp, hr):
    assert standing(role) == {"compensation": "open", "hr": "open"}
    assert sorted(letters()) == sorted([comp.email, hr.email])
    row = parts.signature(role, "compensation")
    assert (row.person, row.changed, row.asked_at) == (comp, [], NOW)
    assert row.due_at == row.remind_at == NOW.replace(hour=17) + timedelta(days=3)


def test_without_named_functions_nobody_is_asked():
    role = parts.open_role()
    parts.settled(role)
    assert standing(role) == {}


@pytest.mark.parametrize(("verdict", "words"), [("yes", ""), ("concern", "It is low."), ("no", "Too low.")])
def test_they_say_yes_yes_with_a_concern_or_no(role, comp, verdict, words):
    row = parts.sign(parts.signature(role, "compensation"), verdict, words)
    assert (row.state, row.words, row.signed_at, row.remind_at) == (verdict, words, NOW, None)
    activity = Activity.objects.get(verb="signature.given")
    assert activity.data["function"] == "Compensation"
    assert activity.data["verdict"] == verdict
    told = sorted([role.recruiter.email, role.hiring_manager.email]) if words else []
    assert sorted(letters("partners.brief_signed")) == told


@pytest.mark.parametrize("verdict", ["concern", "no"])
def test_a_concern_and_a_no_say_why(role, verdict):
    with pytest.raises(Invalid) as refused:
        parts.sign(parts.signature(role, "compensation"), verdict, "  ")
    assert refused.value.field == "words"


def test_what_is_unlawful_is_no_reason(role):
    with pytest.raises(Unlawful):
        parts.sign(parts.signature(role, "hr"), "no", "We need somebody younger, she is too old.")


@pytest.mark.parametrize("verdict", ["open", "void", "maybe", ""])
def test_nothing_else_is_said(role, verdict):
    with pytest.raises(Invalid):
        parts.sign(parts.signature(role, "hr"), verdict)


def test_the_same_word_twice_is_one_and_another_one_counts_from_then(role):
    row = parts.signature(role, "compensation")
    parts.sign(row, "no", "Too low.")
    parts.sign(row, "no", "Too low.")
    assert Activity.objects.filter(verb="signature.given").count() == 1
    assert parts.sign(row, "yes").state == "yes"
    assert Activity.objects.filter(verb="signature.given").count() == 2


@pytest.mark.parametrize("who", ["recruiter", "hiring_manager", "lead", "hr"])
def test_nobody_signs_for_somebody_else(role, hr, who):
    by = {"lead": make.make_user(Role.LEAD), "hr": hr}.get(who) or getattr(role, who)
    with pytest.raises(Missing):
        parts.sign(parts.signature(role, "compensation"), by=by)


def test_a_change_asks_only_those_whom_it_touches_and_says_what_is_new(role, comp, hr):
    parts.sign(parts.signature(role, "compensation"), "concern", "It is low.")
    parts.sign(parts.signature(role, "hr"))
    before = letters()
    parts.write(role, talent_bar="A")
    intake.settle(role)

    assert standing(role) == {"compensation": "open", "hr": "yes"}
    asked, kept = parts.signature(role, "compensation"), parts.signature(role, "hr")
    assert asked.changed == ["talent_bar"]
    assert (kept.carried_from.version.number, kept.signed_at, kept.person) == (1, NOW, hr)
    assert letters()[len(before) :] == [comp.email]
    newest = OutgoingMail.objects.filter(role="partners.sign_brief").order_by("-pk")[0]
    assert "New since you signed: talent bar." in newest.text


def test_what_is_new_is_counted_from_what_they_signed_and_not_from_the_version_between(role):
    parts.sign(parts.signature(role, "compensation"))
    parts.write(role, talent_bar="A")
    intake.settle(role)
    parts.change(role, outcomes="Python in the morning.")
    intake.settle(role)
    row = parts.signature(role, "compensation")
    assert (row.version.number, row.state, row.changed) == (3, "open", ["talent_bar"])


def test_what_was_taken_back_asks_nobody_again(role):
    parts.sign(parts.signature(role, "compensation"))
    parts.write(role, talent_bar="A")
    intake.settle(role)
    parts.write(role, talent_bar="")
    intake.settle(role)
    assert standing(role) == {"compensation": "yes", "hr": "open"}


def taken_back(role: Any) -> list[tuple[str, int, str, int | None]]:
    rows = Activity.objects.filter(verb="signature.voided", partnership_id=role.partnership.pk).order_by("id")
    return list(rows.values_list("data__function", "data__version", "data__why", "actor_id"))


def test_that_somebody_is_not_asked_any_more_is_on_record(role, comp, hr):
    parts.sign(parts.signature(role, "hr"))
    parts.write(role, talent_bar="A")
    intake.settle(role)
    ((function, version, why, _),) = taken_back(role)
    assert (function, version, why) == ("Compensation", 1, "version 2 counts now")
    admin = parts.name(role, hr=hr)  # and nobody for compensation
    assert taken_back(role)[1:] == [("Compensation", 2, "nobody signs for it any more", admin.pk)]
    assert Activity.objects.filter(verb="signature.voided").first().data["person"] == str(comp)
    assert standing(role) == {"compensation": "void", "hr": "yes"}


def test_the_end_of_a_role_takes_back_what_is_asked_on_record(role):
    roles.end(requisition_id=role.pk, new_state="cancelled", reason="Budget", by=role.recruiter, now=NOW)
    assert taken_back(role) == [
        ("Compensation", 1, "the role has ended", None),
        ("HR", 1, "the role has ended", None),
    ]


def test_an_old_version_is_not_signed_and_it_is_said_which_counts(role, comp):
    old = parts.signature(role, "compensation")
    parts.write(role, talent_bar="A")
    intake.settle(role)
    with pytest.raises(Conflict, match="version 2 is the one that counts"):
        parts.sign(old)
    old.refresh_from_db()
    assert old.state == "void"
    assert parts.sign(parts.signature(role, "compensation")).version.number == 2


def test_a_role_that_has_ended_is_not_signed(role):
    row = parts.signature(role, "compensation")
    roles.end(requisition_id=role.pk, new_state="closed", reason="No budget", by=role.recruiter, now=NOW)
    with pytest.raises(WrongState, match="has ended"):
        parts.sign(row)


@pytest.mark.ordinary_day
def test_who_has_not_signed_in_time_is_reminded_twice(role, comp, hr):
    parts.sign(parts.signature(role, "hr"))
    sent = []
    for days in (2, 4, 5, 9, 10, 20, 40):
        before = len(letters())
        engine.lanes()["alignment-reminders"].run(NOW + timedelta(days=days))
        sent.append(letters()[before:])
    assert sent == [[], [comp.email], [], [], [comp.email], [], []]


def test_somebody_else_who_is_named_is_asked_instead(role, comp, hr):
    admin, cora = make.make_user(Role.ADMIN), make.make_user(Role.STAKEHOLDER, name="Cora Comp")
    people = {"compensation": cora.pk, "hr": hr.pk}
    later = NOW + timedelta(days=1)
    actions.name_signers(
        organisation_id=role.organisation_id, people=people, waits=False, by=admin, now=later, **parts.WAITS
    )
    row = parts.signature(role, "compensation")
    assert (row.person, row.asked_at, row.state) == (cora, later, "open")
    with pytest.raises(Missing):
        parts.sign(row, by=comp)
    assert parts.sign(row, by=cora).state == "yes"


def test_a_function_that_nobody_signs_for_is_not_asked_any_more(role, comp, hr):
    parts.name(role, hr=hr)
    assert standing(role) == {"compensation": "void", "hr": "open"}
    assert list(Signer.objects.values_list("function", flat=True)) == ["hr"]


def test_who_loses_their_access_leaves_nobody_in_silence(role, comp):
    admin = make.make_user(Role.ADMIN)
    assert [(one.what, one.goes) for one in held_by(comp)] == [
        (
            f"the signature for Compensation at {role.organisation}",
            "to nobody, until an administrator names somebody",
        )
    ]
    deactivate(user_id=comp.pk, by=admin, now=NOW)
    before = len(letters())
    engine.lanes()["alignment-reminders"].run(NOW + timedelta(days=5))
    assert comp.email not in letters()[before:]
    row = parts.signature(role, "compensation")
    assert (row.state, row.person) == ("open", comp)
    parts.write(role, talent_bar="A")
    intake.settle(role)  # asked in vain, and seen to be
    assert parts.signature(role, "compensation").person == comp
    assert letters().count(comp.email) == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"sign_days": 0}, "sign_days"),
        ({"decide_days": 31}, "decide_days"),
        ({"people": {"hr": 7_654_321}}, "hr"),
    ],
)
def test_who_signs_is_named_sensibly(given, field):
    role, admin = parts.open_role(), make.make_user(Role.ADMIN)
    facts = {"people": {}, "waits": False, **parts.WAITS} | given
    with pytest.raises(Invalid) as refused:
        actions.name_signers(organisation_id=role.organisation_id, by=admin, now=NOW, **facts)
    assert refused.value.field == field


@pytest.mark.parametrize("who", [Role.LEAD, Role.RECRUITER, Role.MANAGER])
def test_only_administrators_name_who_signs(who):
    role = parts.open_role()
    with pytest.raises(NotAllowed):
        actions.name_signers(
            organisation_id=role.organisation_id,
            people={},
            waits=False,
            by=make.make_user(who),
            now=NOW,
            **parts.WAITS,
        )


def test_who_has_left_is_not_named_anew():
    role, gone = parts.open_role(), make.make_user(Role.STAKEHOLDER, is_active=False)
    with pytest.raises(Invalid, match="signs in here"):
        parts.name(role, sales=gone)


def test_a_role_that_is_taken_up_again_asks_again(role, hr):
    parts.sign(parts.signature(role, "hr"))
    partnership = role.partnership
    actions.stop(partnership_id=partnership.pk, now=NOW)
    assert standing(role) == {"compensation": "void", "hr": "yes"}
    actions.resume(partnership_id=partnership.pk, now=NOW)
    assert standing(role) == {"compensation": "open", "hr": "yes"}


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_who_sign_at_once_both_have_signed(role, comp, hr):
    barrier, told = threading.Barrier(2), []

    def one(function: str) -> None:
        row = parts.signature(role, function)
        barrier.wait()
        try:
            told.append(parts.sign(row).state)
        finally:
            connection.close()

    threads = [threading.Thread(target=one, args=(each,)) for each in ("compensation", "hr")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == ["yes", "yes"]
    assert set(Signature.objects.values_list("state", flat=True)) == {"yes"}
