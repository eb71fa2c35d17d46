"""Rooms of a team's chat: those of organisations, and those of one's own."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from ats.chat import actions, queries
from ats.chat.models import ChatRoom
from ats.chat.pages.settings.forms import RoomForm, WhatForm
from ats.kernel.errors import ActionError, Invalid
from ats.kernel.staff_words import gettext
from ats.organisation.actions import MANAGE
from ats.organisation.models import HiringOrganisation
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next

ADDED = "Added. A first word is on its way there."


@signed_in(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def team_rooms(request: StaffRequest) -> HttpResponse:
    organisations = list(HiringOrganisation.objects.filter(is_active=True).order_by("name"))
    form = RoomForm(request.POST or None, organisations=organisations)
    if form.is_valid():
        chosen = form.cleaned_data.pop("organisation")
        if _added(request, form, next(each for each in organisations if str(each.pk) == chosen)):
            return redirect("settings_chat")
    rooms = list(queries.of_teams())
    return _page(request, "ats/chat/team.html", form, rooms)


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def own_rooms(request: StaffRequest) -> HttpResponse:
    form = RoomForm(request.POST or None)
    if form.is_valid() and _added(request, form, None):
        return redirect("chat")
    return _page(request, "ats/chat/own.html", form, list(queries.of_person(request.user)))


def _added(request: StaffRequest, form: RoomForm, organisation: HiringOrganisation | None) -> bool:
    said = dict(form.cleaned_data)
    try:
        actions.add_room(
            organisation=organisation, url=said.pop("address"), by=request.user, now=timezone.now(), **said
        )
    except ActionError as error:
        show_error(form, error)
        return False
    toast_next(request, ADDED)
    return True


def _page(request: StaffRequest, template: str, form: RoomForm, rooms: list[ChatRoom]) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "rooms": [(room, _what(room)) for room in rooms]}
    return render(request, template, context, status=422 if form.is_bound else 200)


def _what(room: ChatRoom) -> WhatForm:
    is_own = room.user_id is not None
    return WhatForm(initial={"what": room.what}, is_own=is_own, auto_id=f"room-{room.pk}-%s")


@signed_in()
@require_POST
def room(request: StaffRequest, room_id: int) -> HttpResponse:
    """What is done with one: `do` is `change`, `try` or `remove`. Whose it is, the actions ask."""
    do, now = request.POST.get("do", ""), timezone.now()
    if do == "change":
        found = actions.change_room(
            room_id=room_id, what=request.POST.getlist("what"), by=request.user, now=now
        )
        toast_next(request, gettext("%(found)s is told what you chose.") % {"found": found.name})
    elif do == "try":
        actions.try_room(room_id=room_id, by=request.user, now=now)
        toast_next(request, gettext("A word is on its way there."))
    elif do == "remove":
        actions.remove_room(room_id=room_id, by=request.user, now=now)
        toast_next(request, gettext("Taken away. Nothing more is said there."))
    else:
        raise Invalid(gettext("Say what is to be done with it."))
    return redirect("settings_chat" if request.POST.get("of") == "team" else "chat")
