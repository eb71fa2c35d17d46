"""What candidates fill in about their interviews."""

from datetime import MAXYEAR, UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from ats.calendars.domain import spans
from ats.calendars.domain.spans import Span
from ats.web.forms import TimeZoneField

ROWS = 5

NEEDS_LABEL = "Anything you need to be at your best?"
NEEDS_HELP = (
    "Step-free access, captions, more time, another way to talk. Only the recruiting team reads this, and it "
    "plays no part in any decision."
)


class ZoneForm(forms.Form):
    time_zone = TimeZoneField(label="Your time zone")


class PickForm(forms.Form):
    slot = forms.CharField(max_length=200, error_messages={"required": "Choose one of the times."})
    needs = forms.CharField(
        label=NEEDS_LABEL,
        help_text=NEEDS_HELP,
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class NeedsForm(forms.Form):
    needs = PickForm.base_fields["needs"]


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Why, in a few words",
        help_text="The people whom you were to meet read it.",
        max_length=300,
        error_messages={"required": "Say why, in a few words."},
    )


class MoveForm(ReasonForm):
    slot = forms.CharField(max_length=200, error_messages={"required": "Choose one of the times."})


class GiveForm(forms.Form):
    """Up to `ROWS` times at which the candidate can, by the clock where they are."""

    note = forms.CharField(
        label="Anything we should know?",
        help_text="Such as days that never suit, or that mornings are better.",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        for row in range(ROWS):
            self.fields[f"day_{row}"] = forms.DateField(
                label="Day", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            )
            for name, label in (("from", "From"), ("to", "To")):
                self.fields[f"{name}_{row}"] = forms.TimeField(
                    label=label,
                    required=False,
                    widget=forms.TimeInput(attrs={"type": "time", "step": 900}, format="%H:%M"),
                )

    def rows(self) -> list[tuple[Any, Any, Any]]:
        return [(self[f"day_{row}"], self[f"from_{row}"], self[f"to_{row}"]) for row in range(ROWS)]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        self.times: list[Span] = []
        for row in range(ROWS):
            given = [facts.get(f"{name}_{row}") for name in ("day", "from", "to")]
            if not any(given):
                continue
            if not all(value is not None for value in given):
                if not any(self.has_error(f"{name}_{row}") for name in ("day", "from", "to")):
                    self.add_error(f"day_{row}", "Give the day, from when and until when.")
                continue
            self._take(row, *given)
        if not self.times and not self.errors:
            self.add_error("day_0", "Give at least one time at which you can.")
        return facts

    def _take(self, row: int, day: Any, start: Any, end: Any) -> None:
        if not 1 < day.year < MAXYEAR:  # there are zones in which its first or last moment has no date
            self.add_error(f"day_{row}", "Give a day in the next weeks.")
            return
        begins, ends = datetime.combine(day, start), datetime.combine(day, end)
        missing = next((wall for wall in (begins, ends) if not spans.exists(wall, self.zone)), None)
        if missing is not None:
            self.add_error(
                f"from_{row}",
                f"The clocks change that night: {missing:%H:%M} does not exist on that day. Give another time.",
            )
        elif ends <= begins:
            self.add_error(f"to_{row}", "This is before it begins.")
        else:
            self.times.append(
                (
                    begins.replace(tzinfo=self.zone).astimezone(UTC),
                    ends.replace(tzinfo=self.zone).astimezone(UTC),
                )
            )
