"""What happens around somebody who sits in."""

from ats.accounts.models import Role
from ats.models import Activity
from candidates.interviews.actions import settle
from candidates.shadowing import actions, queries
from tests import factories
from tests.candidates.interviews.builders import at
from tests.factories import NOW

BEGINS, OVER = at(10), at(11, 5)


def set_needed(role, number):
    admin = factories.make_user(Role.ADMIN)
    return actions.set_needed(organisation_id=role.organisation_id, needed=number, by=admin, now=NOW)


def let_in(interview, user, now=NOW):
    by = interview.application.requisition.recruiter
    return actions.let_in(interview_id=interview.pk, user_id=user.pk, by=by, now=now)


def write(interview, by, evidence="She named three steps, each with a figure.", now=OVER):
    return actions.write(interview_id=interview.pk, evidence=evidence, by=by, now=now)


def confirm(interview, by, place, word="Listened", now=OVER):
    return actions.confirm(interview_id=interview.pk, seat_id=place.pk, word=word, by=by, now=now)


def hold(interview, now=OVER):
    settle.mark_held(interview_id=interview.pk, now=now)


def alone(application, now=NOW):
    return [(one.user, one.what, one.seen, one.needed) for one in queries.alone_in(application, now=now)]


def noted(verb):
    return list(Activity.objects.filter(verb=verb).values_list("actor_id", "data__shadow"))
