"""Finding people, adding them, and changing what is known about them."""

from collections.abc import Iterable
from typing import Any

from django import forms

from ats.accounts.models import User
from ats.kernel.numbers import number
from ats.kernel.staff_words import gettext, gettext_lazy, pgettext_lazy
from ats.web.forms import LateChoiceField, QuickSelect, choose_from, choose_later
from candidates.applications.models import ApplicationState
from candidates.people.domain import names, phones
from candidates.people.domain.phone_countries import possible
from candidates.people.models import AddressKind, Candidate, Source, Tag
from candidates.people_pages import queries
from candidates.people_pages.queries import PeopleFilter
from candidates.pools.queries.listing import open_to as open_pools
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
    requisition = forms.ModelChoiceField(
        Requisition.objects.none(),
        label=pgettext_lazy("to hire for", "Role"),
        required=False,
        empty_label=gettext_lazy("Any role"),
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
    source = forms.ModelChoiceField(
        Source.objects.none(),
        label=gettext_lazy("Source"),
        required=False,
        empty_label=gettext_lazy("Any source"),
        widget=QuickSelect,
    )
    tag = forms.ModelChoiceField(
        Tag.objects.none(),
        label=gettext_lazy("Tag"),
        required=False,
        empty_label=gettext_lazy("Any tag"),
        widget=QuickSelect,
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(
            self,
            requisition=queries.roles_to_filter(user),
            source=Source.objects.order_by("name"),
            tag=Tag.objects.order_by("name"),
        )

    def wanted(self) -> PeopleFilter:
        self.is_valid()
        data = self.cleaned_data
        rows = {name: row.pk for name in ("requisition", "source", "tag") if (row := data.get(name))}
        return PeopleFilter(
            text=data.get("q", ""), stage=data.get("stage", ""), state=data.get("state", ""), **rows
        )


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

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_later(
            self,
            requisition=lambda: queries.open_to(user),
            source=lambda: Source.objects.order_by("name"),
            pool=lambda: open_pools(user),
        )
        self._ask_for_country((self["phone"].value() or "")[: phones.LONGEST], user)

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
