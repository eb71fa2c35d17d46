"""What every form shares."""

from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.utils import timezone

from ats.web.forms import LocalMoment


@pytest.mark.parametrize("wall", ["2027-03-28T02:30", "2027-10-31T02:30"], ids=["left out", "twice"])
def test_an_hour_in_which_the_clocks_change_is_refused_in_plain_words(wall: str) -> None:
    with timezone.override(ZoneInfo("Europe/Berlin")), pytest.raises(forms.ValidationError) as refused:
        LocalMoment().clean(wall)
    assert refused.value.messages == [
        "The clocks change in that hour: this time does not exist, or comes twice. Give another one."
    ]


def test_any_other_time_is_one_of_the_clock_of_who_gives_it() -> None:
    with timezone.override(ZoneInfo("Europe/Berlin")):
        moment = LocalMoment().clean("2027-03-28T03:30")
        with pytest.raises(forms.ValidationError, match="Enter a valid date/time"):
            LocalMoment().clean("2027-03-28 25:00")
    assert moment is not None
    assert moment.isoformat() == "2027-03-28T03:30:00+02:00"
