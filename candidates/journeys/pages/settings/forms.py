"""What one says of a step of a journey."""

from typing import Any

from django import forms

from ats.kernel.staff_words import gettext, gettext_lazy
from ats.mail.roles import Words
from ats.organisation.models import HiringOrganisation, Location
from ats.web.forms import needed
from ats.web.texts import TextsForm
from candidates.consents.models import Purpose
from candidates.journeys.actions import StepFacts
from candidates.journeys.mails import purpose_of
from candidates.journeys.models import OF_THE_HOUSE, Act, Doer, Hours, JourneyStep, Sender, Trigger, Unit
from candidates.journeys.queries import page as reads
from candidates.journeys.queries.steps import other_words
from candidates.people.models import Source
from requisitions.models import StageKind

LANGUAGES = [("", gettext_lazy("Any language")), *reads.LANGUAGES.items()]
SAID = (
    *("name", "trigger", "amount", "unit", "hours", "stage_kind", "source", "location", "language"),
    *("act", "sender", "doer", "task", "within"),
)
WITHIN = 2
"""Working days for a task, unless somebody says otherwise."""
OF_HOUSE = ("trigger", "act", "doer", "task", "within", "purpose", "subject", "body")
"""What is not said of a step of the house."""


def _chosen(choices: Any, *, without: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    return [pair for pair in choices.choices if pair[0] not in without]


class StepForm(forms.Form):
    """A step; of one of the house when, for whom and from whom, and of what is owed the sender alone."""

    name = forms.CharField(label=gettext_lazy("Name"), help_text=gettext_lazy("As the team reads it."))
    act = forms.ChoiceField(
        label=gettext_lazy("It is"), choices=Act, widget=forms.RadioSelect, initial=Act.MESSAGE
    )
    trigger = forms.ChoiceField(
        label=gettext_lazy("It follows"), choices=_chosen(Trigger, without=OF_THE_HOUSE)
    )
    amount = forms.IntegerField(
        label=gettext_lazy("After"), initial=0, widget=forms.NumberInput(attrs={"min": 0, "max": 260})
    )
    unit = forms.ChoiceField(label=gettext_lazy("Counted in"), choices=Unit, initial=Unit.DAYS)
    hours = forms.ChoiceField(
        label=gettext_lazy("It may come"),
        choices=Hours,
        initial=Hours.WORKING,
        help_text=gettext_lazy("Where the candidate is."),
    )
    stage_kind = forms.ChoiceField(
        label=gettext_lazy("Stage"),
        required=False,
        choices=[("", gettext_lazy("Any stage")), *_chosen(StageKind)],
    )
    source = forms.ModelChoiceField(
        label=gettext_lazy("Source"),
        required=False,
        queryset=Source.objects.none(),
        empty_label=gettext_lazy("Any source"),
    )
    location = forms.ModelChoiceField(
        label=gettext_lazy("Place"),
        required=False,
        queryset=Location.objects.none(),
        empty_label=gettext_lazy("Any place"),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False, choices=LANGUAGES)
    doer = forms.ChoiceField(label=gettext_lazy("Who does it"), choices=Doer, initial=Doer.RECRUITER)
    task = forms.CharField(
        label=gettext_lazy("What is to be done"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    within = forms.IntegerField(
        label=gettext_lazy("Working days for it"),
        required=False,
        initial=WITHIN,
        help_text=gettext_lazy("By then it is to be done; it stands on their day until then."),
        widget=forms.NumberInput(attrs={"min": 1, "max": 60}),
    )
    sender = forms.ChoiceField(label=gettext_lazy("It comes from"), choices=Sender, initial=Sender.RECRUITER)
    purpose = forms.ChoiceField(
        label=gettext_lazy("It is about"),
        required=False,
        choices=[("", gettext_lazy("Their application")), *Purpose.choices],
        help_text=gettext_lazy(
            "Of all but their application only those get it who agreed to it; it bears a way to say no with "
            "one click."
        ),
    )
    subject = forms.CharField(label=gettext_lazy("Subject"), required=False)
    body = forms.CharField(
        label=gettext_lazy("Message"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 10, "class": "words-body"}),
        help_text=gettext_lazy(
            "An empty line begins a paragraph. {{ from_us }} is where marketing's words stand, else below."
        ),
    )

    def __init__(
        self,
        *args: Any,
        organisation: HiringOrganisation,
        step: JourneyStep | None = None,
        words: Words | None = None,
        **kwargs: Any,
    ) -> None:
        if step is not None:
            kwargs["initial"] = {name: getattr(step, name) for name in SAID} | {
                "purpose": purpose_of(step.role)
            }
        if words is not None:
            kwargs.setdefault("initial", {})
            kwargs["initial"] |= {"subject": words.subject, "body": words.body}
        super().__init__(*args, **kwargs)
        self.step = step
        needed(self, gettext("for a message"), "subject", "body")
        needed(self, gettext("for a task"), "task")
        if step is not None and step.owed:
            self._leave("sender")
            return
        if step is not None and step.is_of_house:
            self._leave(*(name for name in self.fields if name not in OF_HOUSE))
        for name, rows in (
            ("source", Source.objects.order_by("name")),
            ("location", Location.objects.filter(organisation=organisation).order_by("name")),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = rows

    def _leave(self, *names: str) -> None:
        for name in [each for each in self.fields if each not in names]:
            del self.fields[name]

    def facts(self) -> StepFacts:
        """What the actions take; what is not asked stays as it is."""
        said = {name: getattr(self.step, name) for name in SAID} if self.step is not None else {}
        said |= {name: value for name, value in self.cleaned_data.items() if name in SAID}
        said["within"] = said.get("within") or WITHIN
        words = None
        if "body" in self.fields and said.get("act") == Act.MESSAGE:
            body = str(self.cleaned_data["body"]).replace("\r\n", "\n")
            words = Words(subject=self.cleaned_data["subject"], body=body)
        return StepFacts(**said, purpose=self.cleaned_data.get("purpose", ""), words=words)


def texts_form(step: JourneyStep, organisation: HiringOrganisation, data: Any = None) -> TextsForm:
    """The words of an own step in the languages beside the first."""
    body = forms.Textarea(attrs={"rows": 8, "class": "words-body"})
    fields: dict[str, tuple[str, forms.Widget]] = {
        "subject": (gettext("Subject"), forms.TextInput()),
        "body": (gettext("Message"), body),
    }
    texts = other_words(step, organisation)
    return TextsForm(data, texts=texts, first=organisation.language, fields=fields, prefix="said")


class OwnerForm(forms.Form):
    """Whose journey."""

    def __init__(self, *args: Any, organisations: list[HiringOrganisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owners = [(str(each.pk), each.name) for each in organisations]
        self.fields["organisation"] = forms.ChoiceField(
            label=gettext("Organisation"), required=False, choices=owners
        )


class CapForm(forms.Form):
    most = forms.IntegerField(
        label=gettext_lazy("At most a day"),
        min_value=1,
        max_value=10,
        help_text=gettext_lazy(
            "Messages of steps to one candidate. What is owed, decisions and interviews are never held back."
        ),
    )


class FromUsForm(forms.Form):
    """What is said of us, with which step, in which language."""

    step = forms.ChoiceField(label=gettext_lazy("With"), required=False)
    language = forms.ChoiceField(label=gettext_lazy("In"), choices=[*reads.LANGUAGES.items()])
    text = forms.CharField(
        label=gettext_lazy("What we say"),
        widget=forms.Textarea(attrs={"rows": 3, "data-wording": "message"}),
        help_text=gettext_lazy(
            "One to three sentences on product, organisation or culture. Of use to them, also after a no."
        ),
    )
    link = forms.CharField(
        label=gettext_lazy("Page"),
        required=False,
        help_text=gettext_lazy("The whole address; it stands below."),
    )

    def __init__(self, *args: Any, steps: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["step"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", gettext("Every step, but what is owed")), *steps]
