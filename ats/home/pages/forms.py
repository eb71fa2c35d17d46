"""What a new house says of itself, and whom it asks in."""

from typing import Any

from django import forms

from ats.accounts.models import Role
from ats.kernel.languages import Words
from ats.kernel.staff_words import gettext, gettext_lazy
from ats.kernel.zones import zones
from ats.organisation.domain.defaults import DAY_ENDS, DAY_STARTS, country_of, place
from ats.organisation.pages.settings.forms import DAYS, countries
from ats.web.forms import TimeZoneField


class HouseForm(forms.Form):
    """The organisation and its place; how people work there follows from the place, and can be said otherwise."""

    name = forms.CharField(label=gettext_lazy("Name of the organisation"), max_length=200)
    city = forms.CharField(label=gettext_lazy("City"), max_length=120)
    country = forms.ChoiceField(label=gettext_lazy("Country"), choices=countries)
    time_zone = TimeZoneField(choices=lambda: [("", gettext("As in the city")), *zones()])
    working_days = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Working days"), choices=DAYS, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    day_starts = forms.TimeField(
        label=gettext_lazy("Work begins"),
        initial=DAY_STARTS,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    day_ends = forms.TimeField(
        label=gettext_lazy("Work ends"),
        initial=DAY_ENDS,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    WORK = ("time_zone", "working_days", "day_starts", "day_ends")

    def __init__(self, data: Any = None, *, seen: str = "", chosen: Any = None, **kwargs: Any) -> None:
        """What is not said of the work is taken from the place: from what is sent (`data`), from what was chosen on
        the page so far (`chosen`), or from the time zone that the device shows (`seen`)."""
        said = data if data is not None else chosen or {}
        country, city = said.get("country", "") or country_of(seen), said.get("city", "")
        self.place = place(country, city, seen=seen) if country else None
        initial = {"country": country}
        if self.place:
            initial |= {"time_zone": self.place.time_zone, "working_days": self.place.working_days}
        if data is not None:
            data = data.copy()
            for name, value in self._of_the_place().items():
                if not data.get(name):
                    data.setlist(name, value)
        super().__init__(data, initial=initial, **kwargs)

    def _of_the_place(self) -> dict[str, list[str]]:
        if not self.place:
            return {}
        return {
            "time_zone": [self.place.time_zone],
            "working_days": [str(day) for day in self.place.working_days],
            "day_starts": [f"{DAY_STARTS:%H:%M}"],
            "day_ends": [f"{DAY_ENDS:%H:%M}"],
        }

    @property
    def work_is_wrong(self) -> bool:
        return any(name in self.errors for name in self.WORK)


class AskedIn(forms.Form):
    """One colleague who is asked in; nobody where the address stays empty."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("name") and not data.get("email") and "email" not in self.errors:
            self.add_error("email", gettext("Give the address to which the invitation goes."))
        return data


PARTS = {
    Role.MANAGER: (
        "manager",
        gettext_lazy("The hiring manager"),
        gettext_lazy("Your partner: says what the role needs, meets people, decides with you."),
    ),
    Role.RECRUITER: (
        "recruiter",
        gettext_lazy("A recruiter"),
        gettext_lazy("Works with candidates, if that is not you."),
    ),
}


def team_forms(data: Any = None) -> list[tuple[str, Words, Words, AskedIn]]:
    """Each part of the team with its form: role, title, a line about it, the form."""
    return [
        (role.value, title, line, AskedIn(data, prefix=prefix))
        for role, (prefix, title, line) in PARTS.items()
    ]
