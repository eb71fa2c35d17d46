"""A rule as one writes it: a row for each condition, and one for each thing that is done. Works without scripts."""

from collections.abc import Mapping
from typing import Any, cast

from django import forms
from django.forms.utils import ErrorDict

from ats.kernel.errors import ActionError
from ats.kernel.numbers import number
from ats.kernel.staff_words import gettext_lazy
from ats.web.forms import show_error
from candidates.applications.models import DispositionReason
from candidates.automation.actions.write import MOST_PARTS, Written
from candidates.automation.models import LONGEST_DELAY, LONGEST_NAME, MOST_DAYS, OF_A_STAGE, Rule, When
from candidates.automation.queries import fitting, naming
from candidates.journeys.models import LONGEST_TASK
from candidates.people.domain.keys import one_line

ABOUT = (
    ("", gettext_lazy("No condition")),
    ("answer_is", gettext_lazy("The answer is")),
    ("answer_is_not", gettext_lazy("The answer is not")),
    ("answer_has", gettext_lazy("The answer contains")),
    ("source_is", gettext_lazy("The source is")),
    ("department_is", gettext_lazy("The department is")),
    ("location_is", gettext_lazy("The location is")),
    ("tag_is", gettext_lazy("They have the tag")),
    ("tag_is_not", gettext_lazy("They do not have the tag")),
    ("days_at_least", gettext_lazy("Working days in their stage, at least")),
)
ACTS = (
    ("", gettext_lazy("Nothing")),
    ("tag", gettext_lazy("Add tags")),
    ("move", gettext_lazy("Move to a stage")),
    ("task", gettext_lazy("Ask somebody to do something")),
    ("notify", gettext_lazy("Tell somebody in the app")),
    ("review", gettext_lazy("Ask the hiring manager for a view")),
    ("message", gettext_lazy("Write to the candidate")),
    ("reject", gettext_lazy("Say no, after a delay")),
)
WHO = (("recruiter", gettext_lazy("The recruiter")), ("manager", gettext_lazy("The hiring manager")))
ANY = (("all", gettext_lazy("All of them have to hold")), ("any", gettext_lazy("One is enough")))


NEEDED = {
    "tag": ("text",),
    "move": ("stage",),
    "task": ("text", "who", "days"),
    "notify": ("who",),
    "review": (),
    "message": ("subject", "text"),
    "reject": ("reason",),
}
"""What has to be said of each."""
USUAL = {"who": "recruiter", "days": 2}


def _choices(form: forms.Form, name: str, choices: Any) -> None:
    cast("forms.ChoiceField", form.fields[name]).choices = choices


class HeadForm(forms.Form):
    """When it begins."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=LONGEST_NAME)
    when = forms.ChoiceField(label=gettext_lazy("When"), choices=When.choices)
    stage = forms.ChoiceField(label=gettext_lazy("Stage"), required=False)
    days = forms.IntegerField(
        label=gettext_lazy("Working days"), required=False, min_value=1, max_value=MOST_DAYS
    )
    any_of = forms.ChoiceField(
        label=gettext_lazy("If there are several conditions"), choices=ANY, required=False
    )


class ConditionForm(forms.Form):
    about = forms.ChoiceField(label=gettext_lazy("If"), choices=ABOUT, required=False)
    question = forms.ChoiceField(label=gettext_lazy("Question"), required=False)
    value = forms.CharField(
        label=gettext_lazy("Value"),
        required=False,
        max_length=naming.LONGEST_VALUE,
        widget=forms.TextInput(attrs={"list": "known-names", "autocomplete": "off"}),
    )


class ActionForm(forms.Form):
    act = forms.ChoiceField(label=gettext_lazy("Then"), choices=ACTS, required=False)
    stage = forms.ChoiceField(label=gettext_lazy("Stage"), required=False)
    who = forms.ChoiceField(label=gettext_lazy("Who"), choices=WHO, required=False)
    days = forms.IntegerField(
        label=gettext_lazy("Within working days"), required=False, min_value=1, max_value=MOST_DAYS
    )
    reason = forms.ChoiceField(label=gettext_lazy("Reason"), required=False)
    subject = forms.CharField(label=gettext_lazy("Subject"), required=False, max_length=300)
    text = forms.CharField(
        label=gettext_lazy("Words"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2, "data-wording": "message"}),
    )

    def facts(self, organisation: int, requisition: int | None) -> dict[str, Any] | None:
        """What is done, or None where nothing is; errors stand on the form then."""
        act = self.cleaned_data.get("act")
        if not act:
            return None
        begun: dict[str, Any] = {"act": act}
        for name in NEEDED[act]:
            found = self._found(name, organisation, requisition)
            if not found:
                self.add_error(name, gettext_lazy("This is needed for it."))
                return None
            begun |= found
        if act == "review":
            begun["text"] = self.cleaned_data["text"].strip()[:2000]
        if act == "tag":
            names = {name for each in begun.pop("text").split(",") if (name := one_line(each).lower()[:50])}
            begun["tags"] = sorted(names)
        return begun

    def _found(self, name: str, organisation: int, requisition: int | None) -> dict[str, Any]:
        said = self.cleaned_data.get(name)
        if name == "stage":
            return naming.place(said or "", organisation, requisition)
        if name == "reason":
            row = DispositionReason.objects.filter(code=said or "", is_active=True).first()
            return {"reason": row.code, "said": row.label} if row else {}
        if name in USUAL:
            return {name: said or USUAL[name]}
        text = str(said or "").strip(" ,\n\r\t")
        limit = LONGEST_TASK if self.cleaned_data["act"] == "task" else None
        return {name: text[:limit]} if text else {}


class RuleForms:
    """All of a rule; `more` rows stand empty below those that are filled in."""

    def __init__(
        self,
        organisation: int,
        requisition: int | None,
        data: Mapping[str, Any] | None = None,
        rule: Rule | None = None,
    ) -> None:
        self.organisation, self.requisition = organisation, requisition
        conditions = [_condition_initial(each) for each in rule.conditions] if rule else []
        actions = [_action_initial(each) for each in rule.actions] if rule else []
        counts = [_count(data, "conditions", conditions), _count(data, "actions", actions)]
        self.head = HeadForm(data, initial=_head_initial(rule) if rule else None)
        self.conditions = self._rows(ConditionForm, "if", counts[0], data, conditions)
        self.actions = self._rows(ActionForm, "then", counts[1], data, actions)
        self._fill()

    def _rows(self, kind: type[Any], prefix: str, many: int, data: Any, initial: list[Any]) -> list[Any]:
        begun = [*initial, *[{}] * many][:many]
        return [kind(data, prefix=f"{prefix}-{at}", initial=begun[at]) for at in range(many)]

    def _fill(self) -> None:
        stages = [("", "—"), *naming.stages(self.organisation, self.requisition)]
        questions = [
            ("", "—"),
            *((each, each) for each in fitting.labels(self.organisation, self.requisition)),
        ]
        rows = DispositionReason.objects.filter(is_active=True).exclude(kind="withdrew")
        reasons = [("", "—"), *rows.order_by("position", "label").values_list("code", "label")]
        for form in (self.head, *self.actions):
            _choices(form, "stage", stages)
        for form in self.conditions:
            _choices(form, "question", _with(questions, form.initial.get("question")))
        for form in self.actions:
            _choices(form, "reason", reasons)

    @property
    def names(self) -> list[str]:
        return naming.known_names(self.organisation)

    def written(self) -> Written | None:
        """What was written; None where something is wrong, which stands beside it then."""
        every = [self.head, *self.conditions, *self.actions]
        wrong = [form for form in every if not form.is_valid()]  # all of them say what is wrong
        if wrong:
            return None
        head = self.head.cleaned_data
        conditions = [found for form in self.conditions if (found := self._condition(form)) is not None]
        actions = [
            found
            for form in self.actions
            if (found := form.facts(self.organisation, self.requisition)) is not None
        ]
        if any(form.errors for form in every):
            return None
        place = naming.place(head["stage"], self.organisation, self.requisition)
        return Written(
            name=head["name"],
            when=head["when"],
            stage=place if head["when"] in OF_A_STAGE else {},
            days=head["days"] or 0,
            any_of=head["any_of"] == "any",
            conditions=conditions,
            actions=actions,
        )

    def _condition(self, form: forms.Form) -> dict[str, Any] | None:
        said = form.cleaned_data
        if not said["about"]:
            return None
        try:
            return naming.condition(
                said["about"],
                said["value"],
                said["question"],
                organisation=self.organisation,
                requisition=self.requisition,
            )
        except ActionError as error:
            show_error(form, error)
            return None

    def without_errors(self) -> None:
        """Shown once more with a row more: what is missing may still come."""
        for form in (self.head, *self.conditions, *self.actions):
            vars(form)["_errors"] = ErrorDict()

    def refused(self, error: ActionError) -> None:
        show_error(self.head, error)


def _with(choices: list[tuple[str, str]], chosen: Any) -> list[tuple[str, str]]:
    """What was chosen once can be read, though it is asked no more."""
    return choices if not chosen or (chosen, chosen) in choices else [*choices, (chosen, chosen)]


def _count(data: Mapping[str, Any] | None, name: str, initial: list[Any]) -> int:
    """How many rows there are: as many as were sent, one more where one was wished for."""
    if data is None:
        return min(len(initial) + 1, MOST_PARTS)
    sent = min(number(str(data.get(name, ""))) or 1, MOST_PARTS)
    return min(sent + (data.get("more") == name), MOST_PARTS)


def _place(stage: Any, kind: str) -> str:
    return f"stage:{stage}" if stage else f"kind:{kind}" if kind else ""


def _head_initial(rule: Rule) -> dict[str, Any]:
    place = _place(rule.stage, rule.stage_kind)
    return {
        "name": rule.name,
        "when": rule.when,
        "stage": place,
        "days": rule.days or None,
        "any_of": "any" if rule.any_of else "all",
    }


def _condition_initial(each: Mapping[str, Any]) -> dict[str, Any]:
    return {"about": each["about"], "question": each.get("question", ""), "value": each["said"]}


def _action_initial(each: Mapping[str, Any]) -> dict[str, Any]:
    begun = {name: each.get(name) for name in ("act", "who", "days", "reason", "subject", "text")}
    begun["stage"] = _place(each.get("stage"), each.get("stage_kind", ""))
    if each["act"] == "tag":
        begun["text"] = ", ".join(each["tags"])
    return begun


class ScopeForm(forms.Form):
    scope = forms.ChoiceField(label=gettext_lazy("For"))


class KnockOutForm(forms.Form):
    """Whether rules may say no, and how carefully."""

    is_allowed = forms.BooleanField(label=gettext_lazy("Rules may say no"), required=False)
    delay_hours = forms.IntegerField(
        label=gettext_lazy("Hours before it is said"),
        min_value=1,
        max_value=LONGEST_DELAY,
        help_text=gettext_lazy("Until then anybody who serves the candidate can stop it."),
    )
    share = forms.IntegerField(
        label=gettext_lazy("Of a hundred, set aside for people"),
        min_value=1,
        max_value=100,
        help_text=gettext_lazy(
            "The rule says no to none of these: the recruiter decides, and sees whether it is right."
        ),
    )
