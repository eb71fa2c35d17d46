from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from ats.accounts.models import User
from requisitions.models import Requisition
from requisitions.roles import actions
from requisitions.roles.actions import number
from tests.factories import NOW, make_organisation, make_user


@pytest.mark.django_db
def test_several_at_once_for_data_at_scale() -> None:
    numbers = [int(reference.removeprefix("R-")) for reference in number.take(3)]

    assert numbers == list(range(numbers[0], numbers[0] + 3))


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_never_get_one_number() -> None:
    recruiter, organisation = make_user(), make_organisation()

    def begin(number: int) -> str:
        try:
            by = User.objects.get(pk=recruiter.pk)
            return actions.create_requisition(
                by=by, now=NOW, title=f"Role {number}", organisation=organisation
            ).reference
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        given = list(pool.map(begin, range(24)))

    assert len(set(given)) == 24
    assert Requisition.objects.count() == 24
