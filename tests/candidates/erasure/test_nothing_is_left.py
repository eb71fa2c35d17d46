"""A name in every field of a candidate, and after their erasure in none: no table, no file."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage

from candidates.erasure.actions import ask
from candidates.models import Application, Candidate, Erasure
from tests.candidates.erasure.planting import Planted, found, of_candidates
from tests.candidates.helpers import run_lane
from tests.factories import NOW

WORDS = ("zyxmark", "quellwood")
OTHERS = ("brunhalt", "ostersee")


@pytest.fixture(autouse=True)
def ledger(settings, tmp_path):
    settings.ERASURES = tmp_path / "erasures.jsonl"
    return settings.ERASURES


@pytest.mark.django_db
def test_nothing_of_theirs_is_left_and_nothing_of_others_is_gone() -> None:
    planted = Planted("Zyxmark", "Quellwood")
    other = Planted("Brunhalt", "Ostersee")
    before, of_others = set(found(*WORDS)), set(found(*OTHERS))
    assert len({place.split(".")[0] for place in before}) > len(of_candidates()) - 5
    assert planted.files

    ask.ask(candidate=planted.candidate, now=NOW)
    run_lane("erasures", NOW)
    erasure = Erasure.objects.get()
    assert (erasure.state, erasure.last_error) == ("erased", "")
    receipt = erasure.receipt
    assert receipt is not None
    receipt.state, receipt.sent_at = "sent", NOW
    receipt.save()
    run_lane("erasures", NOW + timedelta(minutes=6))

    erasure.refresh_from_db()
    assert (erasure.state, erasure.receipt, erasure.files) == ("done", None, [])
    assert sorted(found(*WORDS)) == []
    assert not any(default_storage.exists(name) for name in planted.files)
    assert set(found(*OTHERS)) == of_others
    for name in other.files:
        default_storage.delete(name)
    assert Application.objects.filter(candidate=planted.candidate).count() == 1
    assert Candidate.objects.get(pk=planted.candidate.pk).anonymised_at == NOW
