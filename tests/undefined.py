"""What every test holds of templates: whatever name one of ours looks up is there.

Django draws nothing for a name that a view forgot, and takes it for false in a condition. A test in which one of our
templates looks for what is not there fails, with these exceptions, which say themselves that something may be absent:

- what lies beyond nothing, in a condition: `{% if application.offer.state == "sent" %}` where there is no offer;
- what lies beyond nothing or in no key, with a `|default`: `{{ role.department.name|default:"No department" }}`;
- what a part or a shell names in `{% optional cancel %}`: whoever includes it may leave these out.

A form is asked for a field that it may not have by `{% if "why" in form.fields %}`.
"""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import FrameType, NoneType
from typing import Any

from django.conf import settings
from django.template.base import FilterExpression, Node, Variable, VariableDoesNotExist
from django.template.defaultfilters import default, default_if_none

OURS = f"{settings.ROOT / 'templates'}/"
found: list[str] = []
"""What was looked for in vain since `complain`. Collected: a condition swallows whatever is raised in it."""


class Undefined(AssertionError):
    pass


def complain() -> None:
    """Fail for what was looked for in vain."""
    missing = list(dict.fromkeys(found))
    found.clear()
    if missing:
        raise Undefined("Templates look for what is not there (tests/undefined.py):\n" + "\n".join(missing))


def _frames() -> Iterator[FrameType]:
    frame = sys._getframe(2)
    while frame:
        yield frame
        frame = frame.f_back  # type: ignore[assignment]


def _who_asked() -> tuple[Node | None, tuple[type, ...]]:
    """The tag or variable that is drawn, and beyond what it says itself that nothing may be."""
    allowed: tuple[type, ...] = ()
    for frame in _frames():
        asker = frame.f_locals.get("self")
        if isinstance(asker, FilterExpression):
            if {function for function, _ in asker.filters} & {default, default_if_none}:
                allowed += (NoneType, Mapping)
            if frame.f_locals.get("ignore_failures"):
                allowed += (NoneType,)
        if isinstance(asker, Node):
            return asker, allowed
    return None, allowed


def _note(variable: Variable, failure: VariableDoesNotExist) -> None:
    node, allowed = _who_asked()
    origin = str(node.origin.name) if node is not None and getattr(node, "origin", None) else ""
    name, beyond = failure.params
    if not origin.startswith(OURS) or isinstance(beyond, allowed):
        return
    place = "the context" if "Context" in type(beyond).__name__ else type(beyond).__name__
    found.append(
        f"{origin.removeprefix(OURS)}:{node.token.lineno}: {variable.var} ({name} is not in {place})"
    )


@contextmanager
def watched() -> Iterator[None]:
    """Have every look-up of every template noticed that finds nothing; it costs nothing where all is there."""
    look_up = Variable._resolve_lookup

    def noticed(self: Variable, context: Any) -> Any:
        try:
            return look_up(self, context)
        except VariableDoesNotExist as failure:
            _note(self, failure)
            raise

    Variable._resolve_lookup = noticed  # type: ignore[method-assign]
    try:
        yield
    finally:
        Variable._resolve_lookup = look_up  # type: ignore[method-assign]
