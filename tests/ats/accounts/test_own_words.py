"""A password made of the house's own names is none; one that only mentions them is."""

from contextlib import nullcontext
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from ats.accounts.queries.own_words import OwnWordsValidator
from tests.factories import make_organisation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("password", "refused"),
    [
        ("Accord-Hiring-2026", True),
        ("Northwind2026!!!", True),
        ("N0rthw1nd-R@ilways", True),
        ("JobsNorthwindWelcome1", True),
        ("recruiter#recruiter", True),
        ("a heron over the lake", False),
        ("accord of the herons", False),
        ("northwind blows at night", False),
        ("483920184739201", False),  # any composition will do
        ("aaaaaaaaaaaaa", False),  # others refuse that
    ],
)
def test_own_words(password: str, refused: bool, settings: Any) -> None:
    make_organisation(name="Northwind Railways")
    settings.ALLOWED_HOSTS = ["jobs.northwind.example"]
    said: Any = pytest.raises(ValidationError) if refused else nullcontext()
    with said as error:
        OwnWordsValidator().validate(password)
    assert (error and error.value.code) == ("password_own_words" if refused else None)
