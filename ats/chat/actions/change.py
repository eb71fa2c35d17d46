"""Rooms: whose they are, what they are told, and trying one."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from ats.accounts.domain import sealing
from ats.accounts.models import User
from ats.activity.record import record
from ats.chat.actions.say import say_in
from ats.chat.domain.services import address_of
from ats.chat.models import ChatRoom, What
from ats.kernel.errors import Invalid, Missing, NotAllowed
from ats.kernel.kept import kept
from ats.kernel.languages import recorded
from ats.kernel.staff_words import gettext
from ats.organisation.actions import MANAGE
from ats.organisation.models import HiringOrganisation

LONGEST_NAME, MOST_ROOMS = 80, 20
TRIED = kept("Accord can write here.")


@transaction.atomic
def add_room(
    *,
    organisation: HiringOrganisation | None,
    name: str,
    service: str,
    url: str,
    what: Collection[str],
    by: User,
    now: datetime,
) -> ChatRoom:
    """A room of this organisation's team; None: of one's own."""
    if organisation is not None and not by.has_perm(MANAGE):
        raise NotAllowed(gettext("You may not do this."))
    found = address_of(service, url)
    room = ChatRoom(
        organisation=organisation,
        user=None if organisation else by,
        name=_name(name),
        service=found.service,
        host=found.host,
        address=sealing.seal(found.url),
        what=_what(what, is_own=organisation is None),
        made_by=by,
    )
    mine = ChatRoom.objects.filter(organisation=organisation, user=room.user)
    if mine.count() >= MOST_ROOMS:
        raise Invalid(
            gettext("There are %(most)s rooms already: take one away first.") % {"most": MOST_ROOMS},
            field="name",
        )
    room.save()
    if organisation is not None:
        record("chat.room_added", subject=room, by=by, now=now, data=_facts(room))
    _try(room, now)
    return room


@transaction.atomic
def change_room(*, room_id: int, what: Collection[str], by: User, now: datetime) -> ChatRoom:
    """What the room is told from now on."""
    room = _held(room_id, by=by)
    room.what = _what(what, is_own=room.user_id is not None)
    room.save(update_fields=["what"])
    if room.organisation_id:
        record("chat.room_changed", subject=room, by=by, now=now, data=_facts(room))
    return room


@transaction.atomic
def try_room(*, room_id: int, by: User, now: datetime) -> None:
    """Say a word there, and forget that it did not work before."""
    room = _held(room_id, by=by)
    room.problem, room.problem_since = "", None
    room.save(update_fields=["problem", "problem_since"])
    _try(room, now)


@transaction.atomic
def remove_room(*, room_id: int, by: User, now: datetime) -> None:
    room = _held(room_id, by=by)
    if room.organisation_id:
        record("chat.room_removed", subject=room, by=by, now=now, data=_facts(room))
    room.delete()


def _try(room: ChatRoom, now: datetime) -> None:
    key = f"try:{now:%Y%m%d%H%M%S%f}"
    say_in([room], what=What.TASK, key=key, text=TRIED, path=reverse("my_day"), about=room.about())


def _held(room_id: int, *, by: User) -> ChatRoom:
    """A room of one's own, or a team's for who may change organisations; others are not there."""
    room = ChatRoom.objects.select_for_update(of=("self",), no_key=True).filter(pk=room_id).first()
    if room is None or (room.user_id != by.pk if room.user_id else not by.has_perm(MANAGE)):
        raise Missing("There is no such room.")
    return room


def _name(name: str) -> str:
    words = " ".join(name.split())
    if not words:
        raise Invalid(gettext("Give the room a name."), field="name")
    if len(words) > LONGEST_NAME:
        raise Invalid(
            gettext("Keep the name under %(limit)s characters.") % {"limit": LONGEST_NAME}, field="name"
        )
    return words


def _what(what: Collection[str], *, is_own: bool) -> list[str]:
    chosen = [each for each in What.values if each in what]
    if not chosen or len(chosen) != len(set(what)):
        raise Invalid(gettext("Choose what the room is told."), field="what")
    if not is_own and What.DIGEST in chosen:
        raise Invalid(gettext("A digest is somebody's own: choose it for a room of yours."), field="what")
    return chosen


def _facts(room: ChatRoom) -> dict[str, str]:
    return {"name": room.name, "what": ", ".join(recorded(What(each).label).lower() for each in room.what)}
