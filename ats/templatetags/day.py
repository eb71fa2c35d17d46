"""The lines of my day, and of who waits too long."""

from collections.abc import Iterable

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString

from ats.home.domain.rows import Row
from ats.home.pages import cards

register = template.Library()


@register.simple_tag
def day_rows(lines: Iterable[Row]) -> SafeString:
    """`{% day_rows section.rows %}`: each with whom it is about, what is owed and where it is settled."""
    return cards.rows(lines, now=timezone.now())
