"""What partners' calendars answer to the invitation of a check-in, by mail."""

import re
from datetime import timedelta
from itertools import count
from uuid import UUID

import pytest
from django.urls import reverse
from icalendar import Calendar

from ats.accounts.models import Role
from ats.activity.models import Activity
from ats.calendars.actions.take_answers import take
from ats.calendars.domain import answers
from ats.duework import engine
from ats.kernel.kept import retold
from ats.kernel.languages import in_language
from ats.mail import inbound
from ats.mail.incoming import Kind, calendars
from ats.mail.message import sender as house
from ats.mail.models import OutgoingMail
from partners.checkins import actions
from partners.models import CheckIn
from requisitions.roles import actions as roles
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db
PASSED = "mx.example.org; dmarc=pass header.from=example.com"


def the_one():
    return CheckIn.objects.order_by("-number").first()


def event(mail):
    (file,) = mail.attachments.all()
    (found,) = Calendar.from_ical(bytes(file.content)).walk("VEVENT")
    return found


def sent(person, role_of_mail="partners.check_in"):
    return OutgoingMail.objects.filter(role=role_of_mail, to=person.email).latest("pk")


def reply(mail, person, partstat, *, sequence=None):
    """What a calendar sends that has got the file of this mail."""
    found = event(mail)
    lines = [
        "BEGIN:VCALENDAR",
        "PRODID:-//Example//Calendar//EN",
        "VERSION:2.0",
        "METHOD:REPLY",
        "BEGIN:VEVENT",
        f"UID:{found['UID']}",
        "DTSTAMP:20261124T100500Z",
        f"SEQUENCE:{found['SEQUENCE'] if sequence is None else sequence}",
        f"ATTENDEE;PARTSTAT={partstat}:mailto:{person.email}",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
    return "\r\n".join(lines).encode()


_number = count(1)


def by_mail(raw, person, *findings):
    head = [f"From: {person.email}", f"Message-ID: <{next(_number)}@mail.example>"]
    head += [f"Authentication-Results: {each}" for each in findings]
    head.append("Content-Type: text/calendar; method=REPLY; charset=utf-8")
    return inbound.take_in("\r\n".join([*head, "", ""]).encode() + raw, the_one().agenda_at)


@pytest.fixture
def agenda(role):
    """Both have the file of the check-in."""
    engine.tick(the_one().agenda_at)
    return {person: sent(person) for person in (role.recruiter, role.hiring_manager)}


def said():
    check_in = the_one()
    return (
        [check_in.confirmed_by_recruiter, check_in.confirmed_by_manager],
        [check_in.refused_by_recruiter, check_in.refused_by_manager],
    )


def recorded():
    verbs = ("checkin.confirmed", "checkin.refused", "checkin.unsure")
    return list(Activity.objects.filter(verb__in=verbs).order_by("id").values_list("verb", "actor_id"))


def told():
    return list(OutgoingMail.objects.filter(role="partners.check_in_refused").order_by("pk"))


def test_each_partner_has_a_file_of_their_own_and_answers_go_to_the_house(role, agenda):
    files = [event(mail) for mail in agenda.values()]
    assert len({str(each["UID"]) for each in files}) == 2
    assert {str(each["ORGANIZER"]) for each in files} == {f"mailto:{role.organisation.reply_to or house()}"}
    assert [[str(who) for who in each["ATTENDEE"]] for each in files] == [
        [f"mailto:{person.email}" for person in (role.recruiter, role.hiring_manager)]
    ] * 2


def test_each_file_is_in_its_reader_s_language(role):
    recruiter, manager = role.recruiter, role.hiring_manager
    type(manager).objects.filter(pk=manager.pk).update(language="de")
    engine.tick(the_one().agenda_at)
    english, german = event(sent(recruiter)), event(sent(manager))
    assert [str(each["SUMMARY"]) for each in (english, german)] == [
        f"Check-in: {role.title}",
        f"Abstimmung: {role.title}",
    ]
    standing = the_one().agenda["standing"]
    with in_language("de"):
        said = retold(standing)
    assert said != standing
    assert [str(each["DESCRIPTION"]).partition("\n\n")[0] for each in (english, german)] == [standing, said]


def test_a_yes_from_the_calendar_confirms_it(role, agenda):
    manager = role.hiring_manager
    assert by_mail(reply(agenda[manager], manager, "ACCEPTED"), manager) == Kind.CALENDAR
    by_mail(reply(agenda[manager], manager, "ACCEPTED"), manager)
    assert said() == ([False, True], [False, False])
    assert recorded() == [("checkin.confirmed", manager.pk)]
    assert told() == []


def test_a_no_is_told_to_the_other_side_once_and_moves_nothing(client, role, agenda, time_machine):
    manager, before = role.hiring_manager, the_one().scheduled_at
    by_mail(reply(agenda[manager], manager, "ACCEPTED"), manager)
    for _ in range(2):
        by_mail(reply(agenda[manager], manager, "DECLINED"), manager)
    assert said() == ([False, False], [False, True])
    assert (the_one().scheduled_at, the_one().state) == (before, "ready")
    (mail,) = told()
    assert mail.to == role.recruiter.email
    assert mail.subject.startswith(f"{manager} cannot come on ")
    page = reverse("check_in", args=[the_one().pk])
    assert page in mail.text
    assert recorded()[1:] == [("checkin.refused", manager.pk)]
    time_machine.move_to(the_one().agenda_at)
    client.force_login(role.recruiter)
    for address in (page, reverse("dashboard")):
        assert f"{manager} cannot come at this time." in client.get(address).content.decode()
    assert "This time does not hold." in client.get(page).content.decode()
    assert 'href="#move"' in client.get(page).content.decode()


def test_the_link_of_the_mail_knows_that_the_calendar_said_no(client, role, time_machine):
    type(role.organisation).objects.update(acts_by_mail=True)
    time_machine.move_to(the_one().agenda_at, tick=False)
    engine.tick(the_one().agenda_at)
    manager = role.hiring_manager
    link = re.search(r"/by-mail/[^/\s]+/", sent(manager).text)[0]
    assert "Your calendar has answered" not in client.get(link).content.decode()
    by_mail(reply(sent(manager), manager, "DECLINED"), manager)
    assert "Your calendar has answered that you cannot come" in client.get(link).content.decode()
    assert client.post(link).status_code == 200
    assert said() == ([False, True], [False, False])


def test_a_no_holds_for_this_time_and_a_yes_takes_it_back(role, agenda):
    manager, now = role.hiring_manager, the_one().agenda_at
    by_mail(reply(agenda[manager], manager, "DECLINED"), manager)
    actions.confirm(check_in_id=the_one().pk, by=manager, now=now)
    assert said() == ([False, True], [False, False])
    by_mail(reply(agenda[manager], manager, "DECLINED"), manager)
    later = the_one().scheduled_at + timedelta(days=7)
    actions.reschedule(check_in_id=the_one().pk, at=later, by=role.recruiter, now=now)
    assert said() == ([True, False], [False, False])
    answer = {
        str(who): str(who.params["PARTSTAT"])
        for who in event(sent(manager, "partners.check_in_moved"))["ATTENDEE"]
    }
    assert answer == {
        f"mailto:{role.recruiter.email}": "ACCEPTED",
        f"mailto:{manager.email}": "NEEDS-ACTION",
    }


def test_a_perhaps_is_no_yes(role, agenda):
    recruiter = role.recruiter
    for partstat in ("TENTATIVE", "ACCEPTED", "TENTATIVE", "TENTATIVE", "NEEDS-ACTION"):
        by_mail(reply(agenda[recruiter], recruiter, partstat), recruiter)
    assert said() == ([False, False], [False, False])
    assert recorded() == [("checkin.confirmed", recruiter.pk), ("checkin.unsure", recruiter.pk)]
    assert told() == []


def test_nobody_answers_for_somebody_else(role, agenda):
    """All that the recruiter knows of the manager's file is what stands in their own."""
    manager, mine = role.hiring_manager, agenda[role.recruiter]
    assert take(reply(mine, manager, "DECLINED"), the_one().agenda_at) is False
    plain = reply(mine, manager, "DECLINED").replace(
        str(event(mine)["UID"]).encode(), f"check-in-{the_one().uid}@x".encode()
    )
    assert take(plain, the_one().agenda_at) is False
    by_mail(reply(mine, manager, "DECLINED"), role.recruiter, PASSED)
    assert (said(), recorded()) == (([False, False], [False, False]), [])


@pytest.mark.parametrize(
    ("finding", "kept"), [(PASSED, True), (PASSED.replace("pass", "fail"), False), ("", False)]
)
def test_an_older_file_is_understood_where_our_own_server_found_its_sender_true(
    role, settings, finding, kept
):
    settings.INBOUND_AUTHSERV_ID = "mx.example.org"
    CheckIn.objects.update(calendar_secret="")
    engine.tick(the_one().agenda_at)
    mail = sent(role.hiring_manager)
    assert str(event(mail)["UID"]) == f"check-in-{the_one().uid}@{str(event(mail)['UID']).partition('@')[2]}"
    assert str(event(mail)["ORGANIZER"]) == f"mailto:{role.recruiter.email}"
    by_mail(reply(mail, role.hiring_manager, "ACCEPTED"), role.hiring_manager, finding)
    assert said() == ([False, kept], [False, False])


def test_one_to_another_version_or_to_what_is_over_changes_nothing(role, agenda):
    manager, mail = role.hiring_manager, agenda[role.hiring_manager]
    assert take(reply(mail, manager, "ACCEPTED", sequence=1), the_one().agenda_at) is True
    assert take(reply(mail, manager, "ACCEPTED"), the_one().scheduled_at) is True
    actions.hold(check_in_id=the_one().pk, by=manager, now=the_one().agenda_at)
    assert take(reply(mail, manager, "ACCEPTED"), the_one().agenda_at) is True
    assert recorded() == []


def test_who_leads_no_side_any_more_answers_nothing(role, agenda):
    before, mail = role.hiring_manager, agenda[role.hiring_manager]
    roles.change_requisition(
        requisition_id=role.pk,
        by=role.recruiter,
        now=the_one().agenda_at,
        hiring_manager=make.make_user(Role.MANAGER),
    )
    assert take(reply(mail, before, "DECLINED", sequence=the_one().sequence), the_one().agenda_at) is False
    assert (recorded(), told()) == ([], [])


def test_what_is_about_no_check_in_is_left_to_others(role, agenda):
    raw = reply(agenda[role.recruiter], role.recruiter, "ACCEPTED")
    for other in (
        b"",
        b"BEGIN:VCALENDAR",
        raw.replace(b"REPLY", b"REQUEST"),
        raw.replace(b"check-in-", b"lunch-"),
    ):
        assert take(other, NOW) is False
    elsewhere = raw.replace(str(the_one().uid).encode(), str(UUID(int=7)).encode())
    assert take(elsewhere, NOW) is False
    (found,) = calendars.read(raw)
    assert [each.uid for each in answers.read(found, "check-in-")] == [the_one().uid]
