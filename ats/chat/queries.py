"""Rooms, each with how the last words there fared."""

from django.db.models import Prefetch, QuerySet

from ats.accounts.models import User
from ats.chat.models import ChatMessage, ChatRoom

LAST = 5


def of_teams() -> QuerySet[ChatRoom]:
    return _shown(ChatRoom.objects.filter(user=None).select_related("organisation"))


def of_person(user: User) -> QuerySet[ChatRoom]:
    return _shown(ChatRoom.objects.filter(user=user))


def _shown(rooms: QuerySet[ChatRoom]) -> QuerySet[ChatRoom]:
    last = ChatMessage.objects.order_by("-id")[:LAST]
    return rooms.prefetch_related(Prefetch("messages", last, to_attr="last_words")).order_by("name", "id")
