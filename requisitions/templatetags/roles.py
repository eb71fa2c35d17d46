"""The lines of the list of roles."""

from collections.abc import Iterable

from django import template
from django.utils import timezone
from django.utils.safestring import SafeString

from requisitions.roles.pages import cards
from requisitions.roles.queries import Row

register = template.Library()


@register.simple_tag
def role_state(state: str) -> SafeString:
    """`{% role_state role.state %}`: a sign and a word."""
    return cards.state(state)


@register.simple_tag
def role_rows(rows: Iterable[Row]) -> SafeString:
    """`{% role_rows rows %}`: a line of the table for each."""
    return cards.lines(rows, now=timezone.now())
