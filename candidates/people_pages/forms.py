"""Finding people, adding them, and changing what is known about them."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django import forms

from ats.accounts.models import User
from ats.kernel.numbers import number
from ats.kernel.staff_words import gettext, gettext_lazy, pgettext_lazy
from ats.web.forms import LateChoiceField, QuickSelect, choose_from, choose_later
from candidates.applications.models import ApplicationState
from candidates.people.domain import names, phones
from candidates.people.domain.phone_countries import possible
from candidates.people.models import AddressKind, Candidate, Source
from candidates.people_pages import queries
from candidates.people_pages.domain.columns import COLUMNS, ORDERS
from candidates.people_pages.queries import PeopleFilter
from candidates.pools.queries.listing import open_to as open_pools
from candidates.resumes.domain import filling
from candidates.resumes.domain.facts import Confidence
from candidates.resumes.models import ResumeDraft
from requisitions.models import Requisition, StageKind

CAN_BE_ASKED = (
    (("kotlin berlin",), gettext_lazy("both words, in a name, in what they do or in a file")),
    (('"data engineer"',), gettext_lazy("side by side")),
    (("nurse OR midwife", "java -php"), gettext_lazy("one of two; the one without the other")),
    (("micro*",), gettext_lazy("words that begin so")),
    (
        ("stage:interview", "state:rejected", "role:engineer", 'source:"job fair"'),
        gettext_lazy("of one and the same application"),
    ),
    (
        ("rejected:any", "rejected:2026-11"),
        gettext_lazy("rejected at all, or in that month; a reason can be asked for too"),
    ),
    (
        ("city:berlin", "skill:welding", "tag:alumni", "phone:0301234", "email:post.example", "pool:nurses"),
        gettext_lazy("of the person"),
    ),
    (
        ("has:resume", "-has:phone", "has:consent"),
        gettext_lazy("what they have; a dash before any of these asks for who is not so"),
    ),
)
"""What is typed into the search, and what it asks for."""


class PeopleForm(forms.Form):
    """The search and the filters of the list; what does not make sense is left out, not complained about."""

    can_be_asked = CAN_BE_ASKED

    q = forms.CharField(label=gettext_lazy("Name, address, telephone or words of a résumé"), required=False)
    requisition = forms.TypedChoiceField(
        label=pgettext_lazy("to hire for", "Role"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=QuickSelect,
    )
    stage = forms.ChoiceField(
        label=gettext_lazy("Stage"),
        required=False,
        choices=[("", gettext_lazy("Any stage")), *StageKind.choices],
        widget=QuickSelect,
    )
    state = forms.ChoiceField(
        label=gettext_lazy("How it stands"),
        required=False,
        choices=[("", gettext_lazy("In play or not")), *ApplicationState.choices],
        widget=QuickSelect,
    )
    source = forms.TypedChoiceField(
        label=gettext_lazy("Source"), required=False, coerce=int, empty_value=None, widget=QuickSelect
    )
    tag = forms.TypedChoiceField(
        label=gettext_lazy("Tag"), required=False, coerce=int, empty_value=None, widget=QuickSelect
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        empty = {
            "requisition": gettext("Any role"),
            "source": gettext("Any source"),
            "tag": gettext("Any tag"),
        }
        for name, values in queries.to_filter_by(user).items():
            field: Any = self.fields[name]
            field.choices = [("", empty[name]), *values]

    def wanted(self) -> PeopleFilter:
        self.is_valid()
        data = self.cleaned_data
        return PeopleFilter(
            text=data.get("q", ""),
            stage=data.get("stage", ""),
            state=data.get("state", ""),
            gone=tuple(str(self.fields[name].label) for name in self.errors if self.data.get(name)),
            **{name: data.get(name) for name in ("requisition", "source", "tag")},
        )

    def asked(self) -> str:
        """What was asked for and makes sense, as the query of an address: for the same list again."""
        self.is_valid()
        given = {name: self.data.get(name, "").strip() for name in self.fields if name not in self.errors}
        return urlencode({name: value for name, value in given.items() if value})


class ContactForm(forms.ModelForm):
    """What is known about a person; checked and written by the action."""

    class Meta:
        model = Candidate
        fields = ["first_name", "last_name", "called", "email", "phone", "headline", "city", "country"]
        labels = {
            "first_name": gettext_lazy("First name"),
            "last_name": gettext_lazy("Last name"),
            "called": gettext_lazy("How they want to be addressed"),
            "email": gettext_lazy("E-mail"),
            "phone": gettext_lazy("Telephone"),
            "headline": gettext_lazy("What they do now"),
            "city": gettext_lazy("City"),
            "country": gettext_lazy("Country, as two letters"),
        }
        help_texts = {
            "last_name": gettext_lazy("Leave it empty for somebody of one name."),
            "called": gettext_lazy("If it is not their first name. Our messages begin with it."),
            "phone": gettext_lazy(
                "Kept as you write it. With its country in front it is dialled from anywhere: +49 30 901820."
            ),
            "headline": gettext_lazy("Such as: Data engineer at Example GmbH."),
        }

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(names.lone_one_first(data), *args, **kwargs)
        first = self.fields["first_name"]
        first.required, first.error_messages["required"] = True, names.WANTED

    def _post_clean(self) -> None:
        """The row is written by the action, not by the form."""


READ: dict[str, Any] = {
    Confidence.SURE: gettext_lazy("Read from the résumé: sure."),
    Confidence.LIKELY: gettext_lazy("Read from the résumé: likely. Please check it."),
    Confidence.GUESS: gettext_lazy("Read from the résumé: a guess. Please check it."),
}


class NewForm(ContactForm):
    requisition = LateChoiceField(
        label=gettext_lazy("Take up for"),
        required=False,
        empty_label=gettext_lazy("No role yet"),
        widget=QuickSelect,
    )
    source = LateChoiceField(
        label=gettext_lazy("How we know of them"),
        required=False,
        empty_label=gettext_lazy("Not said"),
        widget=QuickSelect,
    )
    pool = LateChoiceField(
        label=gettext_lazy("Keep for later in"),
        required=False,
        empty_label=gettext_lazy("No pool"),
        widget=QuickSelect,
    )
    link = forms.URLField(
        label=gettext_lazy("A page of theirs"), required=False, max_length=500, assume_scheme="https"
    )
    resume = forms.FileField(label=gettext_lazy("Résumé"), required=False)
    phone_country = forms.ChoiceField(
        label=gettext_lazy("No country known"), required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, user: User, draft: ResumeDraft | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._say_what_was_read(draft)
        choose_later(
            self,
            requisition=lambda: queries.open_to(user),
            source=lambda: Source.objects.order_by("name"),
            pool=lambda: open_pools(user),
        )
        self._ask_for_country((self["phone"].value() or "")[: phones.LONGEST], user)

    def _say_what_was_read(self, draft: ResumeDraft | None) -> None:
        """Beside each field that was filled from a résumé, how surely."""
        if draft is None:
            return
        self.draft = draft
        for name, (_, confidence) in filling.fields(draft.read).items():
            self.fields[name].help_text = READ[confidence]
        if not draft.is_facts_alone:
            self.fields["resume"].help_text = gettext("Another one instead of %(filename)s, if you like.") % {
                "filename": draft.filename
            }

    def _ask_for_country(self, typed: str, user: User) -> None:
        """Where a number says no country, of which it may be; what was typed stays in any case."""
        self.lacks_country = phones.says_no_country(typed)
        found = possible(typed, jobs=self._countries_of_the_role(user)) if self.lacks_country else ()
        choices = [(each.code, f"{each.name}, {each.why}: {each.dialled}") for each in found]
        if choices:
            field: Any = self.fields["phone_country"]
            field.choices = [("", gettext("None of these: leave it as it is")), *choices]
        else:
            del self.fields["phone_country"]

    def _countries_of_the_role(self, user: User) -> Iterable[str]:
        chosen = number(str(self["requisition"].value() or ""))
        if not chosen:
            return ()
        jobs = queries.open_to(user).filter(pk=chosen, location__isnull=False)
        return jobs.values_list("location__country", flat=True)

    class Meta(ContactForm.Meta):
        fields = ["first_name", "last_name", "email", "phone", "headline", "city"]


class AddressForm(forms.Form):
    """Another e-mail address or telephone number; the action says what is wrong with it."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"), choices=AddressKind.choices, widget=forms.Select
    )
    value = forms.CharField(label=gettext_lazy("Address or number"), max_length=254)
    label = forms.CharField(
        label=gettext_lazy("Note beside it"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("Such as: at work."),
    )


class ColumnsForm(forms.Form):
    """The columns of the list, in the order in which they are sent, and the order of its rows."""

    columns = forms.MultipleChoiceField(choices=list(COLUMNS.items()), required=False)
    order = forms.ChoiceField(
        label=gettext_lazy("Order of the rows"), choices=list(ORDERS.items()), widget=forms.Select
    )


class TakeUpForm(forms.Form):
    requisition = forms.ModelChoiceField(
        Requisition.objects.none(),
        label=pgettext_lazy("to hire for", "Role"),
        empty_label=gettext_lazy("Choose a role"),
        widget=QuickSelect,
    )

    def __init__(self, *args: Any, user: User, candidate: Candidate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, requisition=queries.open_to(user, candidate))
