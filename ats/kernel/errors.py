"""What can go wrong in an action, told apart so that pages and API can answer each in its way."""

from django.http import Http404
from django.utils.functional import Promise


class Missing(Http404):
    """The row does not exist, or this person may not know that it does: the two look the same."""


class ActionError(Exception):
    """An action that was understood and refused. The message is for the person who asked."""

    code = "refused"

    def __init__(self, message: str | Promise, *, field: str | None = None) -> None:
        super().__init__(message)
        self._message = message
        self._shown: str | Promise = ""
        self.field = field

    def __str__(self) -> str:
        return self.message

    @property
    def message(self) -> str:
        """In the language of the moment: who refuses need not be who tells."""
        return str(self._message)

    @property
    def shown(self) -> str:
        """The message beside a form's field, where it may bring a way on with it."""
        return str(self._shown or self._message)

    @shown.setter
    def shown(self, words: str | Promise) -> None:
        self._shown = words


class Invalid(ActionError):
    """What was given does not make sense; `field` names the input, where there is one."""

    code = "invalid"


class WrongState(ActionError):
    """The thing is not in a state in which this can be done."""

    code = "wrong_state"


class Conflict(ActionError):
    """Somebody else was faster: what the person saw is no longer so."""

    code = "conflict"


class NotAllowed(ActionError):
    """This person can see the thing but may not do this with it."""

    code = "not_allowed"
