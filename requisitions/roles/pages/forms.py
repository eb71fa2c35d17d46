"""The steps in which a requisition is written."""

from typing import Any

import pycountry
from django import forms

from ats.accounts.models import OPENING, User
from ats.kernel.staff_words import gettext, gettext_lazy
from ats.organisation.domain import names
from ats.organisation.domain.defaults import currency_of
from ats.organisation.models import Department, HiringOrganisation, Location
from ats.organisation.pages.settings.forms import countries
from ats.organisation.queries import places_to_filter_by
from ats.web.forms import needed
from requisitions.roles.domain.facts import MOST_OPENINGS, MOST_PAY, NewPlace, Wanted
from requisitions.roles.models import EmploymentType, PayPeriod, RemoteMode, RequisitionState, TeamRole
from requisitions.roles.queries import RequisitionFilter
from requisitions.roles.workflow import ENDED

ALONE = gettext_lazy(
    "Nobody else is here yet, so you take both parts for now, and the record says so. When your partner joins,"
    " hand theirs over."
)

COMMON = ("EUR", "USD", "GBP", "CHF")


def currencies() -> list[tuple[str, str]]:
    """Every currency there is, the most common ones first."""
    known = sorted(pycountry.currencies, key=lambda one: (one.alpha_3 not in COMMON, one.alpha_3))
    return [(one.alpha_3, f"{one.alpha_3} · {names.currency(one.name)}") for one in known]


class PlaceField(forms.ModelChoiceField):
    """A department or a location, with the name of its organisation where there are several."""

    several = False

    def label_from_instance(self, obj: Any) -> str:
        city = getattr(obj, "city", "")
        name = f"{obj.name}, {city}" if city and city not in obj.name else obj.name
        return f"{name} ({obj.organisation.name})" if self.several else name

    def within(self, organisation: HiringOrganisation | None, *, several: bool) -> None:
        """Offer those of this organisation; of every one where none is given."""
        places: Any = self.queryset
        rows = places.model.objects.select_related("organisation").order_by("organisation__name", "name")
        self.queryset = rows.filter(organisation=organisation) if organisation else rows
        self.several = several and organisation is None


class RoleForm(forms.Form):
    """What the role is, and where."""

    fields: dict[str, Any]

    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        help_text=gettext_lazy("As a candidate would look for it."),
    )
    organisation = forms.ModelChoiceField(
        HiringOrganisation.objects.none(), label=gettext_lazy("Organisation"), empty_label=None
    )
    department = PlaceField(
        Department.objects.none(),
        label=gettext_lazy("Department"),
        required=False,
        empty_label=gettext_lazy("None"),
    )
    location = PlaceField(
        Location.objects.none(),
        label=gettext_lazy("Location"),
        required=False,
        empty_label=gettext_lazy("Not said yet"),
    )
    new_city = forms.CharField(label=gettext_lazy("City"), max_length=120, required=False)
    new_country = forms.ChoiceField(label=gettext_lazy("Country"), choices=countries, required=False)
    remote_mode = forms.ChoiceField(label=gettext_lazy("Where the work is done"), choices=RemoteMode)
    employment_type = forms.ChoiceField(label=gettext_lazy("Employment"), choices=EmploymentType)
    openings = forms.IntegerField(
        label=gettext_lazy("People to hire"),
        min_value=1,
        max_value=MOST_OPENINGS,
        initial=1,
    )
    target_start = forms.DateField(
        label=gettext_lazy("Start"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    confidential = forms.BooleanField(
        label=gettext_lazy("Confidential"),
        required=False,
        help_text=gettext_lazy("Only its team and the recruiting leads see it, and it cannot be published."),
    )

    def __init__(
        self, *args: Any, organisation: HiringOrganisation | None, fixed: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        organisations = HiringOrganisation.objects.filter(is_active=True).order_by("name")
        if fixed and organisation:
            organisations = HiringOrganisation.objects.filter(pk=organisation.pk)
        self.fields["organisation"].queryset = organisations
        several = organisations.count() > 1
        if not several:
            self.fields["organisation"].widget = forms.HiddenInput()
            self.initial.setdefault("organisation", organisations.first())
        for name in ("department", "location"):
            self.fields[name].within(organisation if fixed else None, several=several)
        places = self.fields["location"].queryset
        self.has_places = bool(places[:1])
        if not several and len(only := places[:2]) == 1:
            self.initial.setdefault("location", only[0])
        needed(self, gettext("to publish"), "location")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if bool(data.get("new_city")) != bool(data.get("new_country")):
            missing = "new_country" if data.get("new_city") else "new_city"
            self.add_error(missing, gettext("A new place needs its city and its country."))
        return data

    @property
    def adds_place(self) -> bool:
        """Whether the fields of a new place stand open: none is known yet, or something is typed there."""
        typed = self.is_bound and any(self[name].value() for name in ("new_city", "new_country"))
        return typed or not self.has_places

    def facts(self) -> dict[str, Any]:
        """What the action takes: a place that is new instead of one that is known."""
        facts = dict(self.cleaned_data)
        city, country = facts.pop("new_city"), facts.pop("new_country")
        return facts | ({"location": NewPlace(city, country)} if city else {})


class NewRoleForm(RoleForm):
    """The first step: a draft can be begun with a title alone."""

    hiring_manager = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("Hiring manager"),
        required=False,
        empty_label=gettext_lazy("Not known yet"),
        help_text=gettext_lazy("Your partner in this: they say what the role needs."),
    )
    field_order = ("title", "hiring_manager", "organisation")

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True).known_to(by).order_by("name")
        self.fields["hiring_manager"].queryset = people
        needed(self, gettext("to open"), "hiring_manager")
        _say_who_is_alone(self, list(people[:2]), by)

    def facts(self) -> dict[str, Any]:
        """The pay of a new role is asked for in the currency of its place."""
        facts = super().facts()
        place = facts["location"]
        return facts | ({"pay_currency": currency_of(place.country)} if place else {})


def _say_who_is_alone(form: forms.Form, people: list[User], by: User) -> None:
    """Where nobody else is here, one person takes both parts, and reads that they do."""
    if people == [by]:
        form.initial.setdefault("hiring_manager", by)
        form.fields["hiring_manager"].help_text = ALONE


class PayForm(forms.Form):
    pay_min = forms.DecimalField(
        label=gettext_lazy("From"), min_value=0, max_value=MOST_PAY, decimal_places=2, required=False
    )
    pay_max = forms.DecimalField(
        label=gettext_lazy("To"), min_value=0, max_value=MOST_PAY, decimal_places=2, required=False
    )
    pay_currency = forms.ChoiceField(label=gettext_lazy("Currency"), choices=currencies, initial="EUR")
    pay_period = forms.ChoiceField(label=gettext_lazy("Per"), choices=PayPeriod, initial=PayPeriod.YEAR)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needed(self, gettext("to publish"), "pay_min", "pay_max")


class MustHaveForm(forms.Form):
    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(
        label=gettext_lazy("Must-have"),
        max_length=200,
        widget=forms.TextInput(attrs={"data-wording": "criterion"}),
        error_messages={"required": gettext_lazy("Say in a few words what it is.")},
    )
    why = forms.CharField(
        label=gettext_lazy("Why a great person without it would still be turned down"),
        widget=forms.Textarea(attrs={"rows": 2, "data-wording": "criterion"}),
        error_messages={
            "required": gettext_lazy(
                "Say why it decides. If a great person could do without it, it is nice to have."
            )
        },
    )

    def wanted(self) -> Wanted:
        data = self.cleaned_data
        return Wanted(name=data.get("name", ""), why=data.get("why", ""), id=data.get("id"))


class NiceForm(forms.Form):
    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(
        label=gettext_lazy("Nice to have"),
        max_length=200,
        widget=forms.TextInput(attrs={"data-wording": "criterion"}),
    )

    def wanted(self) -> Wanted:
        return Wanted(name=self.cleaned_data.get("name", ""), id=self.cleaned_data.get("id"))


class Rows(forms.BaseFormSet):
    """Rows of which each can be taken out."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = gettext("Take it out")

    def wanted(self) -> list[Wanted]:
        kept = [form for form in self.forms if form not in self.deleted_forms]
        return [row for row in (form.wanted() for form in kept) if row.name]


MustHaves = forms.formset_factory(
    MustHaveForm, formset=Rows, extra=1, max_num=30, absolute_max=40, can_delete=True
)
NiceToHaves = forms.formset_factory(
    NiceForm, formset=Rows, extra=1, max_num=30, absolute_max=40, can_delete=True
)


class StoryForm(forms.Form):
    """Why somebody would want it, and what it asks of them, honestly."""

    why = forms.CharField(
        label=gettext_lazy("Why this role exists"),
        required=False,
        help_text=gettext_lazy("What is it that nobody does today?"),
        widget=forms.Textarea(attrs={"rows": 3, "data-wording": "note"}),
    )
    outcomes = forms.CharField(
        label=gettext_lazy("What this person will have done after 90 days"),
        required=False,
        help_text=gettext_lazy("One a line. Candidates read it on the careers page."),
        widget=forms.Textarea(attrs={"rows": 4, "data-wording": "advert"}),
    )
    value_proposition = forms.CharField(
        label=gettext_lazy("Why a great person would want it"),
        required=False,
        help_text=gettext_lazy("What they get here and not elsewhere. Only what is true."),
        widget=forms.Textarea(attrs={"rows": 4, "data-wording": "advert"}),
    )
    hard_part = forms.CharField(
        label=gettext_lazy("The hard part"),
        required=False,
        help_text=gettext_lazy(
            "What one should know before saying yes. Candidates read it, and stay for it."
        ),
        widget=forms.Textarea(attrs={"rows": 3, "data-wording": "advert"}),
    )


class LeadForm(forms.Form):
    fields: dict[str, Any]
    recruiter = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Recruiter"), empty_label=None)
    hiring_manager = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("Hiring manager"),
        required=False,
        empty_label=gettext_lazy("Not known yet"),
    )

    def __init__(self, *args: Any, organisation: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        active = User.objects.filter(is_active=True).working_for(organisation).order_by("name")
        self.fields["recruiter"].queryset = active.filter(role__in=OPENING)
        self.fields["hiring_manager"].queryset = active
        needed(self, gettext("to open"), "hiring_manager")


class MemberForm(forms.Form):
    fields: dict[str, Any]
    user = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Person"), empty_label=gettext_lazy("Choose a person")
    )
    role = forms.ChoiceField(label=gettext_lazy("As"), choices=TeamRole, initial=TeamRole.INTERVIEWER)

    def __init__(self, *args: Any, organisation: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(is_active=True).order_by("name")
        # Who is chosen all the same is refused by the action, in words.
        self.fields["user"].queryset = people.working_for(organisation) if organisation else people


class ReasonForm(forms.Form):
    fields: dict[str, Any]
    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=200, help_text=gettext_lazy("The team reads it.")
    )


class EndForm(ReasonForm):
    new_state = forms.ChoiceField(
        label=gettext_lazy("It ends as"),
        choices=[(state.value, state.label) for state in RequisitionState if state in ENDED],
        widget=forms.RadioSelect,
        initial=RequisitionState.CLOSED,
    )
    field_order = ("new_state", "reason")

    def __init__(self, *args: Any, draft: bool, **kwargs: Any) -> None:
        """What was never open can only be called off."""
        super().__init__(*args, **kwargs)
        if draft:
            cancelled = RequisitionState.CANCELLED
            self.fields["new_state"] = forms.ChoiceField(
                choices=[(cancelled.value, cancelled.label)], initial=cancelled, widget=forms.HiddenInput
            )


STATES = [
    ("live", gettext_lazy("Drafts and live")),
    *((state.value, state.label) for state in RequisitionState),
    ("all", gettext_lazy("Every state")),
]


class FilterForm(forms.Form):
    """The filters above the list; what does not make sense is left out, not complained about."""

    fields: dict[str, Any]

    q = forms.CharField(
        label=gettext_lazy("Title or number"), required=False, max_length=100, widget=forms.SearchInput
    )
    whose = forms.ChoiceField(
        label=gettext_lazy("Whose"),
        required=False,
        choices=[("", gettext_lazy("Everybody's")), ("mine", gettext_lazy("Mine"))],
    )
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False, choices=STATES)
    organisation = forms.ChoiceField(label=gettext_lazy("Organisation"), required=False)
    department = forms.ChoiceField(label=gettext_lazy("Department"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organisations, departments = places_to_filter_by()
        several = len(organisations) > 1
        self.fields["organisation"].choices = [("", gettext("Every organisation")), *organisations]
        self.fields["department"].choices = [
            ("", gettext("Any department")),
            *((pk, f"{name} ({whose})" if several else name) for pk, name, whose in departments),
        ]
        if not several:
            del self.fields["organisation"]

    def wanted(self) -> RequisitionFilter:
        self.is_valid()
        data = self.cleaned_data
        chosen = {f"{name}_id": int(pk) for name in ("organisation", "department") if (pk := data.get(name))}
        return RequisitionFilter(
            mine=data.get("whose") == "mine",
            state=data.get("state") or "live",
            text=data.get("q", ""),
            **chosen,
        )
