"""From the yes to the first day; and when they do not come after all."""

from datetime import UTC, date, datetime

import pytest
from django.utils.formats import date_format

from ats.kernel.errors import Invalid, Missing, WrongState
from ats.kernel.spreadsheets import harmless
from candidates.applications.actions import hire, sweep, undo_decision
from candidates.hires import actions, views
from candidates.models import Application, FollowUp, HireRecord
from partners.models import CheckIn, Partnership
from partners.partnerships.actions import begin
from requisitions.models import Requisition
from tests.candidates.helpers import days, hours, mails, run_lane
from tests.candidates.offers.conftest import sent
from tests.candidates.offers.test_answering import accept
from tests.factories import NOW, make_application, make_requisition

pytestmark = pytest.mark.ordinary_day


@pytest.fixture
def application(db) -> Application:
    return make_application(stage_kind="offer", requisition=make_requisition(openings=1))


def waiting(application: Application) -> list[str]:
    rows = FollowUp.objects.filter(application=application, state="waiting").exclude(step="survey")
    return list(rows.order_by("due_at").values_list("step", flat=True))


def test_the_way_to_the_first_day(application):
    offer = accept(sent(application))
    record = HireRecord.objects.get()
    assert (record.state, record.offer, record.starts_on) == ("expected", offer, date(2027, 3, 1))
    assert (record.facts["pay"], record.facts["starts_on"], record.facts["opening"]) == (
        "70000.00", "2027-03-01", 1,
    )  # fmt: skip
    assert waiting(application) == ["week_before", "day_before"]
    run_lane("tasks", datetime(2027, 2, 24, 12, tzinfo=UTC))
    run_lane("follow-ups", datetime(2027, 2, 24, 12, tzinfo=UTC))
    assert "first day is Monday 1 March" in mails("hire.week_before")[0].subject
    assert len(mails("hire.check")) == 1
    run_lane("follow-ups", datetime(2027, 2, 28, 12, tzinfo=UTC))
    assert "Monday 1 March" in mails("hire.day_before")[0].text
    run_lane("tasks", datetime(2027, 3, 1, 9, 30, tzinfo=UTC))
    record.refresh_from_db()
    assert record.state == "started"


def test_undone_before_they_were_told(application):
    by = application.requisition.recruiter
    hire(application_id=application.pk, by=by, now=NOW, starts_on=date(2027, 3, 1))
    assert waiting(application) == ["decision", "week_before", "day_before"]
    undo_decision(application_id=application.pk, by=by, now=hours(0.1))
    record = HireRecord.objects.get()
    assert (record.state, record.offer, waiting(application)) == ("undone", None, [])
    hire(application_id=application.pk, by=by, now=hours(1))
    assert HireRecord.objects.filter(state="expected").count() == 1
    assert waiting(application) == ["decision"]  # without a day there is nothing to count down to


def test_undone_although_the_first_day_has_come(application):
    by = application.requisition.recruiter
    hire(application_id=application.pk, by=by, now=NOW, starts_on=NOW.date())
    run_lane("tasks", hours(0.05))
    assert HireRecord.objects.get().state == "started"
    undo_decision(application_id=application.pk, by=by, now=hours(0.1))
    assert HireRecord.objects.get().state == "undone"


def test_who_does_not_come_leaves_a_free_seat_and_a_role_that_is_open_again(application):
    requisition = application.requisition
    by = requisition.recruiter
    begin(requisition=requisition, now=NOW)
    offer = accept(sent(application))
    sweep(
        requisition_id=requisition.pk,
        reason="position-filled",
        message=("Filled", "It is filled."),
        by=by,
        now=hours(4),
        new_state="filled",
        end_reason="Filled",
    )
    record = HireRecord.objects.get()
    with pytest.raises(Invalid, match="what you know"):
        actions.not_coming(hire_id=record.pk, reason=" ", by=by, now=hours(5))
    with pytest.raises(Missing):
        actions.not_coming(hire_id=record.pk, reason="x", by=requisition.hiring_manager, now=hours(5))
    actions.not_coming(hire_id=record.pk, reason="They stay where they are.", by=by, now=hours(5))
    application.refresh_from_db()
    offer.refresh_from_db()
    offer.opening.refresh_from_db()
    record.refresh_from_db()
    assert (application.state, application.opening, application.reason.code) == (
        "withdrawn",
        None,
        "withdrew",
    )
    assert (offer.state, offer.opening.state, record.state) == ("reneged", "open", "reneged")
    assert waiting(application) == []
    assert Requisition.objects.get(pk=requisition.pk).state == "open"
    assert Partnership.objects.get(requisition=requisition).state == "active"
    [check_in] = CheckIn.objects.exclude(state="cancelled")
    assert (check_in.state, check_in.scheduled_at > hours(5)) == ("planned", True)
    [told] = mails("hire.not_coming")
    assert told.to == requisition.hiring_manager.email
    with pytest.raises(WrongState):
        actions.not_coming(hire_id=record.pk, reason="Again", by=by, now=hours(6))
    other = make_application(requisition=requisition, stage_kind="offer")
    assert accept(sent(other)).state == "accepted"


def test_who_was_hired_without_an_offer_and_does_not_come(application):
    by = application.requisition.recruiter
    hire(application_id=application.pk, by=by, now=NOW, starts_on=date(2027, 3, 1))
    record = HireRecord.objects.get()
    actions.not_coming(hire_id=record.pk, reason="Another place.", by=by, now=hours(48))
    application.refresh_from_db()
    record.refresh_from_db()
    assert (application.state, record.state, record.offer) == ("withdrawn", "reneged", None)
    assert (application.requisition.openings.get().state, waiting(application)) == ("open", [])


def test_another_first_day_is_told_and_all_follows_it(application):
    by = application.requisition.recruiter
    accept(sent(application))
    record = HireRecord.objects.get()
    actions.note_export(hires=[record], by=by, now=hours(4))
    for day, message in (
        (date(2026, 11, 1), "lies in the past"),
        (date(2027, 3, 1), "first day already"),
        (date(9999, 12, 31), "as far away"),
    ):
        with pytest.raises(Invalid, match=message):
            actions.set_first_day(hire_id=record.pk, starts_on=day, by=by, now=hours(5))
    for day in (date(2027, 4, 1), date(2027, 3, 1), date(2027, 4, 1)):
        actions.set_first_day(hire_id=record.pk, starts_on=day, by=by, now=hours(5 + day.month))
    with pytest.raises(Missing):
        actions.set_first_day(
            hire_id=record.pk, starts_on=date(2027, 5, 1), by=application.requisition.hiring_manager, now=NOW
        )
    application.refresh_from_db()
    record.refresh_from_db()
    assert (application.starts_on, record.starts_on, record.facts["starts_on"], record.exported_at) == (
        date(2027, 4, 1), date(2027, 4, 1), "2027-04-01", None,
    )  # fmt: skip
    assert waiting(application) == ["week_before", "day_before"]
    assert mails("hire.first_day")[0].subject == "Your first day: Thursday 1 April 2027"
    run_lane("tasks", datetime(2027, 3, 1, 9, 30, tzinfo=UTC))
    record.refresh_from_db()
    assert record.state == "expected"
    run_lane("tasks", datetime(2027, 4, 1, 9, 30, tzinfo=UTC))
    record.refresh_from_db()
    assert record.state == "started"


@pytest.mark.parametrize(
    "sign",
    [
        "=",
        "+",
        "-",
        "@",
        "\t=",
        " \u00a0=",
        "\u200b=",
        "\u2060=",
        "\u00ad\u202e@",
        "\u3000=",
        "\uff1d",
        "\uff20",
    ],
)
def test_a_spreadsheet_reckons_nothing_that_somebody_typed(sign):
    assert harmless(f"{sign}HYPERLINK(1)") == f"'{sign}HYPERLINK(1)"
    assert harmless(f"Robin{sign}") == f"Robin{sign}"


@pytest.mark.django_db
def test_the_list_comes_in_pages_and_counts_who_is_new_on_all_of_them(client, monkeypatch):
    monkeypatch.setattr(views, "ON_A_PAGE", 1)
    role = make_requisition(openings=2)
    for day in (1, 2):
        one = make_application(stage_kind="offer", requisition=role)
        hire(application_id=one.pk, by=role.recruiter, now=NOW, starts_on=date(2027, 3, day))
    client.force_login(role.recruiter)
    page = client.get("/hires/?page=2")
    assert [str(record.starts_on) for record in page.context["hires"]] == ["2027-03-01"]
    assert "2 hires have not been handed to" in page.content.decode()


def test_another_first_day_brings_another_look_at_whether_all_is_ready(application):
    """What was ready for one day is not ready for the other; and a near one is asked about at once."""
    first, second, near = days(90), days(130), days(127)
    offer = accept(sent(application, starts_on=first.date()))
    record = HireRecord.objects.get()
    run_lane("tasks", days(85))
    actions.set_first_day(hire_id=record.pk, starts_on=second.date(), by=offer.made_by, now=days(85.1))
    run_lane("tasks", days(125))
    name = application.candidate.name
    assert [mail.subject.partition(":")[0] for mail in mails("hire.check")] == [
        f"{name} starts on {date_format(day, 'l j F')}" for day in (first, second)
    ]
    actions.set_first_day(hire_id=record.pk, starts_on=near.date(), by=offer.made_by, now=days(125.1))
    run_lane("tasks", days(125.1))
    assert len(mails("hire.check")) == 3
