"""A report of a mail server as it comes in, after RFC 3464; other shapes are in `incoming/reports.py`."""

RFC_3464 = """\
Return-Path: <>
From: Mail Delivery Subsystem <MAILER-DAEMON@mx.example.com>
To: hiring@example.org
Subject: Undelivered Mail Returned to Sender
Date: Tue, 24 Nov 2026 10:00:02 +0000
Message-ID: <report-1@mx.example.com>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="==b"

--==b
Content-Type: text/plain; charset=us-ascii

I am sorry to have to inform you that your message could not be delivered.

--==b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com
Arrival-Date: Tue, 24 Nov 2026 10:00:01 +0000

Final-Recipient: rfc822; {to}
Original-Recipient: rfc822; {to}
Action: {action}
Status: {status}
Remote-MTA: dns; mail.example.com
Diagnostic-Code: smtp; {diagnostic}

--==b
Content-Type: {original}

Message-ID: {message_id}
From: Accord <hiring@example.org>
To: {to}
Subject: About your application

--==b--
"""

LETTER = """\
From: Robin Example <robin@example.com>
To: hiring@example.org
Subject: Re: About your application
Message-ID: <letter-1@example.com>
Content-Type: text/plain; charset=utf-8

Thank you.
"""


def dsn(
    message_id: str,
    *,
    to: str = "robin@example.com",
    action: str = "failed",
    status: str = "5.1.1",
    diagnostic: str = "550 5.1.1 <robin@example.com>: unknown user",
    original: str = "message/rfc822",
) -> bytes:
    text = RFC_3464.format(
        message_id=message_id,
        to=to,
        action=action,
        status=status,
        diagnostic=diagnostic,
        original=original,
    )
    return text.replace("\n", "\r\n").encode()
