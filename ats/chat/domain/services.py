"""Which addresses belong to which chat, and how they are said to the library that writes to it."""

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from ats.chat.models import Service
from ats.kernel.errors import Invalid
from ats.kernel.open_internet import NotOpen, check_address
from ats.kernel.staff_words import gettext

LONGEST = 1000
KNOWN = {
    Service.SLACK: ("hooks.slack.com",),
    Service.TEAMS: (".logic.azure.com", ".powerplatform.com"),
}
"""Hosts of their makers; Mattermost is on a server of one's own."""
SPEAKERS = {
    Service.SLACK: ("slack", "NotifySlack"),
    Service.TEAMS: ("workflows", "NotifyWorkflows"),
    Service.MATTERMOST: ("mattermost", "NotifyMattermost"),
}
"""The library's module and class that speak to it."""


@dataclass(frozen=True)
class Address:
    """An incoming address that may be written to."""

    service: Service
    url: str
    host: str

    @property
    def said(self) -> str:
        """As the library reads it: as it is, but of Mattermost, whose servers have names of their own."""
        if self.service != Service.MATTERMOST:
            return self.url
        parts = urlsplit(self.url)
        scheme = "mmosts" if parts.scheme == "https" else "mmost"
        before, _, token = parts.path.rpartition("/hooks/")
        return f"{scheme}://{parts.netloc}{before}/{quote(token.strip('/'))}"


def address_of(service: str, url: str) -> Address:
    """`Invalid` says what is wrong with an address that somebody typed."""
    if service not in Service.values:
        raise Invalid(gettext("Choose which chat it is."), field="service")
    url = url.strip()
    try:
        parts = check_address(url)
    except NotOpen as error:
        raise Invalid(gettext(str(error)), field="address") from None
    if len(url) > LONGEST:
        raise Invalid(gettext("This is longer than any address of a chat."), field="address")
    host = str(parts.hostname)
    known = KNOWN.get(Service(service))
    if known is not None and not any(host == name or host.endswith(name) for name in known):
        raise Invalid(
            gettext("This is no address of %(service)s.") % {"service": Service(service).label},
            field="address",
        )
    if known is not None and parts.scheme != "https":
        raise Invalid(gettext("The address must begin with https://."), field="address")
    if known is None and "/hooks/" not in parts.path:
        raise Invalid(
            gettext("An incoming webhook of Mattermost has /hooks/ in its address."), field="address"
        )
    return Address(Service(service), url, host)
