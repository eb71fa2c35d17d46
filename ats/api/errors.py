"""The house's errors as answers of the API: the same words as on the pages."""

import logging

from django.db import IntegrityError
from drf_standardized_errors.handler import ExceptionHandler
from drf_standardized_errors.types import ExceptionHandlerContext
from rest_framework import exceptions, status
from rest_framework.response import Response

from ats.kernel import guards
from ats.kernel.errors import ActionError, Conflict, Invalid, Missing, NotAllowed, WrongState
from ats.web.repeating import met_half_way

logger = logging.getLogger(__name__)

NO_DATA = "Something in this is larger, longer or further away than can be kept here."
STATUS = {
    Conflict: status.HTTP_409_CONFLICT,
    WrongState: status.HTTP_409_CONFLICT,
    NotAllowed: status.HTTP_403_FORBIDDEN,
}


class Refused(exceptions.APIException):
    """An action that was refused, with the status that its kind has."""

    def __init__(self, error: ActionError) -> None:
        known = (code for kind, code in STATUS.items() if isinstance(error, kind))
        self.status_code = next(known, status.HTTP_400_BAD_REQUEST)
        super().__init__(detail=error.message, code=error.code)


class Handler(ExceptionHandler):
    def convert_known_exceptions(self, exc: Exception) -> Exception:
        if isinstance(exc, IntegrityError):
            exc = guards.refusal(exc) or exc
        if guards.is_no_data(exc):
            logger.warning("What was sent is no data", exc_info=exc)
            return exceptions.ParseError(NO_DATA)
        if isinstance(exc, Missing):
            return exceptions.NotFound()
        if isinstance(exc, Invalid):
            detail = {exc.field: [exc.message]} if exc.field else [exc.message]
            return exceptions.ValidationError(detail, code=exc.code)
        if isinstance(exc, ActionError):
            return Refused(exc)
        return super().convert_known_exceptions(exc)


def exception_handler(exc: Exception, context: ExceptionHandlerContext) -> Response | None:
    if met_half_way(exc):
        return None  # raised on, to whom repeats it
    return Handler(exc, context).run()
