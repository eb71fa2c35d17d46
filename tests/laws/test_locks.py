"""A row is locked by its own columns, and read afterwards; the watch over all tests notices when it is not."""

import pytest
from django.db import transaction

from candidates.models import Application, Review
from tests.locking import LocksWhatIsJoined, ReadsWhileLocking

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "rows",
    [
        lambda: Application.objects.select_related("stage").select_for_update(of=("self",), no_key=True),
        lambda: Application.objects.filter(stage__kind="review").select_for_update(of=("self",)),
        lambda: Review.objects.filter(
            application__in=Application.objects.active()
        ).select_for_update(no_key=True),
    ],
)  # fmt: skip
def test_what_is_joined_is_not_locked_by(rows) -> None:
    with pytest.raises(ReadsWhileLocking), transaction.atomic():
        list(rows())


def test_what_is_joined_is_not_locked_along() -> None:
    rows = Application.objects.select_related("stage").select_for_update(no_key=True, skip_locked=True)
    with pytest.raises(LocksWhatIsJoined), transaction.atomic():
        list(rows)


def test_who_passes_over_may_join_and_who_names_its_own_columns_may_wait() -> None:
    with transaction.atomic():
        rows = Application.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
        list(rows.select_related("stage"))
        list(Application.objects.filter(state="active").select_for_update(no_key=True))
