"""What a coordinator fills in: how to ask a candidate, another time, the reason of a change."""

from datetime import MAXYEAR, UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms

from ats.calendars.domain import spans
from ats.web.forms import DateInput
from candidates.scheduling.actions.request_times import LONGEST_BREAK, VALID_DAYS
from candidates.scheduling.models import BookingWay


def moment_of(text: str, zone: ZoneInfo) -> datetime:
    """A moment as a browser's field gives it (2026-11-24T10:00), by the clock in that zone."""
    try:
        wall = datetime.fromisoformat(text)
    except ValueError:
        raise forms.ValidationError("Give a day and a time.") from None
    if not 1 < wall.year < MAXYEAR:  # at the ends of the calendar a moment has no date in some zones
        raise forms.ValidationError("Give a day within the next twelve months.")
    if wall.tzinfo is not None:
        return wall.astimezone(UTC)
    if not spans.exists(wall, zone):
        raise forms.ValidationError(
            f"The clocks change on that day: {wall:%H:%M} does not exist. Give another time."
        )
    return wall.replace(tzinfo=zone).astimezone(UTC)


class AskForm(forms.Form):
    """How the candidate is asked for a time."""

    way = forms.ChoiceField(
        label="How", choices=BookingWay.choices, widget=forms.RadioSelect, initial=BookingWay.PICK
    )
    earliest = forms.DateField(label="From", widget=DateInput())
    latest = forms.DateField(label="Until", widget=DateInput())
    notice_hours = forms.IntegerField(
        label="Notice, in hours",
        min_value=0,
        max_value=240,
        initial=12,
        help_text="No time sooner than this.",
    )
    change_hours = forms.IntegerField(
        label="Changes until, in hours before",
        min_value=0,
        max_value=240,
        initial=24,
        help_text="Until then they change or cancel it alone.",
    )
    shortest_break = forms.IntegerField(
        label="Break, at least", min_value=0, max_value=LONGEST_BREAK, initial=0, required=False
    )
    longest_break = forms.IntegerField(
        label="Break, at most", min_value=0, max_value=LONGEST_BREAK, initial=30, required=False
    )
    message = forms.CharField(
        label="A word to the candidate",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "data-wording": "message"}),
        help_text="Stands in the message that asks them.",
    )

    def __init__(self, *args: Any, today: Any, row: bool, **kwargs: Any) -> None:
        initial = {"earliest": today, "latest": today + timedelta(days=VALID_DAYS)}
        super().__init__(*args, **{"initial": initial, **kwargs})
        if not row:
            del self.fields["shortest_break"], self.fields["longest_break"]

    @property
    def breaks(self) -> tuple[int, int]:
        shortest = self.cleaned_data.get("shortest_break") or 0
        longest = self.cleaned_data.get("longest_break")
        return shortest, 30 if longest is None else longest

    def facts(self) -> dict[str, Any]:
        """What the action takes."""
        names = ("way", "earliest", "latest", "notice_hours", "change_hours", "message")
        return {name: self.cleaned_data[name] for name in names} | {"breaks": self.breaks}


class OtherTimeForm(forms.Form):
    """A time that the grid does not offer, for people whom one names."""

    at = forms.CharField(
        label="Day and time",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "step": 300}),
        error_messages={"required": "Give a day and a time."},
    )
    people = forms.TypedMultipleChoiceField(
        label="Who takes part",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose who takes part."},
    )

    def __init__(self, *args: Any, people: Any, zone: ZoneInfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        names = [(person.pk, str(person)) for person in people]
        self.fields["people"].choices = names  # type: ignore[attr-defined]

    def clean_at(self) -> datetime:
        return moment_of(self.cleaned_data["at"], self.zone)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Why",
        max_length=300,
        help_text="The candidate and the interviewers read it.",
        error_messages={"required": "Say why, in a few words."},
    )


class MoveForm(ReasonForm):
    slot = forms.CharField(max_length=40, error_messages={"required": "Choose a time in the week below."})


class NoShowForm(forms.Form):
    WORD, TIME = "word", "time"
    reason = forms.CharField(label="What happened", max_length=300, required=False)
    then = forms.ChoiceField(
        label="What they can expect next",
        choices=[
            (WORD, "Word on how we go on, within two working days"),
            (TIME, "Another time for this interview"),
        ],
        widget=forms.RadioSelect,
        initial=WORD,
        help_text="Their page says it, and by when.",
    )
