"""What this machine lacks so that part of the work is left undone: rooms above say it, the check and a page tell it."""

from collections.abc import Callable

Ask = Callable[[], str]
_asks: list[Ask] = []


def lack(ask: Ask) -> Ask:
    """Let the decorated function say in a sentence what is left undone here; an empty one: nothing."""
    _asks.append(ask)
    return ask


def told() -> list[str]:
    return [said for ask in _asks if (said := ask())]
