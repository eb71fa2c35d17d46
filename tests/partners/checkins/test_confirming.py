"""A partner says that they come: on the page, or from the mail without a sign-in."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ats.accounts.models import Role
from ats.activity.models import Activity
from ats.by_mail.models import MailKey
from ats.duework import engine
from ats.kernel.errors import Missing, WrongState
from ats.mail.models import OutgoingMail
from partners.checkins import actions
from partners.models import CheckIn
from requisitions.models import Requisition
from requisitions.roles import actions as roles
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db
LINK = re.compile(r"http://testserver(/by-mail/[\w-]+/)")


def the_one():
    return CheckIn.objects.order_by("-number").first()


def confirmed():
    check_in = the_one()
    return check_in.confirmed_by_recruiter, check_in.confirmed_by_manager


def by_mail(role, allowed=True):
    type(role.organisation).objects.filter(pk=role.organisation_id).update(acts_by_mail=allowed)


def agenda(person, role_of_mail="partners.check_in"):
    engine.tick(the_one().agenda_at)
    return OutgoingMail.objects.filter(role=role_of_mail, to=person.email).latest("pk")


def link(mail):
    found = LINK.search(mail.text)
    return found[1] if found else ""


def test_each_side_says_it_once_and_both_see_it(client, role):
    page, board = reverse("check_in", args=[the_one().pk]), reverse("dashboard")
    client.force_login(role.hiring_manager)
    assert "Neither has confirmed yet." in client.get(page).content.decode()
    for _ in range(2):
        client.post(reverse("check_in_confirm", args=[the_one().pk]))
    assert confirmed() == (False, True)
    assert Activity.objects.filter(verb="checkin.confirmed").count() == 1
    assert "I will be there" not in client.get(page).content.decode()
    client.force_login(role.recruiter)
    for address in (page, board):
        assert f"{role.hiring_manager} has confirmed." in client.get(address).content.decode()
    client.post(reverse("check_in_confirm", args=[the_one().pk]))
    for address in (page, board):
        assert "Both have confirmed." in client.get(address).content.decode()


def test_another_time_is_confirmed_anew_except_by_who_chose_it(role):
    for person in (role.recruiter, role.hiring_manager):
        actions.confirm(check_in_id=the_one().pk, by=person, now=NOW)
    later = the_one().scheduled_at + timedelta(days=1)
    actions.reschedule(check_in_id=the_one().pk, at=later, by=role.recruiter, now=NOW)
    assert confirmed() == (True, False)


def test_who_takes_over_has_not_said_it(role):
    agenda(role.hiring_manager)
    actions.confirm(check_in_id=the_one().pk, by=role.hiring_manager, now=the_one().agenda_at)
    successor = make.make_user(Role.MANAGER)
    roles.change_requisition(
        requisition_id=role.pk, by=role.recruiter, now=the_one().agenda_at, hiring_manager=successor
    )
    assert confirmed() == (False, False)


def test_nobody_else_says_it_and_nothing_that_is_over_is_confirmed(role):
    check_in = the_one()
    for person in (make.make_user(Role.MANAGER), make.make_user(Role.LEAD)):
        with pytest.raises(Missing):
            actions.confirm(check_in_id=check_in.pk, by=person, now=NOW)
    with pytest.raises(WrongState):
        actions.confirm(check_in_id=check_in.pk, by=role.recruiter, now=check_in.scheduled_at)
    actions.hold(check_in_id=check_in.pk, by=role.recruiter, now=NOW)
    with pytest.raises(WrongState):
        actions.confirm(check_in_id=check_in.pk, by=role.recruiter, now=NOW)
    assert not Activity.objects.filter(verb="checkin.confirmed").exists()


def test_from_the_mail_without_a_sign_in_once(role, time_machine):
    by_mail(role)
    mail = agenda(role.hiring_manager)
    time_machine.move_to(the_one().agenda_at)
    (file,) = mail.attachments.all()
    assert b"by-mail" not in bytes(file.content).replace(b"\r\n ", b"")  # calendars are shared
    stranger = Client()
    assert stranger.get(link(mail)).status_code == 200
    assert confirmed() == (False, False)
    assert stranger.post(link(mail)).status_code == 200
    assert confirmed() == (False, True)
    said = Activity.objects.get(verb="checkin.confirmed")
    assert (said.actor_id, said.channel) == (role.hiring_manager.pk, "mail")
    assert stranger.post(link(mail)).status_code == 410


def test_after_its_time_the_mail_takes_what_came_of_it(role, time_machine):
    by_mail(role)
    mail = agenda(role.recruiter)
    check_in = the_one()
    time_machine.move_to(check_in.scheduled_at + timedelta(minutes=30))
    assert Client().post(link(mail), {"notes": "Two more calls."}).status_code == 200
    check_in.refresh_from_db()
    assert (check_in.state, check_in.notes) == ("held", "Two more calls.")
    assert the_one().number == check_in.number + 1


@pytest.mark.parametrize("why", ["organisation", "confidential"])
def test_where_nobody_acts_by_mail_it_leads_to_the_page(role, why):
    by_mail(role, why != "organisation")
    if why == "confidential":
        Requisition.objects.filter(pk=role.pk).update(confidential=True)
    mail = agenda(role.hiring_manager)
    assert (link(mail), MailKey.objects.count()) == ("", 0)
    assert reverse("check_in", args=[the_one().pk]) in mail.text


def test_a_link_shows_nothing_once_the_role_is_confidential_or_anothers(role, time_machine):
    by_mail(role)
    mail = agenda(role.hiring_manager)
    time_machine.move_to(the_one().agenda_at)
    Requisition.objects.filter(pk=role.pk).update(confidential=True)
    answer = Client().get(link(mail))
    assert (answer.status_code, role.title in answer.content.decode()) == (410, False)
    assert Client().post(link(mail)).status_code == 410
    assert confirmed() == (False, False)
