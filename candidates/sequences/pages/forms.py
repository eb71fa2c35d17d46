"""What is filled in about a sequence, mail by mail."""

from collections.abc import Iterator
from typing import Any

from django import forms

from ats.accounts.models import User
from ats.kernel.staff_words import gettext_lazy, pgettext_lazy
from ats.organisation.models import HiringOrganisation
from ats.web.forms import QuickSelect, choose_from
from candidates.consents.models import Purpose
from candidates.sequences.actions import StepText
from candidates.sequences.models import LONGEST_NAME, LONGEST_SUBJECT, MOST_DAYS, MOST_STEPS, Sequence
from candidates.sequences.queries import listing


class SequenceForm(forms.Form):
    """A sequence as a whole; mails without a subject and a text are not there."""

    organisation = forms.ModelChoiceField(
        HiringOrganisation.objects.none(),
        label=gettext_lazy("Organisation"),
        widget=QuickSelect,
        empty_label=None,
    )
    name = forms.CharField(label=pgettext_lazy("of a thing", "Name"), max_length=LONGEST_NAME)
    needs = forms.ChoiceField(
        label=gettext_lazy("What they must have agreed to"),
        required=False,
        choices=[
            *((purpose.value, purpose.label) for purpose in Purpose),
            ("", gettext_lazy("Nothing: we write to them on another ground")),
        ],
        initial=Purpose.ROLES.value,
        widget=QuickSelect,
    )

    def __init__(self, *args: Any, user: User, sequence: Sequence | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = HiringOrganisation.objects.filter(is_active=True).order_by("name", "pk")
        if user.works_for is not None:
            places = places.filter(pk__in=list(user.works_for))
        choose_from(self, organisation=places)
        if sequence is not None:
            del self.fields["organisation"]
        for place in range(MOST_STEPS):
            self._mail(place)

    def _mail(self, place: int) -> None:
        self.fields[f"wait_{place}"] = forms.IntegerField(
            label=gettext_lazy("Working days before it"),
            required=False,
            min_value=0,
            max_value=MOST_DAYS,
            initial=0 if place == 0 else 5,
        )
        self.fields[f"subject_{place}"] = forms.CharField(
            label=gettext_lazy("Subject"), required=False, max_length=LONGEST_SUBJECT
        )
        self.fields[f"body_{place}"] = forms.CharField(
            label=gettext_lazy("Text"),
            required=False,
            widget=forms.Textarea(attrs={"rows": 6, "data-wording": "message"}),
        )

    @property
    def mails(self) -> Iterator[tuple[int, list[Any], bool]]:
        """By number the fields of each mail, and whether there is anything in it."""
        for place in range(MOST_STEPS):
            fields = [self[f"{name}_{place}"] for name in ("wait", "subject", "body")]
            yield place + 1, fields, place == 0 or any(field.value() for field in fields[1:])

    def steps(self) -> list[StepText]:
        facts = self.cleaned_data
        return [
            StepText(facts[f"wait_{place}"] or 0, facts[f"subject_{place}"], facts[f"body_{place}"])
            for place in range(MOST_STEPS)
            if facts[f"subject_{place}"].strip() or facts[f"body_{place}"].strip()
        ]

    @staticmethod
    def of(sequence: Sequence) -> dict[str, Any]:
        """What stands in the form of one that there is."""
        found: dict[str, Any] = {"name": sequence.name, "needs": sequence.needs}
        for place, step in enumerate(sequence.steps.all()):
            found |= {
                f"wait_{place}": step.wait_days,
                f"subject_{place}": step.subject,
                f"body_{place}": step.body,
            }
        return found


class ChooseForm(forms.Form):
    """Which one somebody gets."""

    sequence = forms.ModelChoiceField(
        Sequence.objects.none(),
        label=gettext_lazy("Sequence"),
        widget=QuickSelect,
        empty_label=gettext_lazy("Choose a sequence"),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, sequence=listing.open_to(user))
