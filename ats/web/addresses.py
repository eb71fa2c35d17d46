"""The addresses of many rows' pages."""

from collections.abc import Callable

from django.urls import reverse

NUMBER = 4_815_162_342


def pages(name: str) -> Callable[[int], str]:
    """`page = pages("application")`, and `page(3)` is the address of the third: found once, not row by row."""
    before, _, after = reverse(name, args=[NUMBER]).partition(str(NUMBER))
    return lambda number: f"{before}{number}{after}"
