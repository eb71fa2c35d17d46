"""For whom somebody works, as an administrator says it."""

import pytest
from django.test import Client

from ats.accounts import actions as accounts
from ats.accounts.models import Role, User
from ats.kernel.errors import Invalid, Missing, NotAllowed
from ats.models import Activity
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_an_administrator_says_for_whom_somebody_works(manager: User, colleague: User) -> None:
    admin, other = make.make_user(Role.ADMIN), make.make_user(Role.LEAD, name="Ole Other")
    accounts.set_manager(user_id=colleague.pk, manager_id=other.pk, by=admin, now=NOW)
    colleague.refresh_from_db()
    assert colleague.manager == other
    said = Activity.objects.get(verb="user.manager_changed")
    assert (said.data["name"], said.data["manager"]) == ("Ines Inside", "Ole Other")
    accounts.set_manager(user_id=colleague.pk, manager_id=other.pk, by=admin, now=NOW)
    assert Activity.objects.filter(verb="user.manager_changed").count() == 1


def test_nobody_works_for_themselves_nor_round_in_a_circle(
    head: User, manager: User, colleague: User
) -> None:
    admin = make.make_user(Role.ADMIN)
    for below in (head, manager, colleague):
        with pytest.raises(Invalid):
            accounts.set_manager(user_id=head.pk, manager_id=below.pk, by=admin, now=NOW)
    with pytest.raises((Missing, NotAllowed)):
        accounts.set_manager(user_id=colleague.pk, manager_id=head.pk, by=manager, now=NOW)


def test_it_is_chosen_on_their_page(client: Client, manager: User, colleague: User) -> None:
    client.force_login(make.make_user(Role.ADMIN))
    address = f"/settings/people/{colleague.pk}/"
    assert f'<option value="{manager.pk}" selected>' in client.get(address).content.decode()
    assert client.post(f"{address}manager/", {"manager": ""}).status_code == 302
    colleague.refresh_from_db()
    assert colleague.manager is None
