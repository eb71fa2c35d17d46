"""What one says of a planned interview, of its kit, and of a pool."""

from collections.abc import Sequence
from typing import Any

from django import forms

from ats.kernel.staff_words import gettext, gettext_lazy
from requisitions.interview_plan.actions.change_pools import MOST_A_WEEK
from requisitions.interview_plan.actions.write_kit import (
    LONGEST_AVOID,
    LONGEST_GOOD,
    LONGEST_QUESTION,
    LONGEST_WHY,
    MOST_QUESTIONS,
    Line,
)
from requisitions.interview_plan.domain.facts import LENGTH, MOST_HOURS, MOST_PEOPLE
from requisitions.interview_plan.models import InterviewFormat, PlannedInterview
from requisitions.roles.models import Criterion, CriterionKind

Choices = Sequence[tuple[int, str]]


def _area(rows: int, **attrs: str) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attrs})


def _number(value: Any) -> int | None:
    return int(value) if value else None


class InterviewForm(forms.Form):
    """A planned interview, its kit apart."""

    fields: dict[str, Any]

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=100,
        widget=forms.TextInput(attrs={"data-wording": "question"}),
        help_text=gettext_lazy("The candidate reads it: Work sample, First call."),
    )
    stage_id = forms.TypedChoiceField(label=gettext_lazy("In which step"), coerce=int)
    purpose = forms.CharField(
        label=gettext_lazy("The one thing it is to find out"),
        max_length=300,
        widget=_area(2, **{"data-wording": "question"}),
        help_text=gettext_lazy("If there are two, plan two, or leave one out."),
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"), min_value=LENGTH[0], max_value=LENGTH[1], initial=45
    )
    format = forms.ChoiceField(
        label=gettext_lazy("How"),
        choices=InterviewFormat,
        widget=forms.RadioSelect,
        initial=InterviewFormat.VIDEO,
    )
    place = forms.CharField(
        label=gettext_lazy("Address"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Empty: the address of the role's location."),
    )
    video_link = forms.URLField(
        label=gettext_lazy("Video link"),
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("A room of your own. It goes into the invitations."),
    )
    interviewer_ids = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Who always takes part"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("People of the role's team."),
    )
    pool_id = forms.TypedChoiceField(
        label=gettext_lazy("Others come from the pool"), coerce=_number, empty_value=None, required=False
    )
    interviewers_needed = forms.IntegerField(
        label=gettext_lazy("How many take part in all"),
        min_value=1,
        max_value=MOST_PEOPLE,
        initial=1,
        help_text=gettext_lazy("More than one is a panel."),
    )
    scorecard_hours = forms.IntegerField(
        label=gettext_lazy("Scorecards within how many working hours"),
        min_value=1,
        max_value=MOST_HOURS,
        initial=8,
        help_text=gettext_lazy("What was said fades quickly; the same or the next day is best."),
    )
    preparation = forms.CharField(
        label=gettext_lazy("What the candidate should know beforehand"),
        required=False,
        max_length=5000,
        widget=_area(4, **{"data-wording": "message"}),
        help_text=gettext_lazy(
            "It stands in their invitation: what happens, what to bring, what is not needed."
        ),
    )
    same_day = forms.BooleanField(
        label=gettext_lazy("May take place on the day on which it is booked"),
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        stages: Choices,
        team: Choices,
        pools: Choices,
        planned: PlannedInterview | None = None,
        **kwargs: Any,
    ) -> None:
        if planned is not None:
            facts = {name: getattr(planned, name, None) for name in InterviewForm.base_fields}
            kwargs["initial"] = facts | {"interviewer_ids": [user.pk for user in planned.interviewers.all()]}
        super().__init__(*args, **kwargs)
        self.fields["stage_id"].choices = list(stages)
        self.fields["interviewer_ids"].choices = list(team)
        self.fields["pool_id"].choices = [("", gettext("No pool")), *pools]

    def clean(self) -> dict[str, Any]:
        """As many as were chosen take part, at least."""
        data = super().clean() or self.cleaned_data
        chosen = len(data.get("interviewer_ids") or ())
        if chosen > (data.get("interviewers_needed") or chosen):
            data["interviewers_needed"] = chosen
        return data


class QuestionForm(forms.Form):
    fields: dict[str, Any]

    text = forms.CharField(
        label=gettext_lazy("Question"),
        max_length=LONGEST_QUESTION,
        widget=_area(2, **{"data-wording": "question"}),
        error_messages={"required": gettext_lazy("Write the question.")},
    )
    good = forms.CharField(
        label=gettext_lazy("What good looks like"),
        required=False,
        max_length=LONGEST_GOOD,
        widget=_area(3, **{"data-wording": "feedback"}),
        help_text=gettext_lazy(
            "What would make it a strong yes, a yes, a no? Interviewers see it, candidates do not."
        ),
    )
    criterion = forms.TypedChoiceField(
        label=gettext_lazy("It is about"), coerce=_number, empty_value=None, required=False
    )

    def line(self) -> Line:
        data = self.cleaned_data
        return Line(data.get("text", ""), data.get("good", ""), data.get("criterion"))


class Questions(forms.BaseFormSet):
    """Questions of which each can be taken out."""

    def __init__(self, *args: Any, criteria: Choices, **kwargs: Any) -> None:
        self.criteria = [("", gettext("Nothing in particular")), *criteria]
        super().__init__(*args, **kwargs)

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["DELETE"].label = gettext("Take it out")
        form.fields["criterion"].choices = self.criteria  # type: ignore[attr-defined]

    def lines(self) -> list[Line]:
        return [form.line() for form in self.forms if form not in self.deleted_forms and form.cleaned_data]


QuestionSet: Any = forms.formset_factory(
    QuestionForm,
    formset=Questions,
    extra=1,
    max_num=MOST_QUESTIONS,
    absolute_max=MOST_QUESTIONS + 5,
    can_delete=True,
)


class KitForm(forms.Form):
    """What an interview assesses, and what is not asked in it."""

    fields: dict[str, Any]

    criterion_ids = forms.TypedMultipleChoiceField(
        label=gettext_lazy("What it assesses"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    avoid = forms.CharField(
        label=gettext_lazy("What not to ask"),
        required=False,
        max_length=LONGEST_AVOID,
        widget=_area(2),
        help_text=gettext_lazy(
            "Interviewers see it beside the questions: what others ask already, what nobody may ask."
        ),
    )
    knowingly = forms.CharField(
        label=gettext_lazy("Why it is asked all the same"),
        required=False,
        max_length=LONGEST_WHY,
        widget=_area(2),
        help_text=gettext_lazy("Your name and this reason stay in the record."),
    )

    def __init__(self, *args: Any, criteria: Sequence[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [
            (kind.label, [(row.pk, row.name) for row in criteria if row.kind == kind])
            for kind in CriterionKind
        ]
        self.fields["criterion_ids"].choices = [pair for _, rows in groups for pair in rows]


class TemplateChoice(forms.Form):
    template = forms.IntegerField()


class TemplateForm(forms.Form):
    """A plan kept as a template."""

    name = forms.CharField(label=gettext_lazy("Name of the template"), max_length=100)
    description = forms.CharField(label=gettext_lazy("What it is for"), max_length=300, required=False)


class OrderForm(forms.Form):
    """The numbers of a stage's interviews in their new order."""

    interviews = forms.CharField(max_length=1000)

    def clean_interviews(self) -> list[int]:
        try:
            return [int(number) for number in self.cleaned_data["interviews"].split(",")]
        except ValueError:
            raise forms.ValidationError(gettext("These are not interviews.")) from None


class PoolForm(forms.Form):
    fields: dict[str, Any]
    name = forms.CharField(
        label=gettext_lazy("Name of the pool"),
        max_length=100,
        help_text=gettext_lazy("Such as Work samples in Python."),
    )
    organisation_id = forms.TypedChoiceField(
        label=gettext_lazy("Organisation"), coerce=int, help_text=gettext_lazy("Its roles can use the pool.")
    )

    def __init__(self, *args: Any, organisations: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation_id"].choices = list(organisations)


class PoolNameForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name of the pool"), max_length=100)


class MemberForm(forms.Form):
    """What holds for somebody in a pool."""

    fields: dict[str, Any]
    user_id = forms.TypedChoiceField(label=gettext_lazy("Person"), coerce=int)
    trained_on = forms.DateField(
        label=gettext_lazy("Trained on"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Nobody is booked before they were trained."),
    )
    weekly_limit = forms.IntegerField(
        label=gettext_lazy("Interviews a week, at most"), min_value=1, max_value=MOST_A_WEEK, initial=4
    )
    paused_until = forms.DateField(
        label=gettext_lazy("Paused until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("Up to and including that day they are left alone."),
    )

    def __init__(self, *args: Any, people: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user_id"].choices = [("", gettext("Choose a person")), *people]
