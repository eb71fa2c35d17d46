"""Whatever is asked while a wall stands finds the rows of this side; and nothing of it stays behind."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.db.models import Count

from ats.kernel import walls
from candidates.models import Application, Candidate
from requisitions.models import Requisition
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def two() -> tuple[Requisition, Requisition]:
    return factories.make_requisition(title="Ours"), factories.make_requisition(title="Theirs")


def titles(sql: str, *values: Any) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT title FROM requisitions_requisition",
        'SELECT "requisitions_requisition"."title" FROM "requisitions_requisition"',
        "WITH r AS (SELECT * FROM requisitions_requisition) SELECT title FROM r",
        "WITH RECURSIVE n(i) AS (VALUES (1) UNION SELECT 1 FROM n) SELECT title FROM requisitions_requisition, n",
        "(SELECT title FROM requisitions_requisition) UNION (SELECT title FROM requisitions_requisition)",
        "SELECT r.title FROM requisitions_stage s JOIN requisitions_requisition r ON r.id = requisition_id GROUP BY 1",
        "SELECT (SELECT max(title) FROM requisitions_requisition)",
    ],
)
def test_every_shape_of_a_question(two: tuple[Requisition, Requisition], sql: str) -> None:
    with walls.around([two[0].organisation_id]):
        assert titles(sql) == ["Ours"]
    with walls.around([two[1].organisation_id]):
        assert titles(sql) == ["Theirs"]


def test_of_no_organisation_there_is_nothing(two: tuple[Requisition, Requisition]) -> None:
    with walls.around([]):
        assert titles("SELECT title FROM requisitions_requisition") == []


def test_groups_are_made_as_ever(two: tuple[Requisition, Requisition]) -> None:
    factories.make_application(requisition=two[0])
    factories.make_application(requisition=two[1])
    counted = Requisition.objects.annotate(many=Count("applications")).order_by("title")
    with walls.around([two[0].organisation_id]):
        assert [(row.title, row.many) for row in counted.all()] == [("Ours", 1)]
    assert [(row.title, row.many) for row in counted.all()] == [("Ours", 1), ("Theirs", 1)]


def test_an_action_reads_everything_but_what_is_said_to_be_behind(
    two: tuple[Requisition, Requisition],
) -> None:
    with walls.around([two[0].organisation_id]):
        with transaction.atomic():
            assert Requisition.objects.count() == 2
            assert list(
                Requisition.objects.select_for_update().values_list("pk", flat=True).order_by("pk")
            ) == [row.pk for row in two]
            with walls.around([two[0].organisation_id], within_action=True):
                assert Requisition.objects.count() == 1
            with walls.rebased():
                assert Requisition.objects.count() == 1
        assert Requisition.objects.count() == 1


def test_it_is_gone_when_the_request_is_over(two: tuple[Requisition, Requisition]) -> None:
    user = factories.make_user(works_for=[two[0].organisation_id])

    def request() -> None:
        with walls.ending():
            walls.begin(user)
            walls.begin(user)
            assert Requisition.objects.count() == 1
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        request()
    assert not walls.stands()
    assert Requisition.objects.count() == 2
    assert "allows_group_by_selected_pks" not in vars(connection.features)


@pytest.mark.parametrize("who", [AnonymousUser(), None])
def test_around_who_works_for_the_house_there_is_none(who: Any, two: tuple[Requisition, Requisition]) -> None:
    user = factories.make_user() if who is None else who
    with walls.ending(), walls.standing(user):
        walls.begin(user)
        assert not walls.stands()


def test_people_are_seen_with_their_own_side_or_with_none(two: tuple[Requisition, Requisition]) -> None:
    both, ours, theirs, nowhere = (factories.make_candidate(first_name=name) for name in "BOTN")
    for candidate, roles in ((both, two), (ours, two[:1]), (theirs, two[1:])):
        for role in roles:
            factories.make_application(candidate=candidate, requisition=role)
    with walls.around([two[0].organisation_id]):
        assert set(Candidate.objects.values_list("pk", flat=True)) == {both.pk, ours.pk, nowhere.pk}
        assert list(Application.objects.filter(candidate=both).values_list("requisition", flat=True)) == [
            two[0].pk
        ]


def test_every_table_of_the_house_is_on_a_side_or_is_known_to_have_none() -> None:
    """A new model that belongs to no organisation is named here, after thinking about it."""
    from django.apps import apps

    ours = {"ats", "requisitions", "candidates", "partners"}
    tables = {
        model._meta.db_table: model._meta.label
        for model in apps.get_models()
        if model._meta.app_label in ours
    }
    assert sorted(label for table, label in tables.items() if table not in walls._rules()) == HAVE_NO_SIDE


HAVE_NO_SIDE = sorted(
    [
        # People of the house, their ways in and their time.
        "ats.User", "ats.Invitation", "ats.KnownDevice", "ats.SignInCode", "ats.SignInPolicy", "ats.ApiToken",
        "ats.IdempotentCall", "ats.MailKey", "ats.WorkingHours", "ats.CalendarSubscription", "ats.BusyTime",
        "ats.CalendarLink", "partners.QuietUser", "partners.Digest", "partners.DeclinedReader", "partners.Delegation",
        "partners.ExerciseDone", "ats.Notification", "ats.NotificationChoice", "candidates.BulkRun",
        "candidates.SavedFilter", "candidates.FollowedFilter",
        # Seen by whoever may see everybody in it.
        "candidates.Signal",
        # What is the same for all organisations.
        "ats.WorkingCalendar", "ats.Holiday", "ats.ConfirmedDays", "requisitions.PipelineTemplate",
        "requisitions.TemplateStage", "requisitions.PlanTemplate", "requisitions.TemplateInterview",
        "requisitions.WordingRule", "candidates.Source", "candidates.Tag", "candidates.DispositionReason",
        # The works below the floor, which only who works for the whole house looks at.
        "ats.DueTask", "ats.Standstill", "ats.SuppressedAddress", "ats.SuppressedNumber", "ats.HeardSms", "ats.Pulse",
        "ats.HeardTo", "ats.RetentionRun", "candidates.WordsTaken", "candidates.LookedThrough", "partners.AdviceRun",
        # Whose it is who dropped it, for some hours.
        "candidates.ResumeDraft",
    ]
)  # fmt: skip
