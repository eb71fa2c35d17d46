"""What every shell needs around a page; worked out only when a template asks for it."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.functional import cached_property

from ats.accounts.models import RECRUITING
from ats.embedded import DEMO_PASSWORD
from ats.kernel import clock
from ats.kernel.languages import Words
from ats.kernel.staff_words import gettext_lazy, pgettext_lazy
from ats.web.frame import Frame
from ats.web.parts import name_of

DEMO_SIGN_INS = (
    (gettext_lazy("Recruiter"), "recruiter@demo.test", gettext_lazy("Your day: what you owe whom")),
    (
        gettext_lazy("Hiring manager"),
        "manager@demo.test",
        gettext_lazy("The shared dashboard, made for a phone"),
    ),
    (gettext_lazy("Recruiting lead"), "lead@demo.test", gettext_lazy("Every role and every promise")),
    (gettext_lazy("Coordinator"), "coordinator@demo.test", gettext_lazy("Scheduling for the whole team")),
    (gettext_lazy("Interviewer"), "interviewer@demo.test", gettext_lazy("The candidates to meet")),
    (gettext_lazy("Administrator"), "admin@demo.test", gettext_lazy("People, roles and settings")),
)


@dataclass(frozen=True)
class Entry:
    """One place to go: in the rail, in the user menu, or among the tabs of one's account."""

    label: str
    icon: str
    url: str
    key: str = ""
    active: bool = False


# Label, icon, address, the letter that goes there after `g`. An address that does not exist (yet) is left out.
STAFF_RAIL = (
    (gettext_lazy("My day"), "day", "/", "d"),
    (gettext_lazy("Requisitions"), "requisition", "/requisitions/", "r"),
    (pgettext_lazy("the rail", "Candidates"), "people", "/candidates/", "c"),
    (gettext_lazy("Calendar"), "calendar", "/calendar/", "k"),
    (pgettext_lazy("the rail", "Partners"), "partners", "/partners/", "p"),
    (gettext_lazy("Reports"), "chart", "/reports/", "e"),
)
PARTNER_RAIL = (
    (gettext_lazy("Our roles"), "partners", "/partners/dashboard/", "d"),
    (gettext_lazy("Scorecards"), "list", "/scorecards/", "s"),
    (gettext_lazy("Calendar"), "calendar", "/calendar/", "k"),
    (gettext_lazy("Approvals"), "check", "/approvals/", "a"),
)
ACCOUNT = (
    (gettext_lazy("Profile"), "user", "account_profile"),
    (gettext_lazy("Availability"), "calendar", "availability"),
    (gettext_lazy("Away"), "people", "delegations"),
    (gettext_lazy("Notifications"), "bell", "notifications_ways"),
    (gettext_lazy("Chat"), "message", "chat"),
    (gettext_lazy("Celebrations"), "star", "celebrations"),
    (gettext_lazy("Password"), "key", "account_change_password"),
    (gettext_lazy("Two-step sign-in"), "shield", "mfa_index"),
    (gettext_lazy("Sessions"), "device", "usersessions_list"),
    (gettext_lazy("API tokens"), "link", "api_tokens"),
)
# Label, icon, address by name, and the permission without which one is not shown it.
SETTINGS = (
    (gettext_lazy("People"), "people", "settings_people", "ats.manage_people"),
    (gettext_lazy("Signing in"), "key", "settings_sign_in", "ats.manage_people"),
    (gettext_lazy("Organisations"), "building", "settings_organisations", "ats.manage_organisation"),
    (gettext_lazy("Duties by law"), "scale", "settings_law", "ats.manage_organisation"),
    (gettext_lazy("Working calendars"), "calendar", "settings_calendars", "ats.manage_organisation"),
    (gettext_lazy("Interviews"), "clock", "settings_pools", "requisitions.change_pools"),
    (gettext_lazy("Sitting in"), "eye", "settings_shadowing", "candidates.set_shadowing"),
    (gettext_lazy("Agreements"), "partners", "settings_agreements", "partners.set_rules"),
    (gettext_lazy("Signing"), "edit", "settings_signing", "partners.name_signers"),
    (gettext_lazy("Declined requests"), "eye-off", "settings_declined", "partners.set_declined_readers"),
    (gettext_lazy("Wording"), "shield", "settings_wording", "requisitions.view_wording"),
    (gettext_lazy("Approvals"), "check", "settings_approvals", "ats.manage_approvals"),
    (gettext_lazy("Promises"), "clock", "settings_promises", "candidates.approve_promise_words"),
    (gettext_lazy("Journey"), "graph", "settings_journeys", "candidates.view_journeys"),
    (gettext_lazy("Rules"), "list-check", "rules", "candidates.view_rule"),
    (gettext_lazy("Surveys"), "chart", "settings_surveys", "candidates.set_surveys"),
    (gettext_lazy("Retention"), "trash", "settings_retention", "candidates.set_retention"),
    (gettext_lazy("Data requests"), "shield", "settings_data_requests", "candidates.view_data_requests"),
    (gettext_lazy("Feedback"), "reply", "settings_feedback", "candidates.set_feedback_rules"),
    (gettext_lazy("Words of messages"), "message", "settings_templates", "ats.edit_mail_templates"),
    (gettext_lazy("Offer letters"), "file", "settings_offer_letters", "candidates.change_offer_letters"),
    (gettext_lazy("Chat"), "message", "settings_chat", "ats.manage_organisation"),
    (gettext_lazy("SMS"), "device-mobile", "settings_sms", "ats.manage_organisation"),
    (gettext_lazy("Outbox"), "send", "settings_outbox", "ats.see_due_work"),
    (gettext_lazy("Due work"), "clock", "settings_due_work", "ats.see_due_work"),
)


@lru_cache(maxsize=64)
def _exists(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


@lru_cache(maxsize=64)
def _named(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _is_under(path: str, entry: str) -> bool:
    return path == entry if entry == "/" else path.startswith(entry)


class Shell:
    """The frame of the page for this request. Asks the database nothing."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def user(self) -> Any:
        user = getattr(self._request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def recruits(self) -> bool:
        return self.user is not None and self.user.role in RECRUITING

    @cached_property
    def template(self) -> str:
        """The shell that pages for both sides extend: `{% extends shell.template %}`."""
        return "shells/staff.html" if self.recruits else "shells/partner.html"

    @cached_property
    def rail(self) -> list[Entry]:
        if self.user is None:
            return []
        places = STAFF_RAIL if self.recruits else PARTNER_RAIL
        own = any(entry.active for entry in self.account)  # such as /partners/away/, which is one's own
        return [
            Entry(str(label), icon, url, key, _is_under(self._request.path, url) and not own)
            for label, icon, url, key in places
            if _exists(url)
        ]

    @cached_property
    def account(self) -> list[Entry]:
        places = ((label, icon, _named(name)) for label, icon, name in ACCOUNT)
        return [
            Entry(str(label), icon, url, active=_is_under(self._request.path, url))
            for label, icon, url in places
            if url
        ]

    @cached_property
    def settings(self) -> list[Entry]:
        """The settings that this person may look after."""
        if self.user is None:
            return []
        return [
            Entry(str(label), icon, url, active=_is_under(self._request.path, url))
            for label, icon, name, permission in SETTINGS
            if (url := _named(name)) and (not permission or self.user.has_perm(permission))
        ]

    @cached_property
    def settings_url(self) -> str:
        return _named("settings") if self.settings else ""

    @cached_property
    def frame(self) -> Frame:
        if self.user is None:
            return Frame()
        return Frame(
            tuple(self.rail),
            tuple(self.account),
            name_of(self.user),
            self.user.get_role_display(),
            self.recruits,
            self.settings_url,
            self.user.pk,
        )

    @property
    def second_step_owed(self) -> bool:
        """Whether this person can go nowhere before they have a second step (ats.accounts.actions.access)."""
        return bool(self._request.session.get("second_step_owed"))

    @property
    def demo(self) -> bool:
        return bool(settings.DEMO)

    @property
    def demo_clock(self) -> datetime | None:
        """What the demo's clock says, where it was moved ahead."""
        return timezone.now() if settings.DEMO_CLOCK and clock.ahead() else None

    @property
    def demo_sign_ins(self) -> tuple[tuple[Words, str, Words], ...]:
        return DEMO_SIGN_INS if settings.DEMO else ()

    @property
    def demo_password(self) -> str:
        return DEMO_PASSWORD if settings.DEMO else ""


def shell(request: HttpRequest) -> dict[str, Shell]:
    return {"shell": Shell(request)}
