"""What leaves is signed where a key is set, and the domain is asked what readers' servers look for."""

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from ats import checks
from ats.mail import names
from ats.mail.message import build
from ats.mail.models import MailKind, OutgoingMail
from ats.mail.signing import can_sign, signed
from tests.factories import NOW


def mail(**facts: object) -> OutgoingMail:
    given = {
        "to": "robin@example.com",
        "to_name": "Robin Émile Example",
        "subject": "A word",
        "text": "Hello.",
    }
    return OutgoingMail(role="test.news", not_before=NOW, **(given | facts))


def test_without_a_key_it_leaves_as_it_is() -> None:
    content = build(mail(), (), now=NOW)
    assert signed(content) == content


@pytest.mark.parametrize("kind", MailKind.values)
def test_with_a_key_its_readers_server_finds_it_ours(settings: object, kind: str) -> None:
    dkim = pytest.importorskip("dkim")
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    settings.DKIM_KEY = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    ).decode()
    settings.DKIM_SELECTOR = "accord"
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    asked = []

    def record(name: bytes, timeout: int = 5) -> bytes:
        from base64 import b64encode

        asked.append(name)
        return b"v=DKIM1; k=rsa; p=" + b64encode(public)

    message = signed(build(mail(kind=kind), (), now=NOW))
    assert dkim.verify(message, dnsfunc=record)
    assert asked == [b"accord._domainkey.example.org."]
    head = message.split(b"\r\n\r\n")[0].lower()
    covered = head.split(b" h=")[1].split(b";")[0]
    # RFC 8058: the way to unsubscribe is covered by the signature.
    assert (b"list-unsubscribe-post" in covered) == (kind == MailKind.RELATIONSHIP)
    assert not dkim.verify(message.replace(b"Hello.", b"Hallo."), dnsfunc=record)


def test_a_key_that_cannot_sign_is_said_before_anything_leaves(settings: object) -> None:
    settings.DKIM_KEY = "no key"
    assert not can_sign()
    settings.DKIM_KEY = (
        ec.generate_private_key(ec.SECP256R1())
        .private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        .decode()
    )
    assert not can_sign()
    assert "ats.E018" in [each.id for each in checks._of_mail()]


SAID = {
    "hiring.example.de": ["v=spf1 mx -all"],
    "_dmarc.hiring.example.de": ["v=DMARC1; p=reject"],
    "accord._domainkey.hiring.example.de": ["v=DKIM1; k=rsa; p=MIIB"],
}


@pytest.mark.parametrize(
    ("missing", "has_key", "named"),
    [
        ((), True, []),
        (("hiring.example.de",), True, ["hiring.example.de has no TXT record of SPF"]),
        (("_dmarc.hiring.example.de",), True, ["_dmarc.hiring.example.de has no TXT record of DMARC"]),
        (
            ("accord._domainkey.hiring.example.de",),
            True,
            ["accord._domainkey.hiring.example.de has no TXT record of DKIM"],
        ),
        (("accord._domainkey.hiring.example.de",), False, []),
    ],
)
def test_what_the_domain_does_not_say(
    settings: object, missing: tuple, has_key: bool, named: list[str]
) -> None:
    settings.DEFAULT_FROM_EMAIL = "Accord <jobs@hiring.example.de>"
    said = {name: texts for name, texts in SAID.items() if name not in missing}
    found = names.lacking(selector="accord", has_key=has_key, ask=lambda name: said.get(name, []))
    assert [each.split(":")[0] for each in found] == named


def test_where_nobody_can_be_asked_nothing_is_said(settings: object) -> None:
    settings.DEFAULT_FROM_EMAIL = "Accord <jobs@hiring.example.de>"
    assert names.lacking(selector="accord", has_key=True, ask=lambda name: None) == []


@pytest.mark.parametrize("domain", ["demo.test", "example.org", "mail.example.com", "localhost"])
def test_nobody_is_asked_about_domains_that_are_nobodys(settings: object, domain: str) -> None:
    settings.DEFAULT_FROM_EMAIL = f"Accord <jobs@{domain}>"
    asked: list[str] = []
    assert names.lacking(selector="accord", has_key=True, ask=lambda name: asked.append(name) or []) == []
    assert asked == []
