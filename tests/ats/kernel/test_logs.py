"""The log names addresses, and no keys to them."""

import logging
from io import StringIO
from typing import Any

from django.conf import settings

from ats.kernel.logs import WithoutKeys

KEY = "aZ_-" * 10 + "xyz"


def test_a_candidates_key_is_in_no_line(client: Any, db: None) -> None:
    out = StringIO()
    handler = logging.StreamHandler(out)
    handler.addFilter(WithoutKeys())
    logger = logging.getLogger("django.request")
    logger.addHandler(handler)
    try:
        client.get(f"/status/{KEY}/offers/1/")
        logger.error("Internal Server Error: %s", f"/calendar/{KEY}.ics")
    finally:
        logger.removeHandler(handler)
    assert out.getvalue() == "Not Found: /status/…/offers/1/\nInternal Server Error: /calendar/….ics\n"
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["keys"]
