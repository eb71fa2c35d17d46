"""What is no failure, however near it comes: complaints, programs' answers, letters, calendars' answers."""

from ats.mail.incoming import Kind
from tests.ats.mail.incoming.reports import MIXED
from tests.ats.mail.incoming.shapes import (
    BACK,
    GONE,
    HEADERS,
    ID,
    ROBIN,
    WORDS,
    Sample,
    group,
    mail,
    report,
    status,
)

FEEDBACK = "multipart/report; report-type=feedback-report"
COMPLAINTS = {
    "as RFC 5965 says": Sample(
        report(
            "Content-Type: text/plain\n\nThis is a report of abuse.\n",
            "Content-Type: message/feedback-report\n\nFeedback-Type: abuse\nUser-Agent: X/1\nVersion: 1\n"
            f"Original-Rcpt-To: <{ROBIN}>",
            BACK.replace(f"To: Robin <{ROBIN}>", "To: undisclosed"),
            kind=FEEDBACK,
            head="From: fbl@example.net",
        ),
        (Kind.COMPLAINT, ROBIN, "", ID),
    ),
    "its subject says it": Sample(
        report(
            BACK,
            kind=MIXED,
            head="From: staff@example.net\nSubject: complaint about message from 192.0.2.1",
        ),
        (Kind.COMPLAINT, ROBIN, "", ID),
    ),
    "it was no spam after all": Sample(
        report(
            "Content-Type: message/feedback-report\n\nFeedback-Type: not-spam\nVersion: 1",
            HEADERS,
            kind=FEEDBACK,
            head="From: fbl@example.net",
        ),
        (Kind.AUTOMATIC, "", "", ID),
    ),
}


def from_robin(*head: str, body: str = "I am away until Monday.") -> bytes:
    return mail(f"From: Robin <{ROBIN}>", *head, body=body)


ANSWER = f"In-Reply-To: {ID}"
AUTOMATIC, BARE = (Kind.AUTOMATIC, "", "", ID), (Kind.AUTOMATIC, "", "", "")
ANSWERS_OF_PROGRAMS = {
    "as RFC 3834 says": Sample(
        from_robin("Subject: Re: Your interview", "Auto-Submitted: auto-replied", ANSWER), AUTOMATIC
    ),
    "with the date before the id": Sample(
        from_robin("Auto-Submitted: auto-replied (vacation)", f'In-Reply-To: Your message of "Mon" {ID}'),
        AUTOMATIC,
    ),
    "a mark of the time before": Sample(
        from_robin("Subject: Re: Hello", "Precedence: junk", f"References: <x@example.org> {ID}"), AUTOMATIC
    ),
    "an empty way back": Sample(from_robin("Return-Path: <>", ANSWER), AUTOMATIC),
    "a field of its own": Sample(from_robin("X-Autoreply: yes", ANSWER), AUTOMATIC),
    "a subject in German": Sample(from_robin("Subject: Automatische Antwort: Termin", ANSWER), AUTOMATIC),
    "a subject in Japanese": Sample(
        from_robin("Subject: =?utf-8?B?6Ieq5YuV6L+U5L+hOiDpnaLmjqU=?=", ANSWER), AUTOMATIC
    ),
    "no mark at all": Sample(mail("Subject: Away", body="I am away."), BARE),
    "a shop's parcel": Sample(
        mail(
            "From: no-reply@parcels.example.net",
            "Auto-Submitted: auto-generated",
            "Subject: Delivery failed",
            body="Your parcel could not be delivered. Order: 450 pieces.",
        ),
        BARE,
    ),
    "it says that an address is no longer read": Sample(
        from_robin("Auto-Submitted: auto-replied", ANSWER, body=f"Mail to {ROBIN} is not delivered."),
        AUTOMATIC,
    ),
}

LETTER, FIRST = (Kind.LETTER, "", "", ID), (Kind.LETTER, "", "", "")
LETTERS = {
    "an answer": Sample(from_robin("Subject: Re: Your interview", ANSWER, body="See you then."), LETTER),
    "an answer that is no program's": Sample(from_robin("Auto-Submitted: no", ANSWER), LETTER),
    "an answer to a program's": Sample(from_robin("Subject: Re: Automatic reply: Hello", ANSWER), LETTER),
    "away, and a question": Sample(
        from_robin("Subject: Away", body="I am away next week, can we meet the week after?"), FIRST
    ),
    "somebody tells of a failure": Sample(
        from_robin("Subject: Your mail could not be delivered", body="I saw 550 5.1.1 user unknown here."),
        FIRST,
    ),
    "somebody passes a report on": Sample(
        from_robin(
            "Subject: Fwd: Undelivered Mail Returned to Sender",
            body=f"> Final-Recipient: rfc822; {ROBIN}\n> Action: failed\n> Status: 5.1.1\n\n{group()}\n",
        ),
        FIRST,
    ),
    "somebody passes a report on with its parts": Sample(
        report(WORDS, status(group()), kind=MIXED, head=f"From: {ROBIN}\nSubject: WG: Undelivered"), FIRST
    ),
    "somebody whose address is a postmaster's": Sample(
        mail(
            "From: Robin <postmaster@robin.example>",
            "Subject: Re: Your offer",
            ANSWER,
            body="I do not accept it, for it does not say where. Salary: 450 EUR more would be right.",
        ),
        LETTER,
    ),
    "somebody of a firm with such a name": Sample(
        mail(
            "From: Kim of Mail Systems <kim@mail-system.example>", "Subject: Hello", body="It was rejected."
        ),
        FIRST,
    ),
    "somebody brings a message along": Sample(
        report(
            "Content-Type: text/plain\n\nPlease read it.\n",
            BACK,
            kind=MIXED,
            head=f"From: {ROBIN}\nSubject: A complaint about how I was treated",
        ),
        FIRST,
    ),
    "through a mailing list": Sample(
        from_robin("Precedence: bulk", "List-Id: <jobs.example.net>", body="Hello"), FIRST
    ),
    "nothing at all": Sample(b"", FIRST),
    "no headers": Sample(b"just words\nand more", FIRST),
}


def calendar(
    method: str = "METHOD:REPLY", head: str = "text/calendar; charset=utf-8", comment: str = "Later\\, please"
) -> str:
    return (
        f"Content-Type: {head}\n\nBEGIN:VCALENDAR\nVERSION:2.0\n{method}\n"
        "BEGIN:VEVENT\nUID:interview-1@example.org\nSEQUENCE:2\nDTSTART:20261210T090000Z\nDTEND:20261210T100000Z\n"
        f"COMMENT:{comment}\nATTENDEE;PARTSTAT=DECLINED:mailto:{ROBIN}\n"
        "ATTENDEE;PARTSTAT=ACCEPTED:MAILTO:Ada@example.com\nEND:VEVENT\nEND:VCALENDAR\n"
    )


def with_calendar(part: str, *head: str) -> bytes:
    words = "Content-Type: text/plain\n\nSo it is.\n"
    return report(
        words, part, kind="multipart/alternative", head="\n".join([f"From: {ROBIN}", ANSWER, *head])
    )


ANSWERED = (Kind.CALENDAR, "", "", ID)
SAYS_NOTHING = "PRODID:-//x//y//EN"
CALENDARS = {
    "a reply": Sample(with_calendar(calendar()), ANSWERED),
    "the method in the header alone": Sample(
        with_calendar(calendar(SAYS_NOTHING, "text/calendar; method=REPLY")), ANSWERED
    ),
    "as an attached file": Sample(with_calendar(calendar(head="application/ics; name=invite.ics")), ANSWERED),
    "another time": Sample(with_calendar(calendar("METHOD:COUNTER")), ANSWERED),
    "by a program": Sample(with_calendar(calendar(), "Auto-Submitted: auto-replied"), ANSWERED),
    "the file alone": Sample(calendar().partition("\n\n")[2].encode(), (Kind.CALENDAR, "", "", "")),
    "a file that answers nothing": Sample(calendar(SAYS_NOTHING).partition("\n\n")[2].encode(), FIRST),
    "an invitation of theirs is a letter": Sample(with_calendar(calendar("METHOD:REQUEST")), LETTER),
    "ours that came back is a failure": Sample(
        report(
            WORDS,
            status(group()),
            BACK.replace("text/plain\n\nGood day.\n", calendar().removeprefix("Content-Type: ")),
        ),
        GONE,
    ),
}
