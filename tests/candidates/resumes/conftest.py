"""The API client of the API's own tests."""

from tests.ats.api.conftest import api, client_of, recruiter

__all__ = ["api", "client_of", "recruiter"]
