"""The form of a job: contact data, a résumé, and what the job asks."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.text import format_lazy
from django.utils.translation import get_language, gettext, gettext_lazy

from ats.kernel.errors import Invalid
from candidates.applications.actions import Submission
from candidates.apply import kept_uploads
from candidates.consents.domain.words import WORDS
from candidates.consents.models import Purpose
from candidates.documents.domain import checks
from candidates.people.domain import names, phones
from candidates.people.domain.addresses import can_be_written_to, email_key
from candidates.people.domain.keys import one_line
from requisitions.models import JobPost, Question, QuestionKind

TRAP = "leave_this_empty"
FROM_WITHIN = ("works_here", "work_email")
LONGEST_LETTER, LONGEST_SHORT, LONGEST_LONG = 20_000, 500, 20_000
FORMATS = gettext_lazy("PDF, DOCX, ODT, RTF or TXT, up to 10 MB.")


class NameField(forms.CharField):
    """A name in any script, on one line."""

    def __init__(self, label: Any, autocomplete: str, **kwargs: Any) -> None:
        super().__init__(
            label=label,
            max_length=100,
            widget=forms.TextInput(attrs={"autocomplete": autocomplete}),
            error_messages={"required": names.WANTED},
            **kwargs,
        )

    def to_python(self, value: Any) -> str:
        return one_line(super().to_python(value) or "")

    def validate(self, value: str) -> None:
        super().validate(value)
        if problem := names.problem(value):
            raise forms.ValidationError(problem)


def _at_a_name(address: str) -> None:
    if not can_be_written_to(address):
        raise forms.ValidationError("", code="invalid")  # in the words of the field


class LetterboxField(forms.EmailField):
    """An address to which mail can be sent."""

    default_validators = [_at_a_name]


class KeptFileInput(forms.FileInput):
    """A file to choose, or the one that came with an earlier try of the same form."""

    template_name = "candidates/apply/file.html"

    def __init__(self, place: str) -> None:
        super().__init__(attrs={"accept": checks.ACCEPT})
        self.place = place
        self.key, self.kept_name = "", ""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> UploadedFile | None:
        return files.get(name) or self.earlier(data, name)

    def earlier(self, data: Mapping[str, Any], name: str) -> kept_uploads.Kept | None:
        key = data.get(f"kept_{name}")
        return kept_uploads.fetch(key, place=self.place) if key else None

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        return context | {"kept": {"name": f"kept_{name}", "key": self.key, "filename": self.kept_name}}


class DocumentField(forms.FileField):
    """A file that is one of the kinds that are taken, by its content."""

    widget: KeptFileInput

    def __init__(self, *, place: str, **kwargs: Any) -> None:
        super().__init__(widget=KeptFileInput(place), max_length=None, allow_empty_file=True, **kwargs)
        self.good: tuple[UploadedFile, checks.Checked] | None = None

    @property
    def fresh(self) -> tuple[UploadedFile, checks.Checked] | None:
        """What came with this try, and not with an earlier one."""
        return None if self.good and isinstance(self.good[0], kept_uploads.Kept) else self.good

    def clean(self, data: Any, initial: Any = None) -> UploadedFile | None:
        upload = super().clean(data, initial)
        if not upload:
            return None
        try:
            self.good = upload, checks.check(upload)
        except Invalid as refused:
            raise forms.ValidationError(refused.message) from None
        return upload


class ApplyForm(forms.Form):
    """What somebody types who applies; `keep_files` before it is shown again."""

    first_name = NameField(gettext_lazy("First name"), "given-name")
    last_name = NameField(
        gettext_lazy("Last name"), "family-name", required=False, help_text=names.ONE_IS_ENOUGH
    )
    email = LetterboxField(
        label=gettext_lazy("E-mail"),
        max_length=254,
        help_text=gettext_lazy("We write to you here, and send the link to your own page."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": gettext_lazy("Write your e-mail address, so that we can answer."),
            "invalid": gettext_lazy("Write an e-mail address like name@example.com."),
        },
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone"),
        required=False,
        max_length=40,
        help_text=phones.COUNTRY_FIRST,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    headline = forms.CharField(
        label=gettext_lazy("What you do now"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("In a line, such as: Data engineer at Example GmbH."),
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    cover_letter = forms.CharField(
        label=gettext_lazy("A few words to us"),
        required=False,
        max_length=LONGEST_LETTER,
        help_text=gettext_lazy("What draws you to this role, and anything that a résumé does not say."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def __init__(
        self,
        post: JobPost,
        questions: Iterable[Question],
        data: Any = None,
        files: Any = None,
        *,
        initial: dict[str, Any] | None = None,
    ) -> None:
        data = names.lone_one_first(data)
        super().__init__(data, files, initial=initial, auto_id="%s", label_suffix="")
        self.post, self.questions = post, list(questions)
        letter = self.fields.pop("cover_letter")
        self.fields["resume"] = DocumentField(
            label=gettext("Résumé"),
            required=False,
            help_text=format_lazy(
                "{} {}", FORMATS, gettext_lazy("Have none at hand? A few words about yourself will do.")
            ),
            place=f"{post.pk}:resume",
        )
        self.fields["cover_letter"] = letter
        for question in self.questions:
            self.fields[f"question_{question.pk}"] = _field_for(question, post)
        self.fields["consent_pool"] = forms.BooleanField(
            label=gettext(WORDS[Purpose.ROLES]),
            required=False,
        )
        if post.requisition.organisation.asks_who_works_here:
            self.fields |= _from_within()
        self.fields[TRAP] = forms.CharField(
            label=gettext("Leave this empty"),
            required=False,
            widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get(TRAP):
            self.add_error(
                TRAP, gettext("This field is there to stop machines. Empty it and send the form again.")
            )
        nothing_said = not cleaned.get("resume") and not cleaned.get("cover_letter")
        if nothing_said and "resume" not in self.errors and "cover_letter" not in self.errors:
            self.add_error(
                "resume", gettext("Attach a résumé, or tell us about yourself in a few words below.")
            )
        return cleaned

    @property
    def asked(self) -> list[forms.BoundField]:
        """The questions of this job."""
        return [self[f"question_{question.pk}"] for question in self.questions]

    @property
    def kept_answers(self) -> list[tuple[str, str]]:
        """What was given to the questions of this job, for a form that does not ask them: hidden fields."""
        found: list[tuple[str, str]] = []
        for question in self.questions:
            name = f"question_{question.pk}"
            widget = self.fields[name].widget
            if isinstance(widget, KeptFileInput):
                found += [(f"kept_{name}", widget.key)] if widget.key else []
                continue
            found += [(name, value) for value in self.given(name) if value]
        return found

    def given(self, name: str) -> list[str]:
        """All that was sent under this name, as it came."""
        return self.data.getlist(name) if isinstance(self.data, QueryDict) else [self.data.get(name, "")]

    @property
    def from_within(self) -> list[forms.BoundField]:
        """What somebody who works here says of it, where the organisation asks."""
        return [self[name] for name in FROM_WITHIN if name in self.fields]

    @property
    def trap(self) -> forms.BoundField:
        return self[TRAP]

    @property
    def address(self) -> str:
        """The address that was typed, as it is compared."""
        return email_key(self.cleaned_data.get("email", ""))

    @property
    def brings_files(self) -> bool:
        """Whether this try came with good files of its own."""
        fields = self.fields.values()
        return any(isinstance(field, DocumentField) and field.fresh for field in fields)

    def keep_files(self, *, now: datetime, fresh: bool = True) -> None:
        """Keep the good files of a form that has to be sent again; without `fresh`, those of earlier tries alone."""
        for name, field in self.fields.items():
            if isinstance(field, DocumentField):
                self._keep(field, name, now=now, fresh=fresh)

    def _keep(self, field: DocumentField, name: str, *, now: datetime, fresh: bool) -> None:
        """This try's file if it was good, else the one of an earlier try."""
        widget = field.widget
        if field.fresh and fresh:
            upload, checked = field.fresh
            widget.key = kept_uploads.keep(upload, checked, place=widget.place, now=now)
            widget.kept_name = checked.filename
        elif kept := widget.earlier(self.data, name):
            widget.key, widget.kept_name = kept.key, kept.name or ""

    def submission(self, request: HttpRequest) -> Submission:
        """What the action takes."""
        data = self.cleaned_data
        answers = {
            question.pk: value
            for question in self.questions
            if (value := data.get(f"question_{question.pk}")) not in (None, "", [])
        }
        return Submission(
            post_id=self.post.pk,
            first_name=data["first_name"],
            last_name=data["last_name"],
            email=data["email"],
            phone=data["phone"],
            headline=data["headline"],
            cover_letter=data["cover_letter"],
            resume=data["resume"],
            answers=answers,
            consent_pool=data["consent_pool"],
            language=get_language() or "",
            works_here=bool(data.get("works_here") or data.get("work_email")),
            work_email=data.get("work_email", ""),
            source_code=one_line(request.GET.get("source") or request.GET.get("utm_source") or "")[:100],
            source_detail={
                name: one_line(str(value))[:200]
                for name, value in list(request.GET.items())[:20]
                if name.startswith("utm_") and len(name) < 30
            },
        )


def _from_within() -> dict[str, forms.Field]:
    """Of whom works here, their manager hears nothing: but we have to know who that is."""
    return {
        FROM_WITHIN[0]: forms.BooleanField(
            label=gettext("I work here"),
            required=False,
            help_text=gettext("Your manager sees nothing of this application until you say so."),
        ),
        FROM_WITHIN[1]: LetterboxField(
            label=gettext("Your address at work"),
            required=False,
            max_length=254,
            help_text=gettext(
                "Only if you work here: by it we know from whom to keep it. We do not write to it."
            ),
            error_messages={"invalid": gettext("Write an e-mail address like name@example.com.")},
        ),
    }


def _field_for(question: Question, post: JobPost) -> forms.Field:
    facts: dict[str, Any] = {
        "label": question.label,
        "required": question.required,
        "help_text": question.help_text,
        "error_messages": {"required": "Please answer this.", "invalid_choice": "Choose from the list."},
    }
    options = [(option, option) for option in question.options]
    match question.kind:
        case QuestionKind.LONG:
            return forms.CharField(max_length=LONGEST_LONG, widget=forms.Textarea(attrs={"rows": 5}), **facts)
        case QuestionKind.CHOICE:
            return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **facts)
        case QuestionKind.SEVERAL:
            return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **facts)
        case QuestionKind.YES_NO:
            return forms.ChoiceField(
                choices=[("yes", gettext("Yes")), ("no", gettext("No"))], widget=forms.RadioSelect, **facts
            )
        case QuestionKind.FILE:
            facts["help_text"] = f"{facts['help_text']} {FORMATS}".strip()
            facts["error_messages"] = {"required": "Choose a file."}
            return DocumentField(place=f"{post.pk}:question_{question.pk}", **facts)
    return forms.CharField(max_length=LONGEST_SHORT, **facts)
