"""Mail that goes where it goes in production."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _outbox(settings: Any) -> None:
    settings.EMAIL_BACKEND = "ats.mail.backend.OutboxBackend"  # pytest puts another in its place
