"""Row numbers as forms and addresses send them."""

from collections.abc import Iterable


def numbers(values: Iterable[str]) -> list[int]:
    """What of `values` is a row number; anything else is left out."""
    return [int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 19]


def number(value: str) -> int | None:
    """The row number that `value` is, if it is one."""
    return next(iter(numbers([value])), None)
