"""A check-in from its planning to what comes after it."""

import threading
from datetime import UTC, date, datetime, time, timedelta

import icalendar
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from ats.accounts.models import Role
from ats.activity.models import Activity
from ats.duework import engine
from ats.kernel.errors import Conflict, Invalid, Missing, WrongState
from ats.mail.message import sender
from ats.mail.models import OutgoingMail
from candidates.applications import actions as applications
from candidates.reviews import actions as reviews
from partners.checkins import actions
from partners.models import CheckIn, CheckInAction
from requisitions.roles import actions as roles
from tests import factories as make
from tests.candidates.helpers import at_once
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]
AGENDA_AT = datetime(2026, 11, 30, 9, tzinfo=UTC)
MEETING = datetime(2026, 12, 1, 10, tzinfo=UTC)


def the_one():
    return CheckIn.objects.order_by("-number").first()


def sent(role_of_mail="partners.check_in"):
    return list(OutgoingMail.objects.filter(role=role_of_mail).order_by("pk"))


def event_of(mail):
    (attachment,) = mail.attachments.all()
    calendar = icalendar.Calendar.from_ical(bytes(attachment.content))
    (event,) = calendar.walk("VEVENT")
    return str(calendar["METHOD"]), event


def test_the_first_is_planned_a_week_after_the_opening(role):
    check_in = the_one()
    assert (check_in.number, check_in.state) == (1, "planned")
    assert (check_in.scheduled_at, check_in.agenda_at) == (MEETING, AGENDA_AT)
    assert check_in.skipped_at == datetime(2026, 12, 3, 17, tzinfo=UTC)


def test_a_working_day_before_both_get_the_agenda_with_a_calendar_file(role):
    engine.tick(AGENDA_AT - timedelta(minutes=1))
    assert sent() == []
    engine.tick(AGENDA_AT)
    engine.tick(AGENDA_AT)
    assert [mail.to for mail in sent()] == [role.recruiter.email, role.hiring_manager.email]
    for mail in sent():
        method, event = event_of(mail)
        assert (method, int(event["SEQUENCE"]), str(event["STATUS"])) == ("REQUEST", 0, "CONFIRMED")
        assert str(event["UID"]).startswith(f"check-in-{the_one().uid}-")
        assert event.decoded("DTSTART") == MEETING
        assert event.decoded("DTEND") == MEETING + timedelta(minutes=20)
        assert str(event["ORGANIZER"]) == f"mailto:{role.organisation.reply_to or sender()}"
        assert sorted(map(str, event["ATTENDEE"])) == sorted(
            [f"mailto:{role.recruiter.email}", f"mailto:{role.hiring_manager.email}"]
        )
    assert the_one().state == "ready"


def test_the_agenda_is_true_to_the_facts(role):
    first, second, third = (make.make_application(requisition=role) for _ in range(3))
    slate = reviews.ask(
        application_ids=[first.pk, second.pk], by=role.recruiter, now=NOW + timedelta(hours=1)
    )
    must = role.criteria.get().pk
    reviews.answer(
        review_id=slate.reviews.order_by("pk")[0].pk,
        verdict="yes",
        reason="Seen.",
        criteria={must: {"met": "yes", "text": ""}},
        by=role.hiring_manager,
        now=NOW + timedelta(hours=2),
    )
    interview = make.stage(role, "interview")
    applications.move(
        application_id=first.pk, stage_id=interview.pk, by=role.recruiter, now=NOW + timedelta(hours=3)
    )
    reason = make.make_reason()
    applications.reject(
        application_id=third.pk,
        reason=reason.code,
        by=role.recruiter,
        now=NOW + timedelta(hours=4),
        message=None,
    )
    engine.tick(AGENDA_AT)
    agenda = the_one().agenda
    # The slate of two was due on Thursday; one view is missing. The first slate and the answer were in time.
    assert agenda["sides"]["recruiter"]["counts"] == {
        "kept": 3,
        "late": 0,
        "missed": 1,
        "due": 1,
        "waiting": 0,
    }
    assert agenda["sides"]["manager"]["counts"] == {"kept": 1, "late": 0, "missed": 1, "due": 0, "waiting": 1}
    assert [step["code"] for step in agenda["sides"]["manager"]["next"]] == ["review"]
    assert agenda["sides"]["manager"]["next"][0]["text"] == "Give a view on 1 candidate"
    assert agenda["sides"]["manager"]["next"][0]["late"]
    assert [step["code"] for step in agenda["sides"]["recruiter"]["next"]] == [
        "candidates_told",
        "weekly_update",
        "promises",
    ]
    assert agenda["moved"] == {"application.moved": 1, "application.rejected": 1}
    assert {step["name"]: step["count"] for step in agenda["funnel"]} == {
        "Applied": 1,
        "Manager review": 0,
        "Interview": 1,
        "Offer": 0,
        "Hired": 0,
    }
    # Who waits behind a broken date stands before who is due sooner.
    assert [(row["application"], row["broken"]) for row in agenda["candidates"]] == [
        (second.pk, 1),
        (first.pk, 0),
    ]
    assert str(first.candidate.last_name) not in str(agenda)
    mail = next(mail for mail in sent() if mail.to == role.hiring_manager.email)
    assert "Give a view on 1 candidate, was due Thursday 26 November" in mail.text
    assert "Recruiter: 3 kept, 1 missed" in mail.text


def test_held_plans_the_next_and_skipped_shows(role):
    engine.tick(AGENDA_AT)
    check_in = the_one()
    actions.hold(check_in_id=check_in.pk, by=role.hiring_manager, now=MEETING, notes="Went well.")
    check_in.refresh_from_db()
    assert (check_in.state, check_in.held_at, check_in.notes) == ("held", MEETING, "Went well.")
    following = the_one()
    assert (following.number, following.scheduled_at) == (2, MEETING + timedelta(days=7))
    with pytest.raises(WrongState):
        actions.hold(check_in_id=check_in.pk, by=role.recruiter, now=MEETING)
    engine.tick(following.agenda_at)
    engine.tick(following.skipped_at)
    following.refresh_from_db()
    assert following.state == "skipped"
    assert (the_one().number, the_one().state) == (3, "planned")


def test_a_month_of_silence_leaves_one_ahead(role):
    engine.tick(NOW + timedelta(days=30))
    assert [check_in.state for check_in in CheckIn.objects.order_by("number")] == ["skipped", "planned"]
    assert the_one().scheduled_at > NOW + timedelta(days=30)


def test_moving_it_updates_the_same_event(role):
    engine.tick(AGENDA_AT)
    check_in = the_one()
    later = MEETING + timedelta(hours=3)
    actions.reschedule(check_in_id=check_in.pk, at=later, by=role.recruiter, now=AGENDA_AT)
    check_in.refresh_from_db()
    assert (check_in.state, check_in.sequence, check_in.scheduled_at) == ("ready", 1, later)
    moved = sent("partners.check_in_moved")
    for mail, before in zip(moved, sent(), strict=True):
        method, event = event_of(mail)
        assert (method, int(event["SEQUENCE"]), event.decoded("DTSTART")) == ("REQUEST", 1, later)
        assert (mail.to, str(event["UID"])) == (before.to, str(event_of(before)[1]["UID"]))
    far = MEETING + timedelta(days=6)
    actions.reschedule(check_in_id=check_in.pk, at=far, by=role.recruiter, now=AGENDA_AT)
    check_in.refresh_from_db()
    assert (check_in.state, check_in.sequence) == ("planned", 2)
    engine.tick(check_in.agenda_at)
    check_in.refresh_from_db()
    assert (check_in.state, check_in.sequence) == ("ready", 3)
    assert int(event_of(sent()[-1])[1]["SEQUENCE"]) == 3


def test_before_the_invitation_a_move_tells_nobody(role):
    actions.reschedule(check_in_id=the_one().pk, at=MEETING + timedelta(days=1), by=role.recruiter, now=NOW)
    assert sent("partners.check_in_moved") == []
    assert the_one().sequence == 0
    with pytest.raises(Invalid):
        actions.reschedule(check_in_id=the_one().pk, at=NOW, by=role.recruiter, now=NOW)


def test_a_role_on_hold_or_ended_takes_it_off_the_calendar(role):
    engine.tick(AGENDA_AT)
    roles.hold(requisition_id=role.pk, reason="Budget", by=role.recruiter, now=AGENDA_AT)
    assert the_one().state == "cancelled"
    cancelled = sent("partners.check_in_cancelled")
    assert sorted(mail.to for mail in cancelled) == sorted([role.recruiter.email, role.hiring_manager.email])
    method, event = event_of(cancelled[0])
    assert (method, int(event["SEQUENCE"]), str(event["STATUS"])) == ("CANCEL", 1, "CANCELLED")
    assert "the role is on hold" in cancelled[0].text
    roles.resume(requisition_id=role.pk, by=role.recruiter, now=AGENDA_AT + timedelta(days=2))
    assert (the_one().number, the_one().state) == (2, "planned")
    roles.end(
        requisition_id=role.pk,
        new_state="cancelled",
        reason="Budget",
        by=role.recruiter,
        now=AGENDA_AT + timedelta(3),
    )
    assert the_one().state == "cancelled"
    assert len(sent("partners.check_in_cancelled")) == 2  # nobody was invited to the second


def test_a_new_manager_is_invited_and_the_former_one_is_not_kept_waiting(role):
    engine.tick(AGENDA_AT)
    former, successor = role.hiring_manager, make.make_user(Role.MANAGER)
    roles.change_requisition(
        requisition_id=role.pk, by=role.recruiter, now=AGENDA_AT, hiring_manager=successor
    )
    (cancelled,) = sent("partners.check_in_cancelled")
    assert cancelled.to == former.email
    assert event_of(cancelled)[0] == "CANCEL"
    assert sent()[-1].to == successor.email
    assert int(event_of(sent()[-1])[1]["SEQUENCE"]) == 1


def test_notes_of_two_people_are_never_lost(role):
    check_in = the_one()

    def save(text, version, by):
        return actions.save_notes(check_in_id=check_in.pk, text=text, version=version, by=by, now=NOW)

    assert save("Ours.", 0, role.recruiter).notes_version == 1
    with pytest.raises(Conflict):
        save("Mine.", 0, role.hiring_manager)
    assert save("Ours.", 0, role.hiring_manager).notes_version == 1  # the same words are no conflict
    assert save("Ours and mine.", 1, role.hiring_manager).notes_version == 2
    assert the_one().notes == "Ours and mine."


def test_what_is_agreed_has_an_owner_a_side_and_a_day(role):
    action = actions.agree_action(
        check_in_id=the_one().pk,
        owner_id=role.hiring_manager.pk,
        text=" Ask the team about nights ",
        due_on=date(2026, 11, 27),
        by=role.recruiter,
        now=NOW,
    )
    assert (action.side, action.owner, action.text) == (
        "manager",
        role.hiring_manager,
        "Ask the team about nights",
    )
    for wrong, field in (
        ({"text": " "}, "text"),
        ({"due_on": date(2026, 11, 23)}, "due_on"),
        ({"owner_id": make.make_user(Role.MANAGER).pk}, "owner"),
    ):
        given = {"owner_id": role.recruiter.pk, "text": "Something", "due_on": date(2026, 11, 27)} | wrong
        with pytest.raises(Invalid) as refusal:
            actions.agree_action(check_in_id=the_one().pk, by=role.recruiter, now=NOW, **given)
        assert refusal.value.field == field
    actions.set_action_done(action_id=action.pk, done=True, by=role.recruiter, now=NOW)
    assert CheckInAction.objects.get().done_at == NOW
    actions.set_action_done(action_id=action.pk, done=False, by=role.recruiter, now=NOW)
    assert CheckInAction.objects.get().done_at is None
    assert list(
        Activity.objects.filter(verb__startswith="checkin.action")
        .order_by("id")
        .values_list("verb", flat=True)
    ) == ["checkin.action_agreed", "checkin.action_done", "checkin.action_reopened"]


@pytest.mark.parametrize("who", ["stranger", "admin", "interviewer"])
def test_only_the_partners_take_part(role, who):
    people = {
        "stranger": make.make_user(Role.MANAGER),
        "admin": make.make_user(Role.ADMIN),
        "interviewer": make.make_user(Role.INTERVIEWER),
    }
    make.add_member(role, people["interviewer"], "interviewer")
    with pytest.raises(Missing):
        actions.hold(check_in_id=the_one().pk, by=people[who], now=NOW)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_ticks_send_one_agenda(role):
    start = threading.Barrier(2)

    def run():
        start.wait()
        engine.lanes()["check-ins"].run(AGENDA_AT)
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sent()) == 2
    assert the_one().state == "ready"


def test_the_partners_choose_when_they_meet(role):
    manager, recruiter = role.hiring_manager, role.recruiter

    def choose(**facts):
        facts = {"weeks": 2, "weekday": 3, "at": time(15, 30), "by": manager, "now": NOW} | facts
        return actions.change_rhythm(partnership_id=role.partnership.pk, **facts)

    for wrong in ({"weeks": 9}, {"weekday": 6}):
        with pytest.raises(Invalid):
            choose(**wrong)
    with pytest.raises(Missing):
        choose(by=make.make_user(Role.LEAD))
    choose()
    choose()  # the same again is nothing new

    thursday = datetime(2026, 11, 26, 15, 30, tzinfo=UTC)
    assert the_one().scheduled_at == thursday
    assert [(mail.to, mail.subject) for mail in sent("partners.check_in_rhythm")] == [
        (recruiter.email, f"Check-ins on {role.title}: every 2 weeks on Thursday at 15:30")
    ]
    assert Activity.objects.filter(verb="checkin.rhythm_changed").count() == 1
    # Christmas Eve is a day off here: that one moves to the next working day, and those after it do not.
    role.organisation.calendar.holidays.create(date=date(2026, 12, 24), name="Christmas Eve")
    planned = []
    for _ in range(3):
        now = the_one().scheduled_at + timedelta(minutes=30)
        actions.hold(check_in_id=the_one().pk, by=recruiter, now=now)
        planned.append(the_one().scheduled_at.date())
    assert planned == [date(2026, 12, 10), date(2026, 12, 25), date(2027, 1, 7)]


def test_the_page_of_the_rhythm(client, role):
    address = f"/partners/{role.partnership.pk}/rhythm/"
    client.force_login(role.recruiter)

    assert client.get(address).context["form"].initial == {"weeks": 1, "weekday": 1, "at": time(10)}
    refused = client.post(address, {"weeks": 1, "weekday": 6, "at": "10:00"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["weekday"])
    client.post(address, {"weeks": 1, "weekday": 0, "at": "09:30"})

    page = client.get(f"/partners/{role.partnership.pk}/").content.decode()
    assert "Every week on Monday at 09:30." in page
    client.force_login(make.make_user(Role.LEAD))
    assert client.get(address).status_code == 404


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_ten_times_held_is_held_once(role):
    clients = [Client(raise_request_exception=False) for _ in range(10)]
    for client in clients:
        client.force_login(role.recruiter)
    address = reverse("check_in_held", args=[the_one().pk])
    answers = at_once(*(lambda client=client: client.post(address) for client in clients))
    assert {(answer.status_code, answer["Location"]) for answer in answers} == {
        (302, address.removesuffix("held/"))
    }
    assert Activity.objects.filter(verb="checkin.held").count() == 1
    assert sorted(CheckIn.objects.values_list("number", "state")) == [(1, "held"), (2, "planned")]
