"""What is filled in about pools and people in them."""

from typing import Any

from django import forms

from ats.accounts.models import User
from ats.kernel.staff_words import gettext_lazy, pgettext_lazy
from ats.organisation.models import HiringOrganisation
from ats.web.forms import QuickSelect, choose_from
from candidates.consents.models import Purpose
from candidates.pools.models import (
    LONGEST_GRACE,
    LONGEST_NAME,
    LONGEST_PURPOSE,
    LONGEST_WHY,
    SHORTEST_GRACE,
    TalentPool,
)
from candidates.pools.queries import listing


class PoolForm(forms.Form):
    """A pool as a whole; where there is one organisation, nobody is asked for it."""

    organisation = forms.ModelChoiceField(
        HiringOrganisation.objects.none(),
        label=gettext_lazy("Organisation"),
        widget=QuickSelect,
        empty_label=None,
    )
    name = forms.CharField(label=pgettext_lazy("of a thing", "Name"), max_length=LONGEST_NAME)
    purpose = forms.CharField(
        label=gettext_lazy("What people are kept for"),
        max_length=LONGEST_PURPOSE,
        help_text=gettext_lazy(
            "They read this when they are asked for their consent, such as: to tell you of roles for nurses."
        ),
    )
    owner = forms.ModelChoiceField(
        User.objects.none(), label=gettext_lazy("Who looks after it"), widget=QuickSelect, empty_label=None
    )
    needs = forms.ChoiceField(
        label=gettext_lazy("What they must have agreed to"),
        required=False,
        choices=[
            *((purpose.value, purpose.label) for purpose in Purpose),
            ("", gettext_lazy("Nothing: we keep them on another ground")),
        ],
        initial=Purpose.ROLES.value,
        widget=QuickSelect,
    )
    grace_days = forms.IntegerField(
        label=gettext_lazy("Days in which they agree"),
        min_value=SHORTEST_GRACE,
        max_value=LONGEST_GRACE,
        initial=30,
        help_text=gettext_lazy("Who has not agreed by then leaves the pool by themselves."),
    )

    def __init__(self, *args: Any, user: User, pool: TalentPool | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = HiringOrganisation.objects.filter(is_active=True).order_by("name", "pk")
        if user.works_for is not None:
            places = places.filter(pk__in=list(user.works_for))
        owners = User.objects.recruiting().known_to(user).order_by("name", "email", "pk")
        choose_from(self, organisation=places, owner=owners)
        self.fields["owner"].initial = user.pk
        if pool is not None:
            del self.fields["organisation"]


class AddForm(forms.Form):
    """Into which pool, why, and by when somebody is in touch."""

    pool = forms.ModelChoiceField(
        TalentPool.objects.none(),
        label=gettext_lazy("Pool"),
        widget=QuickSelect,
        empty_label=gettext_lazy("Choose a pool"),
    )
    why = forms.CharField(
        label=gettext_lazy("Why, in a few words"),
        required=False,
        max_length=LONGEST_WHY,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-wording": "note"}),
    )
    touch_on = forms.DateField(
        label=gettext_lazy("I will be in touch by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("It stands on your day then. They are not told of it."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, pool=listing.open_to(user))


class TouchForm(forms.Form):
    """Another day, and why."""

    on = forms.DateField(
        label=gettext_lazy("I will be in touch by"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    why = forms.CharField(
        label=gettext_lazy("Why it moves"),
        required=False,
        max_length=LONGEST_WHY,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-wording": "note"}),
    )
