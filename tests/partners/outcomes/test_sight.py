"""Who reads whose answers: the new hire's by the role's recruiter and overseers, by the manager where they say so."""

from datetime import date, timedelta

import pytest

from ats.accounts.models import Role
from ats.kernel.errors import Missing
from partners.outcomes import queries
from tests import factories as make
from tests.factories import NOW
from tests.partners.outcomes import parts

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]


def both_answered(*, shared: bool, manager: bool = True):
    outcome = parts.agreed(parts.started())
    review = parts.asked(outcome)
    parts.by_new_hire(review, parts.said(outcome, words="It is not as you said.", shared=shared))
    if manager:
        parts.by_manager(review, parts.said(outcome, talked_on=date(2027, 6, 1)))
    return outcome


def read_by(user, outcome):
    """By side, whether this person reads the answer; after 90 days."""
    page = queries.page(user, outcome.hire.application_id)
    (day,) = [each for each in page.reviews if each.review.day == 90]
    return {side.side.value: side.answer is not None for side in day.sides}


@pytest.mark.parametrize("shared", [False, True])
def test_who_reads_what(shared):
    outcome = both_answered(shared=shared)
    role = outcome.partnership.requisition
    assert read_by(role.recruiter, outcome) == {"manager": True, "new_hire": True}
    assert read_by(make.make_user(Role.LEAD), outcome) == {"manager": True, "new_hire": True}
    assert read_by(role.hiring_manager, outcome) == {"manager": True, "new_hire": shared}


def test_another_recruiter_sees_that_it_was_answered_and_not_what():
    outcome = both_answered(shared=False)
    assert read_by(make.make_user(Role.RECRUITER), outcome) == {"manager": False, "new_hire": False}


def test_the_manager_reads_nothing_before_they_have_written_their_own():
    outcome = both_answered(shared=True, manager=False)
    assert read_by(outcome.partnership.requisition.hiring_manager, outcome) == {
        "manager": False,
        "new_hire": False,
    }


def test_a_lead_who_is_the_manager_reads_as_a_manager():
    outcome = both_answered(shared=False)
    role = outcome.partnership.requisition
    lead = make.make_user(Role.LEAD)
    make.add_member(role, lead, "manager")
    assert read_by(lead, outcome) == {"manager": True, "new_hire": False}


def test_another_manager_and_an_interviewer_see_nothing():
    outcome = both_answered(shared=True)
    for other in (make.make_user(Role.MANAGER), make.make_user(Role.INTERVIEWER)):
        with pytest.raises(Missing):
            queries.page(other, outcome.hire.application_id)


def test_a_link_opens_for_sixty_days_and_for_one_hire_alone():
    outcome = parts.agreed(parts.started())
    token = parts.token_of(outcome, NOW)
    assert queries.by_token(token, NOW + timedelta(days=59)).outcome_id == outcome.pk
    assert queries.by_token(token, NOW + timedelta(days=61)) is None
    assert queries.by_token("another", NOW) is None
