"""The word to whoever set a room up, when it takes no more messages."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from ats.chat.models import ChatRoom
from ats.kernel.staff_words import gettext_noop
from ats.mail import outbox
from ats.mail.roles import MailRole, Words, declare

TROUBLE = "chat.trouble"

declare(
    [
        MailRole(
            name=TROUBLE,
            label=gettext_noop("A chat room takes no more messages"),
            placeholders={
                "user.first_name": "Kim",
                "room": "Hiring team",
                "why": "The chat said no (404).",
                "link": "https://hiring.example.com/settings/chat/",
            },
            links=frozenset({"link"}),
            words={
                "en": Words(
                    subject="The chat room {{ room }} takes no more messages",
                    body="Hello {{ user.first_name }},\n\n"
                    "what Accord says in {{ room }} does not arrive: {{ why }}\n\n"
                    "Nothing more is said there until somebody tries it again. Mail goes on as before.\n\n"
                    "[Look at the room]({{ link }})",
                )
            },
        )
    ]
)


def tell_of_trouble(room: ChatRoom, *, now: datetime) -> None:
    reader = room.user or room.made_by
    if reader is None or not reader.is_active:
        return
    page = "chat" if room.user_id else "settings_chat"
    values = {
        "user.first_name": reader.get_short_name(),
        "room": room.name,
        "why": room.problem,
        "link": settings.BASE_URL + reverse(page),
    }
    outbox.queue(
        TROUBLE,
        to=outbox.To(address=reader.email, name=reader.name),
        message=outbox.write(TROUBLE, values=values, organisation=None, language=reader.language),
        key=f"{TROUBLE}:{room.pk}:{now:%Y%m%d%H%M%S}",
        now=now,
        about=room.about(),
    )
