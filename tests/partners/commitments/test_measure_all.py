"""`manage.py remeasure`: every commitment again from the whole record, whatever the rows say."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from ats.activity.models import Activity
from ats.duework import engine
from partners.commitments.actions import measure_all
from partners.commitments.domain.obligations import ASKED
from partners.models import Commitment
from requisitions.roles import actions as roles
from tests import factories as make
from tests.factories import NOW

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]
LATER = NOW + timedelta(days=2)


@pytest.fixture
def opened(monkeypatch):
    """Five roles that have been opened, and two in a chunk, so that several processes have something to do."""
    monkeypatch.setattr(measure_all, "CHUNK", 2)
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    words = {"outcomes": "Has shipped it.", "value_proposition": "Work that matters."}
    found = [make.make_requisition("draft", must_haves=("Python",), **words) for _ in range(5)]
    for role in found:
        roles.open_requisition(requisition_id=role.pk, by=role.recruiter, now=NOW)
    engine.tick(LATER)
    return found


def stand():
    fields = [each.name for each in Commitment._meta.local_fields if each.name not in {"updated_at"}]
    return list(Commitment.objects.order_by("partnership", "key").values(*fields))


def said(**options):
    out = StringIO()
    call_command("remeasure", stdout=out, **options)
    return out.getvalue()


@pytest.mark.parametrize("processes", [1, 2])
def test_what_stands_otherwise_is_put_right_and_named(opened, processes):
    before = stand()
    assert (
        said(processes=processes) == "5 roles measured from the record: every commitment stood as it says.\n"
    )
    assert stand() == before
    first, fourth = opened[0], opened[3]
    Commitment.objects.filter(partnership__requisition=first).update(hours_late=7, due_at=LATER)
    wrong = Commitment.objects.filter(partnership__requisition=first).count()
    Commitment.objects.filter(partnership__requisition=fourth, kind="published").update(court="manager")
    assert said(processes=processes) == (
        f"5 roles measured from the record: {wrong + 1} commitments stood otherwise and are put right, "
        f"of the roles {first.pk}, {fourth.pk}.\n"
    )
    assert stand() == before


def test_a_record_that_cannot_be_read_holds_up_no_other_role(opened, monkeypatch):
    broken, wrong = opened[1], opened[2]
    Activity.objects.create(
        verb=ASKED,
        occurred_at=NOW,
        actor_kind="user",
        actor_id=broken.recruiter_id,
        subject_type="candidates.review",
        subject_id=1,
        requisition_id=broken.pk,
        application_id=make.make_application(requisition=broken).pk,
        data={"no": "slate", "side": "manager"},
    )
    Commitment.objects.filter(partnership__requisition=wrong).update(hours_late=7)
    many = Commitment.objects.filter(hours_late=7).count()
    with pytest.raises(CommandError, match=f"could not be measured, the log says why: {broken.pk}[.]$"):
        said(processes=2)
    assert many > 0
    assert not Commitment.objects.filter(hours_late=7).exists()
