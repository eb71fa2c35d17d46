"""By what the calendar can be narrowed."""

from typing import Any

from django import forms

from ats.kernel.staff_words import gettext, gettext_lazy, pgettext_lazy
from candidates.interviews.queries.calendar import Calendar


class NarrowForm(forms.Form):
    """The roles and the people of the days that are looked at; the rest of the address is carried along."""

    view = forms.CharField(required=False, widget=forms.HiddenInput)
    on = forms.CharField(required=False, widget=forms.HiddenInput)
    whose = forms.CharField(required=False, widget=forms.HiddenInput)
    role = forms.ChoiceField(label=pgettext_lazy("to hire for", "Role"), required=False)
    who = forms.ChoiceField(label=gettext_lazy("Interviewer"), required=False)

    def __init__(self, given: Any, *, calendar: Calendar, mine: bool) -> None:
        super().__init__(
            initial={name: given.get(name, "") for name in self.base_fields}, auto_id="narrow_%s"
        )
        self.fields["role"].choices = [("", gettext("All roles")), *calendar.roles]  # type: ignore[attr-defined]
        self.fields["who"].choices = [("", gettext("All interviewers")), *calendar.people]  # type: ignore[attr-defined]
        if mine:
            del self.fields["who"]
