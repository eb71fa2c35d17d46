"""The word to whoever set a provider up, when it takes no more SMS."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse

from ats.kernel.staff_words import gettext_noop
from ats.mail import outbox
from ats.mail.roles import MailRole, Words, declare
from ats.sms.models import SmsAccount

TROUBLE = "sms.trouble"

declare(
    [
        MailRole(
            name=TROUBLE,
            label=gettext_noop("A provider of SMS takes no more messages"),
            placeholders={
                "user.first_name": "Kim",
                "provider": "Twilio",
                "organisation": "Example Company",
                "why": "The provider said no (401).",
                "link": "https://hiring.example.com/settings/sms/",
            },
            links=frozenset({"link"}),
            words={
                "en": Words(
                    subject="{{ provider }} takes no more SMS of {{ organisation }}",
                    body="Hello {{ user.first_name }},\n\n"
                    "SMS to candidates of {{ organisation }} do not leave: {{ why }}\n\n"
                    "Nothing more is sent there until somebody tries it again. All of it was mailed as well.\n\n"
                    "[Look at SMS]({{ link }})",
                )
            },
        )
    ]
)


def tell_of_trouble(account: SmsAccount, *, now: datetime) -> None:
    reader = account.made_by
    if reader is None or not reader.is_active:
        return
    values = {
        "user.first_name": reader.get_short_name(),
        "provider": account.get_provider_display(),
        "organisation": account.organisation.name,
        "why": account.problem,
        "link": settings.BASE_URL + reverse("settings_sms"),
    }
    outbox.queue(
        TROUBLE,
        to=outbox.To(address=reader.email, name=reader.name),
        message=outbox.write(TROUBLE, values=values, organisation=None, language=reader.language),
        key=f"{TROUBLE}:{account.pk}:{now:%Y%m%d%H%M%S}",
        now=now,
        about=account.about(),
    )
