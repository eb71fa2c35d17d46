"""The recruiting side says where the role stands."""

import pytest
from django.urls import reverse

from ats.activity.models import Activity
from ats.duework import engine
from ats.kernel.errors import Invalid, NotAllowed
from ats.mail.models import OutgoingMail
from partners.models import Commitment
from partners.partnerships import actions
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def give(role, by, words="Three people are in interviews."):
    return actions.give_update(partnership_id=role.partnership.pk, words=words, by=by, now=NOW)


def test_the_manager_gets_it_by_mail_and_it_is_on_record(role):
    give(role, role.recruiter)
    (mail,) = OutgoingMail.objects.filter(role="partners.update")
    assert (mail.to, "Three people are in interviews." in mail.text) == (role.hiring_manager.email, True)
    assert Activity.objects.get(verb="update.given").data == {"body": "Three people are in interviews."}
    engine.tick(NOW)
    assert Commitment.objects.filter(kind="weekly_update").count() == 2


def test_only_the_recruiting_side_gives_it_and_it_says_something(role):
    with pytest.raises(NotAllowed):
        give(role, role.hiring_manager)
    with pytest.raises(Invalid):
        give(role, role.recruiter, words=" ")
    with pytest.raises(Invalid):
        give(role, role.recruiter, words="a" * 2001)
    assert not OutgoingMail.objects.filter(role="partners.update").exists()


def test_from_the_page_of_the_partnership(client, role):
    page, address = (
        reverse(name, args=[role.partnership.pk]) for name in ("partnership", "partnership_update")
    )
    client.force_login(role.hiring_manager)
    assert address not in client.get(page).content.decode()
    client.force_login(role.recruiter)
    assert address in client.get(page).content.decode()
    assert client.post(address, {"words": "All is well."}).status_code == 302
    assert "All is well." in client.get(page).content.decode()
