"""Before it is due whoever owes it is reminded, once a day at most; what is missed goes up the line."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ats.accounts.models import Role
from ats.activity.models import Activity
from ats.duework import engine
from ats.mail.models import OutgoingMail
from ats.organisation.models import Department
from candidates.reviews import actions as reviews
from partners.commitments import actions
from partners.commitments.domain import timing
from partners.delegations import actions as delegations
from partners.models import Commitment, HouseRules
from tests import factories as make
from tests.factories import NOW
from tests.partners.commitments.facts import at, calendar
from tests.partners.conftest import open_role

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]
THURSDAY = datetime(2026, 11, 26, 10, tzinfo=UTC)
"""Seven working hours before a view asked for on Tuesday is due."""
NEXT_WEEK = datetime(2026, 12, 3, 12, tzinfo=UTC)
"""Two working days after a view that was due last Thursday, and graced until Friday night, was missed."""


def put_forward(role, now=NOW):
    person = make.make_application(requisition=role)
    reviews.ask(application_ids=[person.pk], by=role.recruiter, now=now)
    return person


def ticks(*moments):
    for moment in moments:
        engine.tick(moment)
        engine.tick(moment)


def digests(user):
    return list(OutgoingMail.objects.filter(role="commitments.digest", to=user.email).order_by("pk"))


def escalations():
    return list(OutgoingMail.objects.filter(role__startswith="commitments.escalated").order_by("pk"))


def test_both_hear_of_what_is_theirs_before_it_is_due(role):
    person = put_forward(role)
    ticks(NOW, NOW + timedelta(hours=5))
    assert digests(role.hiring_manager) == []
    ticks(THURSDAY)
    (mail,) = digests(role.hiring_manager)
    assert f"- {role.title}: Give a view on the slate, by Thursday 26 November, 17:00" in mail.text
    assert person.candidate.last_name not in mail.text
    assert digests(role.recruiter) == []
    ticks(THURSDAY + timedelta(hours=1), THURSDAY + timedelta(hours=3))
    assert len(digests(role.hiring_manager)) == 1


def test_at_most_one_message_a_day_with_all_of_it(role):
    put_forward(role)
    other = open_role(manager=role.hiring_manager, title="Second role")
    put_forward(other)
    ticks(THURSDAY)
    (mail,) = digests(role.hiring_manager)
    assert (role.title in mail.text, "Second role" in mail.text) == (True, True)
    # Something else comes near on the same day: it waits for the next, when its own time is over already.
    third = open_role(manager=role.hiring_manager, title="Third role")
    put_forward(third, now=THURSDAY + timedelta(hours=1))
    ticks(THURSDAY + timedelta(hours=8), datetime(2026, 11, 27, 7, 59, tzinfo=UTC))
    assert len(digests(role.hiring_manager)) == 1
    ticks(datetime(2026, 11, 30, 9, tzinfo=UTC))
    assert "Third role" in digests(role.hiring_manager)[1].text


def test_what_is_done_by_then_is_not_spoken_of(role):
    person = put_forward(role)
    ticks(datetime(2026, 11, 25, 19, tzinfo=UTC))  # near, and evening: planned for the morning
    assert digests(role.hiring_manager) == []
    must = role.criteria.get().pk
    reviews.answer(
        review_id=person.reviews.get().pk,
        verdict="no",
        reason="Not for this.",
        criteria={must: {"met": "no", "text": ""}},
        by=role.hiring_manager,
        now=datetime(2026, 11, 26, 7, tzinfo=UTC),
    )
    engine.tick(datetime(2026, 11, 26, 7, tzinfo=UTC))
    ticks(datetime(2026, 11, 26, 8, tzinfo=UTC))
    assert digests(role.hiring_manager) == []


def test_the_reminder_of_who_is_away_goes_to_the_deputy(role):
    deputy = make.make_user(Role.MANAGER)
    put_forward(role)
    days = {"begins_on": NOW.date(), "ends_on": NOW.date() + timedelta(days=5)}
    delegations.delegate(to_id=deputy.pk, **days, by=role.hiring_manager, now=NOW)
    ticks(THURSDAY)
    assert digests(role.hiring_manager) == []
    (mail,) = digests(deputy)
    assert f"Give a view on the slate (for {role.hiring_manager}), by" in mail.text


@pytest.mark.parametrize(
    ("now", "zone", "after", "when"),
    [
        (at(3, 10), "UTC", None, at(3, 10)),
        (at(3, 6), "UTC", None, at(3, 8)),
        (at(3, 18), "UTC", None, at(4, 8)),
        (at(6, 19), "UTC", None, at(9, 8)),  # over the weekend
        (at(7, 12), "UTC", None, at(9, 8)),
        (at(3, 10), "UTC", at(3, 8), at(4, 8)),
        (at(3, 10), "UTC", at(2, 8), at(3, 10)),
        (at(3, 10), "America/New_York", None, at(3, 13)),  # five in the morning there
        (at(3, 23), "Asia/Tokyo", None, at(3, 23)),  # eight in the morning of the 4th
    ],
)
def test_people_are_written_to_in_their_working_hours(now, zone, after, when):
    assert timing.next_hour(calendar(), now, zone=ZoneInfo(zone), after=after) == when


@pytest.mark.parametrize(
    ("hour", "when"),
    [
        (9, datetime(2026, 12, 24, 8, tzinfo=UTC)),  # nine in Berlin, where it shuts at noon
        (12, datetime(2026, 12, 28, 7, tzinfo=UTC)),  # Christmas, and the weekend
        (14, datetime(2026, 12, 28, 7, tzinfo=UTC)),
    ],
)
def test_nobody_is_written_to_on_the_free_afternoon_of_a_half_day(hour, when):
    office = make.make_organisation().calendar
    office.time_zone, office.holiday_country = "Europe/Berlin", "DE"
    now = datetime(2026, 12, 24, hour - 1, tzinfo=UTC)
    assert timing.next_hour(office, now, zone=ZoneInfo("Europe/Berlin"), after=None) == when


def test_how_long_before_is_set_by_the_organisation(role):
    HouseRules.objects.create(organisation=role.organisation, nudge_hours=16)
    put_forward(role)
    ticks(datetime(2026, 11, 25, 9, tzinfo=UTC))
    assert len(digests(role.hiring_manager)) == 1


def lead_and_head(role):
    lead, head = make.make_user(Role.LEAD), make.make_user(Role.MANAGER, name="Hannah Head")
    department = Department.objects.create(organisation=role.organisation, name="Engineering", head=head)
    type(role).objects.filter(pk=role.pk).update(department=department)
    return lead, head


def test_each_side_goes_up_its_own_line(role):
    lead, head = lead_and_head(role)
    put_forward(role)  # the manager's view is missed on Friday, the recruiter's words in the week after
    ticks(NOW, datetime(2026, 12, 2, 16, tzinfo=UTC))
    assert escalations() == []
    ticks(NEXT_WEEK)
    (mail,) = escalations()
    assert (mail.to, mail.reply_to, mail.role) == (
        head.email,
        role.hiring_manager.email,
        "commitments.escalated_to_head",
    )
    assert "Give a view on the slate, was due Thursday 26 November" in mail.text
    said = Activity.objects.get(verb="commitment.escalated")
    assert (said.data["to"], said.data["to_ids"], said.data["because"], said.partnership_id) == (
        "Hannah Head",
        [head.pk],
        "",
        role.partnership.pk,
    )
    ticks(NEXT_WEEK + timedelta(hours=1))
    row = Commitment.objects.get(kind="slate_reviewed")
    assert row.escalated_at == said.occurred_at
    assert len(escalations()) == 1
    later = datetime(2026, 12, 8, 12, tzinfo=UTC)
    ticks(later)
    upwards = {mail.to: mail for mail in escalations()}
    assert set(upwards) == {head.email, lead.email}
    assert f"/partners/{role.partnership.pk}/" in upwards[lead.email].text
    assert f"/partners/{role.partnership.pk}/" not in mail.text  # the head may not open it
    actions.remeasure(partnership=role.partnership, now=later)
    assert actions.remeasure(partnership=role.partnership, now=later) == []


@pytest.mark.parametrize(
    ("change", "because"),
    [
        ("no department", "the role is in no department"),
        ("no head", "no head of Engineering is named"),
        ("gone", "the head of Engineering is not here any more"),
        ("themselves", "heads Engineering themselves"),
        ("confidential", "the role is confidential"),
    ],
)
def test_where_nobody_stands_above_the_manager_the_lead_hears_of_it_and_why(role, change, because):
    lead, head = lead_and_head(role)
    rows, department = type(role).objects.filter(pk=role.pk), Department.objects.get()
    if change == "no department":
        rows.update(department=None)
    elif change == "no head":
        Department.objects.update(head=None)
    elif change == "gone":
        type(head).objects.filter(pk=head.pk).update(is_active=False)
    elif change == "themselves":
        Department.objects.filter(pk=department.pk).update(head=role.hiring_manager)
    else:
        rows.update(confidential=True)
    put_forward(role)
    ticks(NOW, NEXT_WEEK)
    (mail,) = escalations()
    assert (mail.to, because in mail.text) == (lead.email, True)
    assert because in Activity.objects.get(verb="commitment.escalated").data["because"]


def test_a_lead_who_recruits_is_not_told_of_themselves():
    lead, other = make.make_user(Role.LEAD), make.make_user(Role.LEAD)
    open_role(recruiter=lead)
    ticks(datetime(2026, 12, 8, 12, tzinfo=UTC))
    assert {mail.to for mail in escalations()} == {other.email}


def test_what_waits_for_the_other_side_or_was_missed_long_ago_goes_nowhere(role):
    make.make_user(Role.LEAD)
    put_forward(role)
    ticks(NOW)
    long_ago = NOW + timedelta(days=60)
    while actions.measure_due(long_ago):
        pass
    assert Commitment.objects.filter(state="missed").exists()
    Commitment.objects.filter(state="missed").update(until_at=NOW)
    engine.tick(long_ago)
    assert escalations() == []


def test_both_see_on_their_page_that_it_went_up(client, role):
    _, head = lead_and_head(role)
    put_forward(role)
    ticks(NEXT_WEEK, NEXT_WEEK + timedelta(hours=1))
    for person in (role.recruiter, role.hiring_manager):
        client.force_login(person)
        page = client.get(f"/partners/{role.partnership.pk}/").content.decode()
        assert f"{head} was told" in page
