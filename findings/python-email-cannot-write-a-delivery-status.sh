#!/usr/bin/env bash
# A test of an applicant tracking system writes the reports that come back when a candidate's address is gone.
#
# The guess from memory: a part is set by `set_content(bytes, "message", "delivery-status")`, `add_attachment` with the
# same, or `set_payload(text)` below its Content-Type, and is written as it was given.
# Seen with Python 3.11's email: all three are taken without a word, and `as_bytes` of each ends with AttributeError
# ('str' object has no attribute 'policy'): the generator expects a list of messages, one for each block of fields
# (RFC 3464), which is what the parser makes of such a part. The list alone is written.
set -eu

python3 - <<'PYTHON'
import sys
from email import message_from_bytes, message_from_string
from email.message import EmailMessage

print("Python", sys.version.split()[0])
TEXT = (
    "Reporting-MTA: dns; mx.example\n\n"
    "Final-Recipient: rfc822; robin@example.com\nAction: failed\nStatus: 5.2.2\n"
)
KIND = {"maintype": "message", "subtype": "delivery-status"}


def by_content() -> EmailMessage:
    part = EmailMessage()
    part.set_content(TEXT.encode(), cte="7bit", **KIND)
    return part


def by_attachment() -> EmailMessage:
    letter = EmailMessage()
    letter.set_content("It could not be delivered.")
    letter.add_attachment(TEXT.encode(), **KIND)
    return letter


def by_payload(payload: object) -> EmailMessage:
    part = EmailMessage()
    part["Content-Type"] = "message/delivery-status"
    part.set_payload(payload)
    return part


def written(part: EmailMessage) -> str:
    try:
        return "written" if b"Status: 5.2.2" in part.as_bytes() else "lost"
    except AttributeError as error:
        return str(error)


blocks = [message_from_string(block) for block in TEXT.split("\n\n")]
found = {
    "set_content": written(by_content()),
    "add_attachment": written(by_attachment()),
    "set_payload(text)": written(by_payload(TEXT)),
    "set_payload(blocks)": written(by_payload(blocks)),
}
for way, outcome in found.items():
    print(f"{way}: {outcome}")
again = message_from_bytes(by_payload(blocks).as_bytes())
print("read again:", [dict(block.items()) for block in again.get_payload()][1]["Status"])
sys.exit(list(found.values()) != ["'str' object has no attribute 'policy'"] * 3 + ["written"])
PYTHON
echo "as seen"
