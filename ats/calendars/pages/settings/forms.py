"""The forms of one's availability."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import Any

from django import forms
from django.forms import BoundField

from ats.calendars.actions.change import LONGEST_BUFFER, Pairs
from ats.calendars.models import WorkingHours
from ats.kernel.errors import ActionError
from ats.kernel.languages import Words, later
from ats.kernel.staff_words import gettext, gettext_lazy
from ats.web.forms import LocalMoment

DAYS = (
    gettext_lazy("Monday"),
    gettext_lazy("Tuesday"),
    gettext_lazy("Wednesday"),
    gettext_lazy("Thursday"),
    gettext_lazy("Friday"),
    gettext_lazy("Saturday"),
    gettext_lazy("Sunday"),
)
USUAL = {str(day): [["09:00", "17:00"]] for day in range(5)}
ENDS = ("opens", "closes")
PARTS = (1, 2)


@dataclass(frozen=True)
class Day:
    """A weekday's row: two stretches of time at most, each with its beginning and its end."""

    name: str
    stretches: list[list[BoundField]]
    errors: list[str]


_ENDS_IN_WORDS = {
    ("opens", 1): gettext_lazy("%(day)s from"),
    ("closes", 1): gettext_lazy("%(day)s to"),
    ("opens", 2): gettext_lazy("%(day)s, second part, from"),
    ("closes", 2): gettext_lazy("%(day)s, second part, to"),
}


def _end_in_words(day: Words, part: int, end: str) -> str:
    return str(_ENDS_IN_WORDS[end, part]) % {"day": day}


class HoursForm(forms.Form):
    """Working hours, weekday by weekday."""

    buffer_minutes = forms.IntegerField(
        label=gettext_lazy("Free minutes before and after each interview"),
        help_text=gettext_lazy("To write down what you heard, and to breathe."),
        min_value=0,
        max_value=LONGEST_BUFFER,
        initial=0,
    )

    def __init__(self, *args: Any, hours: WorkingHours | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = hours.days if hours is not None else USUAL
        self.initial.setdefault("buffer_minutes", hours.buffer_minutes if hours is not None else 0)
        for number, day in enumerate(DAYS):
            pairs = known.get(str(number), [])
            for part in PARTS:
                pair = pairs[part - 1] if len(pairs) >= part else ("", "")
                for end, value in zip(ENDS, pair, strict=True):
                    label = later(_end_in_words, day, part, end)
                    self.fields[f"day_{number}_{end}_{part}"] = forms.TimeField(
                        required=False,
                        label=label,
                        initial=value,
                        widget=forms.TimeInput(attrs={"type": "time", "aria-label": label}, format="%H:%M"),
                    )

    def days(self) -> Iterator[Day]:
        for number, name in enumerate(DAYS):
            stretches = [[self[f"day_{number}_{end}_{part}"] for end in ENDS] for part in PARTS]
            errors = [str(error) for pair in stretches for field in pair for error in field.errors]
            yield Day(str(name), stretches, errors)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for number in range(len(DAYS)):
            for part in PARTS:
                opens, closes = (data.get(f"day_{number}_{end}_{part}") for end in ENDS)
                if (opens is None) != (closes is None) and not self.errors:
                    self.add_error(
                        f"day_{number}_opens_{part}", gettext("Give both the beginning and the end.")
                    )
        return data

    def chosen(self) -> dict[int, Pairs]:
        """The stretches of each weekday, as the action takes them."""
        return {number: list(self._pairs(number)) for number in range(len(DAYS))}

    def _pairs(self, number: int) -> Iterator[tuple[str, str]]:
        for part in PARTS:
            opens, closes = (self.cleaned_data[f"day_{number}_{end}_{part}"] for end in ENDS)
            if opens is not None:
                yield f"{opens:%H:%M}", "24:00" if closes == time() else f"{closes:%H:%M}"

    def refuse(self, error: ActionError) -> None:
        field = f"{error.field}_opens_1" if (error.field or "").startswith("day_") else error.field
        self.add_error(field if field in self.fields else None, error.message)


class CalendarForm(forms.Form):
    url = forms.CharField(
        label=gettext_lazy("Address of the calendar"),
        max_length=2000,
        help_text=gettext_lazy(
            "In Google Calendar: Settings, your calendar, “Secret address in iCal format”. In Outlook: "
            "Settings, Shared calendars, Publish, the ICS link."
        ),
        widget=forms.URLInput(attrs={"autocomplete": "off", "placeholder": "https://"}),
    )


class BlockForm(forms.Form):
    """A time without interviews."""

    starts_at = LocalMoment(
        label=gettext_lazy("From"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    ends_at = LocalMoment(
        label=gettext_lazy("Until"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )
    label = forms.CharField(
        label=gettext_lazy("What for"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("For yourself; nobody else sees it."),
    )
