"""The description of the API is part of the contract: a change of it is seen in review."""

from pathlib import Path

import pytest
from django.test import Client

SNAPSHOT = Path(__file__).parent / "openapi.yaml"


def test_the_description_is_the_one_that_was_reviewed(client, db):
    """After a change that is meant: `python manage.py spectacular --file tests/ats/api/openapi.yaml`."""
    assert client.get("/api/schema/").content.decode() == SNAPSHOT.read_text()


def test_the_description_has_no_warnings(db, capsys):
    from drf_spectacular.drainage import GENERATOR_STATS
    from drf_spectacular.generators import SchemaGenerator

    with GENERATOR_STATS.silence():
        SchemaGenerator().get_schema(request=None, public=True)
    assert capsys.readouterr().err == ""


@pytest.mark.django_db
def test_the_documentation_needs_nobody_elses_server(client: Client):
    page = client.get("/api/docs/")
    assert page.status_code == 200
    assert "https://" not in page.content.decode()
    assert "<style" not in page.content.decode()
