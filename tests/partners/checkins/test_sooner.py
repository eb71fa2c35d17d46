"""Partners meet sooner when something has happened: by figures, in nobody's name, and once for each occasion."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ats.accounts.models import Role
from ats.activity.models import Activity
from ats.duework import engine
from ats.duework.models import DueTask
from ats.mail.models import OutgoingMail
from candidates.offers.actions import answer
from partners.checkins import actions
from partners.checkins.queries import check_in_page
from partners.models import CheckIn, CheckInReason, Commitment
from partners.partnerships.actions import rules_of, set_rules
from partners.partnerships.domain.house import HouseTerms
from requisitions.roles import actions as roles
from tests import factories as make
from tests.candidates.offers.conftest import sent as sent_offer
from tests.factories import NOW
from tests.partners.checkins.test_check_ins import event_of, sent, the_one

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]
MEETING = datetime(2026, 12, 1, 10, tzinfo=UTC)
WEDNESDAY = datetime(2026, 11, 25, 9, tzinfo=UTC)
FRIDAY = datetime(2026, 11, 27, 10, tzinfo=UTC)
BOTH_MISSED = (
    "2 commitments were missed since the last check-in: 1 of the recruiter, 1 of the hiring manager."
)


def missed(role, *sides, at=NOW + timedelta(hours=1)):
    for place, side in enumerate(sides):
        Commitment.objects.create(
            partnership=role.partnership,
            key=f"made-up:{side}:{place}:{at.isoformat()}",
            kind="first_slate" if side == "recruiter" else "intake",
            side=side,
            state="missed",
            started_at=NOW,
            started_by=1,
            due_at=at,
            until_at=at,
        )


def look(role, now=WEDNESDAY):
    return actions.look(partnership_id=role.partnership.pk, now=now)


def said():
    return list(CheckInReason.objects.order_by("pk").values_list("code", "said", "check_in__number"))


def test_two_missed_bring_it_forward_and_both_are_told_why(role):
    missed(role, "recruiter")
    assert look(role) is None
    missed(role, "manager")
    look(role)
    check_in = the_one()
    assert (check_in.number, check_in.state, check_in.scheduled_at, check_in.rhythm_at) == (
        1,
        "planned",
        FRIDAY,
        MEETING,
    )
    assert said() == [("missed", BOTH_MISSED, 1)]
    mails = sent("partners.check_in_raised")
    assert [mail.to for mail in mails] == [role.recruiter.email, role.hiring_manager.email]
    assert all(f"- {BOTH_MISSED}" in mail.text for mail in mails)
    method, event = event_of(mails[0])
    assert (method, int(event["SEQUENCE"]), event.decoded("DTSTART")) == ("REQUEST", 0, FRIDAY)
    raised = Activity.objects.get(verb="checkin.raised")
    assert (raised.actor_id, raised.data["why"]) == (None, BOTH_MISSED)


def test_the_agenda_says_why_and_its_file_is_newer_than_the_proposal(role):
    missed(role, "recruiter", "manager")
    look(role)
    engine.tick(the_one().agenda_at)
    check_in = the_one()
    assert check_in.agenda["because"] == [BOTH_MISSED]
    (first, _) = sent()
    assert f"What there is to speak about:\n\n- {BOTH_MISSED}" in first.text
    assert int(event_of(first)[1]["SEQUENCE"]) == 1


def test_never_two_for_the_same_reason(role):
    missed(role, "recruiter", "manager")
    look(role)
    missed(role, "manager", at=NOW + timedelta(hours=2))
    assert look(role, WEDNESDAY + timedelta(hours=3)) is None
    assert look(role, WEDNESDAY + timedelta(days=1)) is None
    assert (len(said()), the_one().scheduled_at) == (1, FRIDAY)


def test_none_where_one_is_near_but_it_speaks_about_it(role):
    missed(role, "recruiter", "manager")
    monday = datetime(2026, 11, 30, 8, tzinfo=UTC)
    look(role, monday)
    assert (the_one().scheduled_at, the_one().rhythm_at) == (MEETING, None)
    assert sent("partners.check_in_raised") == []
    engine.tick(the_one().agenda_at)
    assert the_one().agenda["because"][0].startswith("2 commitments were missed")


def test_after_it_the_rhythm_goes_on_where_it_was(role):
    missed(role, "recruiter", "manager")
    look(role)
    actions.hold(check_in_id=the_one().pk, by=role.recruiter, now=FRIDAY)
    # Four of the seven days are left until Tuesday.
    assert [row.scheduled_at for row in CheckIn.objects.order_by("number")] == [FRIDAY, MEETING]


def test_the_one_of_the_rhythm_falls_away_where_it_would_follow_at_once(role):
    missed(role, "recruiter", "manager")
    look(role)
    actions.hold(check_in_id=the_one().pk, by=role.recruiter, now=FRIDAY + timedelta(hours=13))
    assert the_one().scheduled_at == MEETING + timedelta(days=7)


def test_after_the_check_in_new_misses_are_a_new_reason(role):
    missed(role, "recruiter", "manager")
    look(role)
    actions.hold(check_in_id=the_one().pk, by=role.recruiter, now=FRIDAY)
    look(role, FRIDAY + timedelta(hours=1))
    assert [number for _, _, number in said()] == [1]
    missed(role, "manager", "manager", at=FRIDAY + timedelta(hours=2))
    look(role, FRIDAY + timedelta(hours=3))
    assert said()[1:] == [
        ("missed", "2 commitments were missed since the last check-in: 2 of the hiring manager.", 2)
    ]


def test_no_new_candidates_for_the_days_of_the_house(role):
    admin = make.make_user(Role.ADMIN)
    terms = HouseTerms(meet_dry_days=3)
    set_rules(organisation_id=role.organisation_id, rules=terms, by=admin, now=NOW)
    assert rules_of(role.organisation_id).meet_dry_days == 3
    make.make_application(requisition=role, now=NOW + timedelta(hours=2))
    look(role, datetime(2026, 11, 26, 9, tzinfo=UTC))
    assert said() == []
    look(role, datetime(2026, 11, 27, 9, tzinfo=UTC))
    dry = ("no_candidates", "No new candidate for 3 working days, since 24 November.", 1)
    assert said() == [dry]
    look(role, datetime(2026, 11, 30, 9, tzinfo=UTC))
    assert said() == [dry]


def test_a_house_that_wants_none_for_it_gets_none(role):
    admin = make.make_user(Role.ADMIN)
    terms = HouseTerms(meet_dry_days=0, meet_missed=0)
    set_rules(organisation_id=role.organisation_id, rules=terms, by=admin, now=NOW)
    missed(role, "recruiter", "manager", "manager")
    look(role, NOW + timedelta(days=40))
    assert said() == []


def test_an_offer_declined_and_a_promise_broken_again(role):
    application = make.make_application(requisition=role, stage_kind="offer")
    offer = sent_offer(application)
    answer.decline(offer=offer, candidate=application.candidate, reason="", now=NOW + timedelta(hours=3))
    Activity.objects.create(
        occurred_at=NOW + timedelta(hours=4),
        verb="promise.broken",
        actor_kind="system",
        subject_type="candidates.promise",
        subject_id=1,
        application_id=application.pk,
        requisition_id=role.pk,
        organisation_id=role.organisation_id,
        data={"broken_before": 1},
    )
    look(role)
    assert said() == [
        ("offer_declined", "An offer was declined.", 1),
        (
            "broken_again",
            "A promise was broken for the second time: 1 candidate waited in vain again since the last check-in.",
            1,
        ),
    ]
    assert CheckInReason.objects.first().key == f"offer:{offer.pk}"


def test_a_setback_is_looked_at_at_once(role):
    application = make.make_application(requisition=role, stage_kind="offer")
    offer = sent_offer(application)
    now = NOW + timedelta(hours=3)
    answer.decline(offer=offer, candidate=application.candidate, reason="", now=now)
    assert list(DueTask.objects.filter(kind="checkins.look").values_list("subject_id", "due_at")) == [
        (role.partnership.pk, now)
    ]
    engine.lanes()["tasks"].run(now)
    assert said() == [("offer_declined", "An offer was declined.", 1)]


def test_the_tick_looks_every_working_morning(role):
    missed(role, "recruiter", "manager")
    assert the_one().look_at == WEDNESDAY
    engine.lanes()["check-ins"].run(WEDNESDAY - timedelta(minutes=1))
    assert said() == []
    engine.lanes()["check-ins"].run(WEDNESDAY)
    assert (len(said()), the_one().look_at) == (1, WEDNESDAY + timedelta(days=1))


def test_a_role_that_stands_still_is_left_in_peace(role):
    missed(role, "recruiter", "manager")
    roles.hold(requisition_id=role.pk, reason="Budget", by=role.recruiter, now=NOW + timedelta(hours=2))
    assert look(role) is None
    assert said() == []


def test_who_takes_over_gets_the_proposal_and_who_left_is_let_off(role):
    missed(role, "recruiter", "manager")
    look(role)
    former, successor = role.hiring_manager, make.make_user(Role.MANAGER)
    roles.change_requisition(
        requisition_id=role.pk, by=role.recruiter, now=WEDNESDAY, hiring_manager=successor
    )
    assert [mail.to for mail in sent("partners.check_in_cancelled")] == [former.email]
    newest = sent("partners.check_in_raised")[-1]
    assert (newest.to, int(event_of(newest)[1]["SEQUENCE"])) == (successor.email, 1)


def test_moving_what_was_proposed_tells_both(role):
    missed(role, "recruiter", "manager")
    look(role)
    actions.reschedule(
        check_in_id=the_one().pk, at=FRIDAY + timedelta(hours=3), by=role.hiring_manager, now=WEDNESDAY
    )
    assert (the_one().state, the_one().sequence) == ("planned", 1)
    assert len(sent("partners.check_in_moved")) == 2


def test_two_skipped_in_a_row_tell_the_lead_once(role):
    lead = make.make_user(Role.LEAD, name="Lena Lead")
    for _ in range(4):
        engine.tick(the_one().agenda_at)
        engine.tick(the_one().skipped_at)
    assert list(CheckIn.objects.order_by("number").values_list("state", flat=True))[:4] == ["skipped"] * 4
    told = list(OutgoingMail.objects.filter(role="partners.check_ins_skipped"))
    assert [(mail.to, mail.subject) for mail in told] == [
        (lead.email, f"{role.title}: two check-ins in a row were not held")
    ]
    assert Activity.objects.get(verb="checkin.lead_told").data == {"numbers": "1 and 2", "to": "Lena Lead"}


# --- Actions come due like commitments


def agree(role, owner, due_on=date(2026, 11, 26), text="Ask the team about nights"):
    return actions.agree_action(
        check_in_id=the_one().pk, owner_id=owner.pk, text=text, due_on=due_on, by=role.recruiter, now=NOW
    )


def test_whoever_took_it_on_is_reminded_in_the_same_message(role):
    agree(role, role.hiring_manager)
    for hours in range(24 * 4):
        engine.tick(NOW + timedelta(hours=hours))
    mails = [
        mail
        for mail in OutgoingMail.objects.filter(role="commitments.digest").order_by("pk")
        if mail.to == role.hiring_manager.email
    ]
    assert f"- {role.title}: Ask the team about nights, by Thursday 26 November, 17:00" in mails[0].text
    assert "1 thing" in mails[0].subject


def standings(role, now):
    page = check_in_page(role.recruiter, the_one().pk, now=now)
    return [(row.pk, standing.value) for row, standing in page.actions]


def test_a_missed_one_shows_and_stands_on_the_next_agenda(role):
    action = agree(role, role.hiring_manager)
    engine.tick(the_one().agenda_at)
    step = next(step for step in the_one().agenda["sides"]["manager"]["next"] if step["code"] == "action")
    assert (step["text"], step["late"]) == ("Ask the team about nights", True)
    assert standings(role, MEETING) == [(action.pk, "missed")]
    actions.set_action_done(action_id=action.pk, done=True, by=role.hiring_manager, now=MEETING)
    assert standings(role, MEETING) == [(action.pk, "done late")]


def test_who_is_off_the_team_does_not_keep_what_they_took_on(role):
    action = agree(role, role.hiring_manager)
    done = agree(role, role.hiring_manager, text="Done before")
    actions.set_action_done(action_id=done.pk, done=True, by=role.hiring_manager, now=NOW)
    former, successor = role.hiring_manager, make.make_user(Role.MANAGER)
    roles.change_requisition(requisition_id=role.pk, by=role.recruiter, now=NOW, hiring_manager=successor)
    member = role.members.get(user=former)
    roles.remove_member(requisition_id=role.pk, member_id=member.pk, by=role.recruiter, now=NOW)
    action.refresh_from_db()
    done.refresh_from_db()
    assert (action.owner, done.owner) == (successor, former)
