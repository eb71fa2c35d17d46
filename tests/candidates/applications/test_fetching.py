"""One application, read with words that are kept: what the models would read, for whoever may see it."""

import random
import threading
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from ats.accounts.models import Role, User
from ats.kernel.access import SEEN_BY, get_for, is_seen
from ats.kernel.errors import Missing
from ats.organisation.models import Holiday
from candidates.applications import actions
from candidates.applications.actions import fetch
from candidates.models import Application, Review
from tests import factories as f
from tests.candidates.helpers import hours
from tests.clock import NOW

pytestmark = pytest.mark.django_db


def told(value: Any) -> Any:
    """All that a row holds, and what it points to as far as that was read."""
    if not isinstance(value, Model):
        return value
    held = {name: told(each) for name, each in vars(value).items() if name != "_state"}
    return type(value), held, {name: told(row) for name, row in value._state.fields_cache.items()}


def everybody() -> list[User]:
    return [f.make_user(role) for role in Role] + [f.make_user(Role.RECRUITER, is_active=False)]


def asked_about(application: Application, user: User, *, cancelled: bool) -> None:
    ended = {"state": "cancelled", "settled_at": NOW} if cancelled else {}
    by = application.requisition.recruiter
    about = {"application": application, "reviewer": user, "requested_by": by}
    Review.objects.create(requested_at=NOW, due_at=hours(9), **about, **ended)


def some_applications(users: list[User], chance: random.Random) -> list[Application]:
    """Some in confidence, with each of these people on a team, meeting a candidate, or asked about one, or not."""
    made = []
    for number in range(1, 13):
        role = f.make_requisition(confidential=chance.random() < 0.5)
        for user in chance.sample(users, 3):
            f.add_member(role, user, chance.choice(["recruiter", "manager", "interviewer", "stakeholder"]))
        application = f.make_application(requisition=role)
        f.make_interview(application, people=chance.sample(users, 2), starts_at=hours(24 * number))
        if chance.random() < 0.5:
            asked_about(application, chance.choice(users), cancelled=chance.random() < 0.5)
        made.append(application)
    return made


def test_everybody_reads_what_the_models_would_give_them() -> None:
    users = everybody()
    seen = 0
    for application in some_applications(users, random.Random(8)):
        for user in users:
            wanted = Application.objects.whole().visible_to(user).filter(pk=application.pk)
            found = fetch.WHOLE.find(application.pk, user=user, held=False)
            assert [told(row) for row in found] == [told(row) for row in wanted]
            seen += len(found)
    assert 20 < seen < 12 * len(users)


def test_for_a_move_everybody_gets_what_they_see_and_may_move_and_nothing_else() -> None:
    users = everybody()
    moved = 0
    for application in some_applications(users, random.Random(9)):
        for user in users:
            rows = Application.objects.to_move().visible_to(user).filter(pk=application.pk)
            wanted = [told(row) for row in rows if user.has_perm(fetch.MOVE, row)]
            try:
                found = [get_for(fetch.TO_MOVE, application.pk, user=user, permission=fetch.MOVE)]
            except Missing:
                found = []
            for row in found:
                assert is_seen(row, user)
                vars(row).pop(SEEN_BY)
            assert [told(row) for row in found] == wanted
            moved += len(found)
    assert 20 < moved < 12 * len(users)


def test_of_another_role_it_is_not_there() -> None:
    application, other = f.make_application(), f.make_requisition()
    recruiter = application.requisition.recruiter
    given = {"application_id": application.pk, "by": recruiter, "now": hours(1)}
    with pytest.raises(Missing):
        actions.move_away(requisition_id=other.pk, stage_id=f.stage(other, "review").pk, **given)


def test_the_days_off_come_along() -> None:
    application = f.make_application()
    Holiday.objects.create(calendar=application.calendar, date=NOW.date(), name="The founders' day")
    [read] = fetch.TO_MOVE.find(application.pk, user=application.requisition.recruiter, held=False)
    with CaptureQueriesContext(connection) as seen:
        assert read.calendar.own_days == (f"{NOW.date()} ",)
    assert len(seen) == 0


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_who_had_to_wait_for_it_reads_what_was_committed_meanwhile() -> None:
    """Locked and read in one message; and still the row is locked first, by its own columns, and then read."""
    application = f.make_application()
    recruiter, review = application.requisition.recruiter, f.stage(application.requisition, "review")
    found: list[Application] = []
    held = threading.Event()

    def wait() -> None:
        with transaction.atomic():
            connection.ensure_connection()
            held.wait()
            given = {"user": recruiter, "permission": fetch.MOVE, "rows": fetch.TO_MOVE}
            found.append(fetch.locked(application.pk, **given))
        connection.close()

    thread = threading.Thread(target=wait)
    thread.start()
    with transaction.atomic():
        actions.move(application_id=application.pk, stage_id=review.pk, by=recruiter, now=hours(1))
        held.set()
        with connection.cursor() as cursor:
            while thread.is_alive():
                cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
                if cursor.fetchone()[0]:
                    break
    thread.join()
    assert [(one.stage, one.stage.name, one.version) for one in found] == [(review, review.name, 2)]
