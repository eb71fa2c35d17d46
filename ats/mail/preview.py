"""A message as its reader gets it, shown inside a page of ours."""

import nh3
from django.utils.safestring import SafeString, mark_safe

TAGS = {"p", "br", "a", "ul", "li", "strong", "em"}


def shown(html: str) -> SafeString:
    """The rendered HTML without its own looks, which the policy of our pages forbids."""
    body = html.partition("<body")[2] or f">{html}"
    return mark_safe(nh3.clean(body.partition(">")[2], tags=TAGS, attributes={"a": {"href"}}))
