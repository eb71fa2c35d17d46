"""Reports of mail systems: by fields for machines, and by words alone."""

import json
from base64 import b64encode

from ats.mail.incoming import Kind
from tests.ats.mail.incoming.shapes import (
    BACK,
    DAEMON,
    EIGHT_BIT,
    GONE,
    HEADERS,
    ID,
    ORIGINAL,
    ROBIN,
    WORDS,
    Sample,
    group,
    mail,
    report,
    status,
    words,
)

NOTIFICATION = {
    "notificationType": "Bounce",
    "bounce": {"bouncedRecipients": [{"emailAddress": ROBIN, "action": "failed", "status": "5.1.1"}]},
    "mail": {"headers": [{"name": "Message-ID", "value": ID}]},
}
DISPOSITION = (
    f"Content-Type: message/disposition-notification\n\nFinal-Recipient: rfc822; {ROBIN}\n"
    f"Original-Message-ID: {ID}\nDisposition: automatic-action/MDN-sent-automatically; deleted"
)
DISPOSED = "multipart/report; report-type=disposition-notification"
MIXED = "multipart/mixed"


def encoded(text: str) -> str:
    return f"Content-Transfer-Encoding: base64\n\n{b64encode(text.encode()).decode()}"


def failed(*parts: str, code: str = "5.1.1", to: str = ROBIN, message_id: str = ID) -> Sample:
    return Sample(report(*parts), (Kind.FAILURE, to, code, message_id))


BY_FIELDS = {
    "as RFC 3464 says": failed(WORDS, status(group()), BACK),
    "headers alone come back": failed(WORDS, status(group()), HEADERS),
    "no report by its type, the true code in the words, the whole message in the part for headers": Sample(
        report(
            f"Content-Type: text/plain\n\nAn error occurred for:\n\n{ROBIN}: 550 5.1.1 nobody here\n",
            status(group(code="5.0.0")),
            HEADERS,
            kind=MIXED,
        ),
        GONE,
    ),
    "forwarded: the next hop is not whom we wrote to": failed(
        WORDS, status(f"{group(to='rfc822; old@example.net')}\nOriginal-Recipient: rfc822;{ROBIN}"), BACK
    ),
    "an action of another name": failed(WORDS, status(group("failure")), BACK),
    "an action with its reason": failed(WORDS, status(group("failed (nobody)")), BACK),
    "an action that has expired": failed(WORDS, status(group("expired", "4.4.7")), BACK, code="4.4.7"),
    "no action": failed(WORDS, status(f"Final-Recipient: rfc822; {ROBIN}\nStatus: 5.1.1"), BACK),
    "a status with its words": failed(WORDS, status(group(code="5.1.1 (nobody)")), BACK),
    "no status, and a code in the diagnosis": failed(
        WORDS, status(group(code="", diagnosis="550 5.1.1 nobody")), BACK
    ),
    "no status, and a plain code": failed(
        WORDS, status(group(code="", diagnosis="554 go away")), BACK, code="5.0.0"
    ),
    "gone by one code, full by the server's own": failed(
        WORDS, status(group(diagnosis="552 5.2.2 no room")), BACK, code="5.2.2"
    ),
    "gone by its code, full by its words": failed(
        WORDS, status(group(diagnosis="550 5.1.1 mailbox is full")), BACK, code="5.2.2"
    ),
    "unrouteable, without any code": failed(
        f"Content-Type: text/plain\n\nThis address failed:\n\n  {ROBIN}\n    Unrouteable address\n",
        status(group(code="5.0.0")),
        BACK,
    ),
    "an address without its type": failed(WORDS, status(group(to=f"<{ROBIN}>")), BACK),
    "a command instead of an address": failed(WORDS, status(group(to=f"rfc822; |/bin/x {ROBIN} /y")), BACK),
    "no address": failed(WORDS, status("Action: failed\nStatus: 5.1.1"), BACK),
    "an address beyond ASCII, as RFC 6533 says": failed(
        WORDS,
        status(group(to="utf-8; müller@bücher.example"), "message/global-delivery-status", EIGHT_BIT),
        BACK.replace("message/rfc822", "message/global"),
        to="müller@bücher.example",
    ),
    "an address beyond ASCII, in signs of ASCII": failed(
        WORDS, status(group(to=r"utf-8; m\x{FC}ller@example.com")), BACK, to="müller@example.com"
    ),
    "fields in Base64": failed(
        WORDS,
        "Content-Type: message/delivery-status\n" + encoded("Reporting-MTA: dns; x\n\n" + group()),
        BACK,
    ),
    "the message came back in Base64": failed(
        WORDS, status(group()), "Content-Type: message/rfc822\n" + encoded(ORIGINAL)
    ),
    "the message came back as a part without a head": failed(WORDS, status(group()), ORIGINAL),
    "fields among the words": Sample(
        words("Status", f"Technical report:\n\nReporting-MTA: dns; x\n\n{group()}\n\n{ORIGINAL}"), GONE
    ),
    "no fields at all, and the type says it": failed(
        f"Content-Type: text/plain\n\nNicht da:\n<{ROBIN}>: 550 5.1.1 nobody\n", BACK
    ),
    "another report within": Sample(
        report(
            "Content-Type: text/plain\n\nSee below.\n",
            "Content-Type: message/rfc822\n\n"
            + report(WORDS, status(group()), BACK).decode().replace("=_b", "=_i").replace("\r", ""),
            kind=MIXED,
        ),
        GONE,
    ),
    "delayed": Sample(
        report(WORDS, status(group("delayed", "4.4.1")), BACK), (Kind.DELAY, ROBIN, "4.4.1", ID)
    ),
    "delivered": Sample(
        report(WORDS, status(group("delivered", "2.0.0")), BACK), (Kind.AUTOMATIC, "", "", ID)
    ),
    "a filter of theirs refused it": Sample(
        report(
            "Content-Type: text/plain\n\nYour message was automatically rejected: I work elsewhere.\n",
            DISPOSITION,
            kind=DISPOSED,
            head="From: Postmaster <postmaster@example.com>\nAuto-Submitted: auto-replied (rejected)",
        ),
        (Kind.FAILURE, ROBIN, "5.7.1", ID),
    ),
    "deleted unread": Sample(
        report(
            "Content-Type: text/plain\n\nYour message was deleted without being read.\n",
            DISPOSITION,
            kind=DISPOSED,
            head=f"From: {ROBIN}",
        ),
        (Kind.AUTOMATIC, "", "", ID),
    ),
    "a service's notification": Sample(
        words("Notification", json.dumps(NOTIFICATION), sender="From: no-reply@notes.example.net"), GONE
    ),
}

BY_WORDS = {
    "a small agent's plain text": Sample(
        words(
            "Mail delivery failed",
            f"There was an error delivering your mail to <{ROBIN}>.\n\n192.0.2.7 did not like our RCPT TO:\n"
            f"550 5.1.1 no such user\n\nMessage headers follow.\n\n{ORIGINAL}",
            sender="From: MAILER-DAEMON <>",
        ),
        GONE,
    ),
    "an agent's own field": Sample(
        words("Note", f"A message could not be read.\n\n{ORIGINAL}", f"X-Failed-Recipients: {ROBIN}"),
        (Kind.FAILURE, ROBIN, "", ID),
    ),
    "the id alone is quoted": Sample(
        words("failure notice", f"<{ROBIN}>:\nNo longer accepts mail. 550 5.2.1\n\nMessage-ID: {ID}\n"),
        (Kind.FAILURE, ROBIN, "5.2.1", ID),
    ),
    "nothing is quoted, and the headers name it": Sample(
        words("failure notice", f"<{ROBIN}>:\nno such user here\n", f"In-Reply-To: {ID}"), GONE
    ),
    "what came back breaks its own head": Sample(
        report(
            f"Content-Type: text/plain\n\n<{ROBIN}>: user unknown\n",
            f"Content-Type: message/rfc822\n\nReceived: from a\nby b\n{ORIGINAL}",
            kind=MIXED,
        ),
        GONE,
    ),
    "in German": Sample(
        words("Unzustellbar: Termin", f"Empfänger unbekannt:\n{ROBIN}\n\n{ORIGINAL}", charset="iso-8859-1"),
        GONE,
    ),
    "in French": Sample(
        words("Message non distribué", f"Adresse inconnue : {ROBIN}\n\n{ORIGINAL}", charset="cp1252"), GONE
    ),
    "in Japanese, in a charset that nobody names": Sample(
        mail(
            DAEMON,
            "Subject: Returned",
            body=f"配信できません。宛先不明\n<{ROBIN}>\n\n{ORIGINAL}",
            charset="iso-2022-jp",
        ),
        GONE,
    ),
    "in Russian": Sample(
        words(
            "Ошибка", f"Ошибка доставки: {ROBIN}, неизвестный пользователь\n\n{ORIGINAL}", charset="koi8-r"
        ),
        GONE,
    ),
    "in Portuguese": Sample(
        words("Mensagem devolvida", f"Não foi entregue a {ROBIN}: usuário desconhecido\n\n{ORIGINAL}"), GONE
    ),
    "in a language that we do not know": Sample(
        words("Ohun kan", f"A ko le fi ranṣẹ si <{ROBIN}>\n\n{ORIGINAL}"), (Kind.FAILURE, ROBIN, "", ID)
    ),
    "a page and no plain text": Sample(
        mail(
            DAEMON,
            "Subject: Undeliverable",
            "Content-Type: text/html",
            body=f"<style>x@y.example</style><p>Not delivered to &lt;{ROBIN}&gt;: 550 5.1.1</p>",
        ),
        (Kind.FAILURE, ROBIN, "5.1.1", ""),
    ),
    "a machine that is no daemon": Sample(
        report(
            f"Content-Type: text/plain\n\nuser unknown: {ROBIN}\n",
            BACK,
            kind=MIXED,
            head="From: smtp-gateway@example.net\nSubject: Error: not delivered",
        ),
        GONE,
    ),
    "who writes to themselves": Sample(
        mail(DAEMON, "Subject: failure notice", body=f"<{ROBIN}>:\n552 disk quota exceeded\n", to=ROBIN),
        (Kind.FAILURE, ROBIN, "5.2.2", ""),
    ),
    "delayed in words": Sample(
        words(
            "Warning: message delayed 24 hours",
            f"Not yet delivered to:\n\n  {ROBIN}\n    450 4.2.0 greylisted\n\nWe go on trying.\n\n{ORIGINAL}",
        ),
        (Kind.DELAY, ROBIN, "4.2.0", ID),
    ),
    "given up after a delay": Sample(
        words("Returned mail", f"<{ROBIN}>: will be retried no more.\nretry timeout exceeded\n\n{ORIGINAL}"),
        (Kind.FAILURE, ROBIN, "5.4.7", ID),
    ),
}
