"""Django's own mail takes the same way out as all other."""

from typing import Any

import pytest
from django.core.mail import EmailMultiAlternatives, send_mail

from ats.mail import delivery
from ats.mail.models import OutgoingMail
from tests.smtp import Catcher

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _backend(settings: Any) -> None:
    settings.EMAIL_BACKEND = "ats.mail.backend.OutboxBackend"  # pytest puts another in its place


def test_each_recipient_has_a_message_of_their_own() -> None:
    send_mail("Hello\nBcc: x@example.com", "A {{ brace }}", None, ["Robin <a@example.com>", "b@example.com"])

    assert list(
        OutgoingMail.objects.order_by("id").values_list(
            "role", "kind", "state", "to", "to_name", "subject", "text"
        )
    ) == [
        (
            "account.message",
            "transactional",
            "queued",
            "a@example.com",
            "Robin",
            "Hello Bcc: x@example.com",
            "A {{ brace }}\n",
        ),
        (
            "account.message",
            "transactional",
            "queued",
            "b@example.com",
            "",
            "Hello Bcc: x@example.com",
            "A {{ brace }}\n",
        ),
    ]


def test_its_html_is_kept() -> None:
    message = EmailMultiAlternatives("Hello", "Text", None, ["a@example.com"])
    message.attach_alternative("<p>Text</p>", "text/html")
    message.send()

    mail = OutgoingMail.objects.get()
    assert (mail.text, mail.html) == ("Text\n", "<p>Text</p>")


def test_text_becomes_html_with_its_addresses_as_links() -> None:
    send_mail("Hello", 'Go to "https://example.org/a?b=1&c=2".\n\n<b>Bye</b>', None, ["a@example.com"])

    html = OutgoingMail.objects.get().html
    assert (
        '<a href="https://example.org/a?b=1&amp;c=2" style="color:#1f4d43">https://example.org/a?b=1&amp;c=2</a>&quot;.</p>'
        in html
    )
    assert '<p style="margin:0 0 16px">&lt;b&gt;Bye&lt;/b&gt;</p>' in html


def test_it_leaves(smtp: Catcher) -> None:
    from django.utils import timezone

    send_mail("Hello", "Text", None, ["a@example.com"])

    delivery.deliver(timezone.now())

    assert [message["Subject"] for message in smtp.to("a@example.com")] == ["Hello"]
