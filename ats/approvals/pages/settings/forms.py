"""The steps of a chain as a form."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet

from ats.accounts.models import Role, User
from ats.approvals.actions.lay_chain import MOST_HOURS
from ats.approvals.domain.chains import MOST_STEPS, Wanted
from ats.approvals.domain.kinds import ApprovalKind
from ats.approvals.models import ApprovalChain, ApprovalStep
from ats.kernel.staff_words import gettext_lazy
from ats.web.forms import QuickSelect

ROLES = (Role.LEAD, Role.ADMIN, Role.STAKEHOLDER, Role.RECRUITER, Role.COORDINATOR)
"""Whom a step can ask by role: there are few of each."""
EMPTY_ROWS = 2


class ChainForm(forms.Form):
    """What holds for all steps."""

    hours = forms.IntegerField(
        label=gettext_lazy("Within how many working hours"),
        min_value=1,
        max_value=MOST_HOURS,
        initial=16,
        help_text=gettext_lazy(
            "Each approver is reminded then, and once more; after that the recruiting lead hears of it."
        ),
    )
    mail_links = forms.BooleanField(
        label=gettext_lazy("The link in the mail works without signing in"),
        required=False,
        initial=True,
        help_text=(
            gettext_lazy(
                "It opens what is asked, pay among it, and answers in the approver's name: "
                "for whoever holds the mail, until it is answered or for two weeks. Off: approvers sign in first."
            )
        ),
    )


class StepForm(forms.Form):
    turn = forms.IntegerField(label=gettext_lazy("Turn"), min_value=1, max_value=MOST_STEPS, initial=1)
    who = forms.ChoiceField(label=gettext_lazy("Who"), required=False, widget=QuickSelect)
    label = forms.CharField(label=gettext_lazy("Asked as"), max_length=80, required=False)
    condition = forms.ChoiceField(label=gettext_lazy("Only if"), required=False)

    def __init__(self, *args: Any, kind: ApprovalKind, people: list[User], **options: Any) -> None:
        super().__init__(*args, **options)
        who: Any = self.fields["who"]
        who.choices = [
            ("", "Nobody"),
            ("Of the matter", [(f"part:{name}", label) for name, label in kind.parts.items()]),
            ("Any of a role", [(f"role:{role.value}", role.label) for role in ROLES]),
            ("By name", [(f"person:{user.pk}", str(user)) for user in people]),
        ]
        condition: Any = self.fields["condition"]
        condition.choices = [("", "Always"), *kind.conditions.items()]

    def wanted(self, people: dict[int, User]) -> Wanted | None:
        """The step; None for a row that asks nobody."""
        given = self.cleaned_data
        what, _, value = given.get("who", "").partition(":")
        if not value:
            return None
        return Wanted(
            turn=given["turn"],
            part=value if what == "part" else "",
            role=value if what == "role" else "",
            person=people.get(int(value)) if what == "person" else None,
            label=given["label"],
            condition=given["condition"],
        )


class BaseSteps(BaseFormSet):
    """All rows of the editor."""

    def wanted(self, people: Iterable[User]) -> list[Wanted]:
        by_number = {user.pk: user for user in people}
        found = [form.wanted(by_number) for form in self.forms]
        return [step for step in found if step is not None]


def steps_form(
    kind: ApprovalKind, people: list[User], *, data: Any = None, steps: Iterable[ApprovalStep] = ()
) -> BaseSteps:
    """The editor of a chain, with its steps and some empty rows."""
    factory = forms.formset_factory(
        StepForm, formset=BaseSteps, extra=EMPTY_ROWS, max_num=MOST_STEPS, absolute_max=MOST_STEPS
    )
    # What was sent is taken as it is: a row is not left out because the database says the same by now.
    initial = [_row(step) for step in steps] if data is None else []
    turn = max((row["turn"] for row in initial), default=0) + 1
    made: Any = factory(data, prefix="step", initial=initial, form_kwargs={"kind": kind, "people": people})
    if data is None:
        for number, form in enumerate(made.extra_forms, start=turn):
            form.fields["turn"].initial = min(number, MOST_STEPS)
    return made


def _row(step: ApprovalStep) -> dict[str, Any]:
    chosen = {"part": step.part, "role": step.role, "person": step.person_id}
    who = next(f"{what}:{value}" for what, value in chosen.items() if value)
    return {"turn": step.position, "who": who, "label": step.label, "condition": step.condition}


def chain_form(chain: ApprovalChain | None, data: Any = None) -> ChainForm:
    initial = {"hours": chain.hours, "mail_links": chain.mail_links} if chain else None
    return ChainForm(data, initial=initial)
