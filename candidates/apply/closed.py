"""A job that closes while somebody writes: what they wrote is still there, and they say where it goes."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy

from ats.kernel.errors import Invalid
from candidates.apply import kept_uploads, queries
from candidates.apply.forms import ApplyForm, DocumentField
from candidates.consents.domain.words import INSTEAD
from candidates.documents.domain import checks
from requisitions.careers.queries import live_posts
from requisitions.models import JobPost, Question, QuestionKind

POOL = "pool"
OTHERS = 20
WHY = {
    "on_hold": gettext_lazy("This job was put on hold while you wrote."),
    "filled": gettext_lazy("The last place in this job was filled while you wrote."),
}


class ElsewhereForm(ApplyForm):
    """The same form once more, without what only the closed job asks, and with the question where it goes."""

    send_to = forms.ChoiceField(
        label=gettext_lazy("Where should it go?"),
        help_text=gettext_lazy(
            "Another job opens its own form with your words in it: nothing is sent before you have seen it."
        ),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose where it should go."),
            "invalid_choice": gettext_lazy("That one has closed too. Choose another."),
        },
    )

    def __init__(self, post: JobPost, data: QueryDict, files: Any) -> None:
        self.renewed, self.others = _open_posts(post)
        self.is_asked = "send_to" in data
        if self.renewed and not self.is_asked:  # the new advert of the same job is what they most likely want
            data = data.copy()
            data["send_to"] = self.renewed[0].slug
        super().__init__(post, (), data, files)
        self.fields.pop("consent_pool")
        choices = [(each.slug, _named(each, renewed=True)) for each in self.renewed]
        choices += [(each.slug, _named(each)) for each in self.others]
        choices.append((POOL, gettext(INSTEAD)))
        field = self.fields["send_to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    @property
    def goes_to(self) -> JobPost | None:
        """The other job that was chosen."""
        wanted = self.data.get("send_to", "")
        return next((each for each in (*self.renewed, *self.others) if each.slug == wanted), None)


def _open_posts(post: JobPost) -> tuple[list[JobPost], list[JobPost]]:
    """Other open posts of the same job, and open jobs of the same organisation, those of its department first."""
    rows = live_posts(post.requisition.organisation).exclude(pk=post.pk)
    posts = list(rows.select_related("requisition__location")[:OTHERS])
    same = [each for each in posts if each.requisition_id == post.requisition_id]
    rest = [each for each in posts if each.requisition_id != post.requisition_id]
    department = post.requisition.department_id
    rest.sort(key=lambda each: department is None or each.requisition.department_id != department)
    return same, rest


def _named(post: JobPost, *, renewed: bool = False) -> str:
    location = post.requisition.location
    place = f", {location.city}" if location and location.city else ""
    return f"{post.said_title}{place}" + (
        " " + gettext("(the same job, newly advertised)") if renewed else ""
    )


def why(post: JobPost) -> str:
    """What happened to the job, in a sentence."""
    state = post.requisition.state
    if state == "open":
        return gettext("This job was closed for applications while you wrote.")
    return str(WHY.get(state, gettext_lazy("This job was closed while you wrote.")))


def answers_of(form: ApplyForm) -> list[tuple[Question, str]]:
    """What was answered in words to the questions of the closed job."""
    found = []
    for question in form.questions:
        if question.kind == QuestionKind.FILE:
            continue
        given = [value for name, value in form.kept_answers if name == f"question_{question.pk}"]
        if given:
            text = ", ".join(given)
            found.append((question, _yes_or_no(text) if question.kind == QuestionKind.YES_NO else text))
    return found


def _yes_or_no(given: str) -> str:
    return gettext("Yes") if given == "yes" else gettext("No") if given == "no" else given.capitalize()


def goes_along(form: ApplyForm) -> list[tuple[str, str]]:
    """What the page does not ask again, as hidden fields."""
    agreed = [("consent_pool", "on")] if form.data.get("consent_pool") else []
    return [*form.kept_answers, *agreed]


def files_of(form: ApplyForm) -> list[UploadedFile]:
    """The good files of a form, the résumé first."""
    fields = [field for field in form.fields.values() if isinstance(field, DocumentField)]
    return [field.good[0] for field in fields if field.good]


def taken_along(form: ApplyForm, post: JobPost, *, now: datetime) -> ApplyForm:
    """The form of another job with everything in it that it asks too."""
    questions = queries.questions_of(post)
    initial: dict[str, Any] = {
        name: form.data.get(name, "")
        for name in ("first_name", "last_name", "email", "phone", "cover_letter", "consent_pool")
    }
    said = {question.label.strip().lower(): question for question, _ in answers_of(form)}
    for question in questions:
        before = said.get(question.label.strip().lower())
        if before is not None and before.kind == question.kind:
            name, earlier = f"question_{question.pk}", f"question_{before.pk}"
            several = question.kind == QuestionKind.SEVERAL
            initial[name] = form.given(earlier) if several else form.data.get(earlier, "")
    other = ApplyForm(post, questions, initial=initial)
    field = form.fields["resume"]
    assert isinstance(field, DocumentField)
    if field.good:
        _hand_on(field.good[0], other, now=now)
    return other


def _hand_on(upload: UploadedFile, other: ApplyForm, *, now: datetime) -> None:
    widget = other.fields["resume"].widget
    upload.seek(0)
    try:
        checked = checks.check(upload)
    except Invalid:
        return
    widget.key = kept_uploads.keep(upload, checked, place=widget.place, now=now)
    widget.kept_name = checked.filename
