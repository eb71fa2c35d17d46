"""Forms about people and their access."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ChangePasswordForm as AllauthChangePasswordForm
from allauth.account.forms import ResetPasswordForm, ResetPasswordKeyForm
from allauth.core import context, ratelimit
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from ats.accounts.actions.attempts import count_step
from ats.accounts.actions.notify import tell_of_guesses
from ats.accounts.actions.reset import ask_for_reset
from ats.accounts.models import Role, User
from ats.accounts.queries.people import has_keys
from ats.accounts.queries.succession import Held, may_take, parts_of
from ats.kernel.staff_words import gettext, gettext_lazy
from ats.organisation.models import HiringOrganisation
from ats.web.forms import TimeZoneField, choose_from

WHAT_IS_ASKED = gettext_lazy("At least 12 characters. A few words that mean something to you alone are fine.")


ALL, SOME = "all", "some"


class OrganisationsForm(forms.Form):
    """For which organisations somebody works: all of the house, or those that are chosen."""

    sees = forms.ChoiceField(
        label=gettext_lazy("Sees"),
        choices=[
            (ALL, gettext_lazy("The whole house")),
            (SOME, gettext_lazy("Only the organisations chosen below")),
        ],
        initial=ALL,
        widget=forms.RadioSelect,
    )
    organisations = forms.ModelMultipleChoiceField(
        label=gettext_lazy("Works for these organisations"),
        queryset=HiringOrganisation.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Of every other organisation this person finds nothing, by no way."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, organisations=HiringOrganisation.objects.order_by("name", "pk"))

    def chosen(self) -> list[int] | None:
        """As the action takes it: None for the whole house."""
        if self.cleaned_data["sees"] == ALL:
            return None
        return [organisation.pk for organisation in self.cleaned_data["organisations"]]


class InviteForm(OrganisationsForm):
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    name = forms.CharField(label=gettext_lazy("Name"), max_length=200, required=False)
    role = forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=Role.choices,
        initial=Role.RECRUITER,
        help_text=gettext_lazy("It can be changed at any time."),
    )
    field_order = ("email", "name", "role", "sees", "organisations")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if HiringOrganisation.objects.count() < 2:  # there is nothing to keep apart
            del self.fields["sees"], self.fields["organisations"]

    def facts(self) -> dict[str, Any]:
        """As the action takes them."""
        facts = {name: self.cleaned_data[name] for name in ("email", "name", "role")}
        return facts | {"organisations": self.chosen() if "sees" in self.fields else None}


class AcceptForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=gettext_lazy("A password"),
        strip=False,
        max_length=200,
        help_text=WHAT_IS_ASKED,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("The code"),
        max_length=40,
        help_text=gettext_lazy("Eight letters, such as BCDF-GHJK."),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=gettext_lazy("Your password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput())


class ChangePasswordForm(AllauthChangePasswordForm):
    """Who has keys that work without the password is asked whether they end with it (`listeners`)."""

    end_keys = forms.BooleanField(
        label=gettext_lazy("End my API tokens and the private address of my calendar too"),
        help_text=gettext_lazy(
            "Leave it on if somebody else may know your password: they could have made some."
        ),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = gettext("Your password now")
        _in_our_words(self.fields)
        if not has_keys(self.user):
            del self.fields["end_keys"]


class ForgottenForm(ResetPasswordForm):
    """Asks nobody whose address it is: how long the answer takes would tell."""

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"])

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        email = str(self.cleaned_data["email"])
        # Beyond that nothing is sent, and nothing said: the links that are under way work for an hour.
        if ratelimit.consume(request, action="reset_mail", key=email.lower()):
            ask_for_reset(email=email, now=timezone.now())
        return email


class Counted(forms.Form):
    """The code of a second step, as often as `actions.attempts` allows."""

    user: User

    def clean_code(self) -> str:
        request = context.request
        usage = count_step(request, self.user)
        if usage is None:
            if not request.user.is_authenticated:
                tell_of_guesses(request, self.user, now=timezone.now())
            raise get_adapter().validation_error("too_many_login_attempts")
        code = str(super().clean_code())  # type: ignore[misc]
        usage.rollback()
        return code


class SecondStepForm(Counted, AuthenticateForm):
    pass


class SecondStepAgainForm(Counted, ReauthenticateForm):
    pass


class NewPasswordForm(ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self.fields)


def _in_our_words(fields: dict[str, forms.Field]) -> None:
    fields["password1"].label = gettext("The new password")
    fields["password1"].help_text = WHAT_IS_ASKED
    fields["password2"].label = gettext("The new password once more")
    for field in fields.values():
        field.widget.attrs.pop("placeholder", None)


class SignInForm(forms.Form):
    second_step_roles = forms.MultipleChoiceField(
        choices=Role.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Who needs a second step"),
        help_text=gettext_lazy(
            "An authenticator app, a passkey or a security key. Who has none yet sets it up at the next page."
        ),
    )
    idle_minutes = forms.TypedChoiceField(
        choices=[
            (15, gettext_lazy("15 minutes")),
            (30, gettext_lazy("30 minutes")),
            (60, gettext_lazy("an hour")),
            (120, gettext_lazy("2 hours")),
            (240, gettext_lazy("4 hours")),
            (480, gettext_lazy("8 hours")),
            (720, gettext_lazy("12 hours")),
            (1440, gettext_lazy("a day")),
            (0, gettext_lazy("never, until the session ends")),
        ],
        coerce=int,
        label=gettext_lazy("Sign out after so long without use"),
        help_text=gettext_lazy("On every device. A session ends after 14 days in any case."),
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices)


class ManagerForm(forms.Form):
    manager = forms.ModelChoiceField(
        label=gettext_lazy("Works for"),
        queryset=User.objects.none(),
        required=False,
        empty_label=gettext_lazy("Nobody is named"),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["manager"] = person.manager_id
        others = User.objects.filter(is_active=True) | User.objects.filter(pk=person.manager_id)
        choose_from(self, manager=others.exclude(pk=person.pk).order_by("name", "pk"))


class SuccessorsForm(forms.Form):
    """Who takes over each part that somebody leaves; none where they hold nothing that needs it."""

    def __init__(self, *args: Any, person: User, held: list[Held], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for part in parts_of(held):
            self.fields[part.value] = forms.ModelChoiceField(
                label=part.label,
                queryset=may_take(part, after=person),
                empty_label=gettext("Choose a person"),
            )

    def successors(self) -> dict[str, int]:
        return {part: user.pk for part, user in self.cleaned_data.items()}


def _languages() -> list[tuple[str, str]]:
    return [("", gettext("As your browser asks")), *settings.STAFF_LANGUAGES]


class ProfileForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    title = forms.CharField(
        label=gettext_lazy("Job title"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Candidates see it beside your name."),
    )
    time_zone = TimeZoneField(help_text=gettext_lazy("Times are shown in it."))
    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False, choices=_languages)


class PeopleFilter(forms.Form):
    q = forms.CharField(label=gettext_lazy("Name or address"), required=False, widget=forms.SearchInput())
    role = forms.ChoiceField(
        label=gettext_lazy("Role"), required=False, choices=[("", gettext_lazy("Every role")), *Role.choices]
    )
    former = forms.BooleanField(label=gettext_lazy("Former colleagues too"), required=False)
