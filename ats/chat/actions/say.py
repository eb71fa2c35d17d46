"""Putting a word into the rooms that chose to hear of it, in the caller's transaction.

What is said names no candidate and nobody's reasons: a chat is a house of others. Its link leads to the page that does,
for who may see it. Callers put the words together in English, as rows keep them; each room reads them in the language
of whoever is in it.
"""

from collections.abc import Iterable, Mapping

from django.conf import settings

from ats.accounts.models import User
from ats.chat.models import ChatMessage, ChatRoom, What
from ats.duework.tasks import hurry
from ats.kernel.kept import retold
from ats.kernel.languages import for_colleagues, speaking

LANE = "chat"
LONGEST = 500


def tell_person(
    user: User, *, what: What, key: str, text: str, path: str, about: Mapping[str, int] | None = None
) -> None:
    """In rooms of somebody's own, beside the mail that they get."""
    rooms = ChatRoom.objects.filter(user=user, user__is_active=True, what__contains=[what], problem="")
    say_in(rooms.select_related("user"), what=what, key=key, text=text, path=path, about=about or {})


def tell_team(
    organisation_id: int,
    *,
    what: What,
    key: str,
    text: str,
    path: str,
    about: Mapping[str, int] | None = None,
) -> None:
    """In rooms of the organisation. Nothing of a confidential role goes there: the caller leaves it out."""
    rooms = ChatRoom.objects.filter(organisation=organisation_id, what__contains=[what], problem="")
    say_in(rooms.select_related("organisation"), what=what, key=key, text=text, path=path, about=about or {})


def say_in(
    rooms: Iterable[ChatRoom], *, what: What, key: str, text: str, path: str, about: Mapping[str, int]
) -> None:
    """The same in each of these rooms; what has been said there under this key is not said again."""
    said = [
        ChatMessage(
            room=room,
            key=key[:200],
            what=what,
            text=_words(text, room),
            link=f"{settings.BASE_URL}{path}",
            **about,
        )
        for room in rooms
    ]
    if said:
        ChatMessage.objects.bulk_create(said, ignore_conflicts=True)
        hurry(LANE)


def _words(text: str, room: ChatRoom) -> str:
    """In the language of whose room it is; in a team's, in the organisation's first."""
    reader = room.user or room.organisation
    with speaking(for_colleagues(reader.language if reader else "")):
        words = retold(text)
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
