"""A message is looked up by its whole key and by how keys begin, and one index serves both."""

from typing import Any

import pytest
from django.db import connection

from ats.mail.models import OutgoingMail
from candidates.models import FollowUp
from candidates.portal.models import PortalLink

pytestmark = pytest.mark.django_db
UNIQUE = """
    SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
    WHERE i.indrelid = %s::regclass AND a.attname = %s
"""


@pytest.mark.parametrize(
    ("model", "field", "index"),
    [
        (OutgoingMail, "idempotency_key", "mail_once"),
        (FollowUp, "idempotency_key", "followup_once"),
        (PortalLink, "token_hash", "portal_link_of_token"),
    ],
)
def test_a_key_has_one_index(model: Any, field: str, index: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(UNIQUE, [model._meta.db_table, field])
        assert cursor.fetchall() == [(index,)]


@pytest.mark.parametrize(
    "wanted", [{"idempotency_key": "holding:17"}, {"idempotency_key__startswith": "holding:"}]
)
def test_it_finds_a_key_and_how_it_begins(wanted: dict[str, str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = OutgoingMail.objects.filter(**wanted).order_by().explain()
    assert "mail_once" in plan
    assert "Index Cond" in plan
