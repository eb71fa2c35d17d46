"""Who sent a message: what it says, and what our own mail server found of that.

A receiver writes its findings into `Authentication-Results` under a name of its own (RFC 8601), which is told us by
`INBOUND_AUTHSERV_ID`; under any other name everybody can write what they like. Without it nothing is proven.
"""

from email.message import Message
from email.utils import getaddresses

import authres
from django.conf import settings

FINDINGS = authres.all_features()
MOST_FINDINGS = 20


def sender_of(message: Message) -> str:
    """The one address that it says it comes from; empty where it names none, or several."""
    try:
        found = getaddresses([str(value) for value in message.get_all("From", [])])
    except RecursionError:  # brackets in brackets, and so on
        return ""
    return found[0][1].strip().lower() if len(found) == 1 else ""


def proven_sender(message: Message) -> str:
    """That address where our own receiver found that its domain stands for the message; else nobody."""
    address = sender_of(message)
    domain = address.rpartition("@")[2]
    findings = _own_findings(message)
    if not domain or findings is None:
        return ""
    policy = [each for each in findings if each.method == "dmarc"]
    if policy:
        stands = all(each.result == "pass" and _says(each, "from") == domain for each in policy)
    else:
        stands = any(_is_signed_for(each, domain) for each in findings)
    return address if stands else ""


def _own_findings(message: Message) -> list[authres.AuthenticationResult] | None:
    """Those of the topmost header under our receiver's name: it takes away what others wrote under it."""
    own = settings.INBOUND_AUTHSERV_ID.lower()
    for value in message.get_all("Authentication-Results", [])[:MOST_FINDINGS] if own else []:
        try:
            header = FINDINGS.parse(f"Authentication-Results: {value}")
        except (authres.SyntaxError, authres.AuthResError, RecursionError, ValueError):
            continue
        if str(header.authserv_id).lower() == own:
            return list(header.results)
    return None


def _is_signed_for(finding: authres.AuthenticationResult, domain: str) -> bool:
    """A signature that holds, by the address's domain or one above it."""
    if finding.method != "dkim" or finding.result != "pass":
        return False
    signer = _says(finding, "d") or _says(finding, "i").rpartition("@")[2]
    return "." in signer and (domain == signer or domain.endswith(f".{signer}"))


def _says(finding: authres.AuthenticationResult, name: str) -> str:
    values = [each.value for each in finding.properties if (each.type, each.name) == ("header", name)]
    return str(values[0]).lower() if len(values) == 1 else ""
