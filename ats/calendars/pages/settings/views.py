"""My availability: hours, calendars that are read, blocked times, and the private address of one's interviews."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.decorators import reauthentication_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ats.calendars.actions import change as actions
from ats.calendars.actions import publish, read_calendars
from ats.calendars.pages.settings.forms import BlockForm, CalendarForm, HoursForm
from ats.calendars.queries import availability_of
from ats.kernel import when
from ats.kernel.errors import ActionError
from ats.kernel.staff_words import gettext
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next

PAGE = "ats/calendars/availability.html"


@signed_in()
@require_safe
def availability(request: StaffRequest) -> HttpResponse:
    return _page(request)


def _page(request: StaffRequest, *, feed_link: str = "", **forms: Any) -> HttpResponse:
    now = timezone.now()
    mine = availability_of(request.user, now=now)
    for subscription in mine.subscriptions:
        subscription.host = urlsplit(subscription.url).hostname  # type: ignore[attr-defined]
    context = {
        "mine": mine,
        "zone": when.zone_name(now, request.user.zone),
        "feed_link": feed_link,
        "hours_form": HoursForm(hours=mine.hours),
        "calendar_form": CalendarForm(prefix="calendar"),
        "block_form": BlockForm(prefix="block"),
    }
    return render(request, PAGE, context | forms, status=422 if forms else 200)


def _done(request: StaffRequest, said: str) -> HttpResponse:
    toast_next(request, said)
    return redirect("availability")


@signed_in()
@require_POST
def change_hours(request: StaffRequest) -> HttpResponse:
    form = HoursForm(request.POST, hours=None)
    if form.is_valid():
        try:
            actions.change_hours(
                days=form.chosen(),
                buffer_minutes=form.cleaned_data["buffer_minutes"],
                by=request.user,
                now=timezone.now(),
            )
        except ActionError as error:
            form.refuse(error)
        else:
            return _done(request, gettext("Saved. Times are offered within these hours from now on."))
    return _page(request, hours_form=form)


@signed_in()
@require_POST
def use_office_hours(request: StaffRequest) -> HttpResponse:
    actions.use_office_hours(by=request.user, now=timezone.now())
    return _done(request, gettext("You work the hours of the office again."))


@signed_in()
@require_POST
def add_calendar(request: StaffRequest) -> HttpResponse:
    form = CalendarForm(request.POST, prefix="calendar")
    if form.is_valid():
        try:
            read_calendars.subscribe(url=form.cleaned_data["url"], by=request.user, now=timezone.now())
        except ActionError as error:
            show_error(form, error)
        else:
            return _done(request, gettext("Your calendar is being read. Look again in a minute."))
    return _page(request, calendar_form=form)


@signed_in()
@require_POST
def read_calendar_again(request: StaffRequest, subscription_id: int) -> HttpResponse:
    read_calendars.read_again(subscription_id=subscription_id, by=request.user, now=timezone.now())
    return _done(request, gettext("It is being read again. Look again in a minute."))


@signed_in()
@require_POST
def remove_calendar(request: StaffRequest, subscription_id: int) -> HttpResponse:
    read_calendars.unsubscribe(subscription_id=subscription_id, by=request.user, now=timezone.now())
    return _done(request, gettext("It is no longer read, and what it said is forgotten."))


@signed_in()
@require_POST
def add_block(request: StaffRequest) -> HttpResponse:
    form = BlockForm(request.POST, prefix="block")
    if form.is_valid():
        try:
            actions.block(by=request.user, now=timezone.now(), **form.cleaned_data)
        except ActionError as error:
            show_error(form, error)
        else:
            return _done(request, gettext("Blocked: no interviews in this time."))
    return _page(request, block_form=form)


@signed_in()
@require_POST
def remove_block(request: StaffRequest, block_id: int) -> HttpResponse:
    actions.unblock(block_id=block_id, by=request.user, now=timezone.now())
    return _done(request, gettext("This time is free again."))


@signed_in()
@require_POST
@reauthentication_required()
def make_feed(request: StaffRequest) -> HttpResponse:
    """The new address is shown on this answer, and never again; before it is made they show themselves again."""
    return _page(request, feed_link=publish.make(by=request.user, now=timezone.now()))


@signed_in()
@require_POST
def revoke_feed(request: StaffRequest) -> HttpResponse:
    publish.revoke(by=request.user, now=timezone.now())
    return _done(request, gettext("The address no longer works."))
