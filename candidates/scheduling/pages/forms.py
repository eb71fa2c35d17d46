"""What a coordinator fills in, and the rows in which people say when they can."""

from collections.abc import Iterable
from datetime import MAXYEAR, UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext, pgettext

from ats.calendars.domain import spans
from ats.calendars.domain.spans import Span
from ats.kernel import staff_words
from ats.web.forms import DateInput
from candidates.scheduling.actions.request_times import LONGEST_BREAK, VALID_DAYS
from candidates.scheduling.domain.given import Terms, problems
from candidates.scheduling.models import BookingWay


def moment_of(text: str, zone: ZoneInfo) -> datetime:
    """A moment as a browser's field gives it (2026-11-24T10:00), by the clock in that zone."""
    try:
        wall = datetime.fromisoformat(text)
    except ValueError:
        raise forms.ValidationError(gettext("Give a day and a time.")) from None
    if not 1 < wall.year < MAXYEAR:  # at the ends of the calendar a moment has no date in some zones
        raise forms.ValidationError(gettext("Give a day within the next twelve months."))
    if wall.tzinfo is not None:
        return wall.astimezone(UTC)
    if not spans.exists(wall, zone):
        raise forms.ValidationError(
            staff_words.gettext("The clocks change on that day: %(time)s does not exist. Give another time.")
            % {"time": f"{wall:%H:%M}"}
        )
    return wall.replace(tzinfo=zone).astimezone(UTC)


class AskForm(forms.Form):
    """How the candidate is asked for a time."""

    way = forms.ChoiceField(
        label=staff_words.gettext_lazy("How"),
        choices=BookingWay.choices,
        widget=forms.RadioSelect,
        initial=BookingWay.PICK,
    )
    earliest = forms.DateField(label=staff_words.gettext_lazy("From"), widget=DateInput())
    latest = forms.DateField(label=staff_words.gettext_lazy("Until"), widget=DateInput())
    notice_hours = forms.IntegerField(
        label=staff_words.gettext_lazy("Notice, in hours"),
        min_value=0,
        max_value=240,
        initial=12,
        help_text=staff_words.gettext_lazy("No time sooner than this."),
    )
    change_hours = forms.IntegerField(
        label=staff_words.gettext_lazy("Changes until, in hours before"),
        min_value=0,
        max_value=240,
        initial=24,
        help_text=staff_words.gettext_lazy("Until then they change or cancel it alone."),
    )
    shortest_break = forms.IntegerField(
        label=staff_words.gettext_lazy("Break, at least"),
        min_value=0,
        max_value=LONGEST_BREAK,
        initial=0,
        required=False,
    )
    longest_break = forms.IntegerField(
        label=staff_words.gettext_lazy("Break, at most"),
        min_value=0,
        max_value=LONGEST_BREAK,
        initial=30,
        required=False,
    )
    message = forms.CharField(
        label=staff_words.gettext_lazy("A word to the candidate"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "data-wording": "message"}),
        help_text=staff_words.gettext_lazy("Stands in the message that asks them."),
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
        label=staff_words.gettext_lazy("Day and time"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "step": 300}),
        error_messages={"required": staff_words.gettext_lazy("Give a day and a time.")},
    )
    people = forms.TypedMultipleChoiceField(
        label=staff_words.gettext_lazy("Who takes part"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": staff_words.gettext_lazy("Choose who takes part.")},
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
        label=staff_words.gettext_lazy("Why"),
        max_length=300,
        help_text=staff_words.gettext_lazy("The candidate and the interviewers read it."),
        error_messages={"required": staff_words.gettext_lazy("Say why, in a few words.")},
    )


class MoveForm(ReasonForm):
    slot = forms.CharField(
        max_length=40,
        error_messages={"required": staff_words.gettext_lazy("Choose a time in the week below.")},
    )


class NoShowForm(forms.Form):
    WORD, TIME = "word", "time"
    reason = forms.CharField(label=staff_words.gettext_lazy("What happened"), max_length=300, required=False)
    then = forms.ChoiceField(
        label=staff_words.gettext_lazy("What they can expect next"),
        choices=[
            (WORD, staff_words.gettext_lazy("Word on how we go on, within two working days")),
            (TIME, staff_words.gettext_lazy("Another time for this interview")),
        ],
        widget=forms.RadioSelect,
        initial=WORD,
        help_text=staff_words.gettext_lazy("Their page says it, and by when."),
    )


class TimesForm(forms.Form):
    """Rows of a day, from when and until when, by the clock where the reader is; `times` is what they gave."""

    places = 5
    """How many rows there are."""

    def __init__(self, *args: Any, zone: ZoneInfo, given: Iterable[Span] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        for row in range(self.places):
            self.fields[f"day_{row}"] = forms.DateField(
                label=gettext("Day"),
                required=False,
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            )
            for name, label in (("from", pgettext("a time", "From")), ("to", pgettext("a time", "To"))):
                self.fields[f"{name}_{row}"] = forms.TimeField(
                    label=label,
                    required=False,
                    widget=forms.TimeInput(attrs={"type": "time", "step": 900}, format="%H:%M"),
                )
        for row, (start, end) in enumerate(given):
            begins, ends = start.astimezone(zone), end.astimezone(zone)
            shown = {f"day_{row}": begins.date(), f"from_{row}": begins.time(), f"to_{row}": ends.time()}
            self.initial.update(shown)

    def rows(self) -> list[tuple[Any, Any, Any]]:
        return [(self[f"day_{row}"], self[f"from_{row}"], self[f"to_{row}"]) for row in range(self.places)]

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or self.cleaned_data
        self.given: dict[int, Span] = {}
        for row in range(self.places):
            given = [facts.get(f"{name}_{row}") for name in ("day", "from", "to")]
            if not any(given):
                continue
            if not all(value is not None for value in given):
                if not any(self.has_error(f"{name}_{row}") for name in ("day", "from", "to")):
                    self.add_error(f"day_{row}", gettext("Give the day, from when and until when."))
                continue
            self._take(row, *given)
        if not self.given and not self.errors:
            self.add_error("day_0", gettext("Give at least one time at which you can."))
        return facts

    @property
    def times(self) -> list[Span]:
        return list(self.given.values())

    def _take(self, row: int, day: Any, start: Any, end: Any) -> None:
        if not 1 < day.year < MAXYEAR:  # there are zones in which its first or last moment has no date
            self.add_error(f"day_{row}", gettext("Give a day in the next weeks."))
            return
        begins, ends = datetime.combine(day, start), datetime.combine(day, end)
        missing = next((wall for wall in (begins, ends) if not spans.exists(wall, self.zone)), None)
        if missing is not None:
            self.add_error(
                f"from_{row}",
                gettext(
                    "The clocks change that night: %(time)s does not exist on that day. Give another time."
                )
                % {"time": f"{missing:%H:%M}"},
            )
        elif ends <= begins:
            self.add_error(f"to_{row}", gettext("This is before it begins."))
        else:
            self.given[row] = (
                begins.replace(tzinfo=self.zone).astimezone(UTC),
                ends.replace(tzinfo=self.zone).astimezone(UTC),
            )


class AvailabilityForm(TimesForm):
    """Up to six times at which somebody can sit in an interview; what cannot be used is said at its row."""

    places = 6

    def __init__(self, *args: Any, terms: Terms, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.terms = terms

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        rows = list(self.given)
        for place, said in problems(self.times, self.terms).items():
            self.add_error(f"day_{rows[place]}", said)
        return facts
