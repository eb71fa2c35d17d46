"""What older keys sealed of rooms is sealed with today's."""

from ats.accounts.actions.seal import seals_anew
from ats.accounts.domain import sealing
from ats.chat.models import ChatRoom
from ats.duework.faults import each_apart


@seals_anew
def rooms(newest: str) -> int:
    older = ChatRoom.objects.exclude(address__startswith=newest).order_by("pk")
    return len(each_apart(older, _seal))


def _seal(row: ChatRoom) -> None:
    room = ChatRoom.objects.select_for_update().get(pk=row.pk)
    if (url := sealing.opened(room.address)) is not None:
        room.address = sealing.seal(url)
        room.save(update_fields=["address"])
