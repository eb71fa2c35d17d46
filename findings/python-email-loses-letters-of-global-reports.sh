#!/bin/bash
# A report about an address beyond ASCII (RFC 6533, as Postfix sends it) must name its recipient: Python's email takes
# a message/delivery-status apart into one message for each group of fields, and a message/global-delivery-status into
# one message, whose second group, the recipient's, is its text; get_payload() gives that text with U+FFFD for every
# byte beyond ASCII, so the address that failed is lost. The bytes are there: get_payload(decode=True) has them.
set -eu
python3 - <<'PY'
import sys
from email import message_from_bytes

GROUPS = "Reporting-MTA: dns; mx.example.com\n\nFinal-Recipient: utf-8; müller@example.com\nAction: failed\n"


def groups(kind):
    part = message_from_bytes(f"Content-Type: message/{kind}\n\n{GROUPS}".encode())
    return part.get_payload()


plain, beyond = groups("delivery-status"), groups("global-delivery-status")
as_text, as_bytes = beyond[0].get_payload(), beyond[0].get_payload(decode=True)
print("groups of a report:         ", len(plain))
print("groups of a global report:  ", len(beyond))
print("its recipient, as text:     ", as_text.splitlines()[0])
print("its recipient, out of bytes:", as_bytes.decode().splitlines()[0])
sys.exit((len(plain), len(beyond), "m\ufffd\ufffdller" in as_text, "müller" in as_bytes.decode()) != (2, 1, True, True))
PY
