"""No address answers with a fault of ours, whatever is sent to it.

Every route, page and API, is asked with hostile values for every parameter that it reads: which those are is
watched while it answers, so a parameter that is added tomorrow is tried tomorrow. The same values come on every
run (`FUZZ_SEED=7` takes others, `FUZZ_ROUNDS=10` more of them).
"""

import json
import logging
import os
import random
import sys
import zlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.signals import got_request_exception
from django.db import transaction
from django.http import QueryDict
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, reverse
from drf_spectacular.generators import SchemaGenerator

from ats.accounts.models import Role, User
from tests import factories
from tests.laws.addresses import ALL, let_go
from tests.laws.world import World, world

__all__ = ["world"]

pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore")]

SEED = int(os.environ.get("FUZZ_SEED", "20261128"))
ROUNDS = int(os.environ.get("FUZZ_ROUNDS", "3"))
"""How often each route is asked in each way with other values, beside once with each value in turn."""

NUMBERS = (
    "0",
    "-1",
    "1",
    "2147483648",
    "9223372036854775808",
    "1" * 40,
    "1e400",
    "NaN",
    "Infinity",
    "٣",
    "0x10",
)
MOMENTS = (
    "0001-01-01", "9999-12-31", "9999-12-31T23:59", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00",
    "2026-11-24T10:00:00+23:59", "2026-11-24T10:00:00-15:30", "2026-02-30", "2026-W53", "24:00", "-0001-01-01",
    "2026-11-24T10:00:00+00:00~99999999999999999999", "9999-12-31T23:59:59-12:00~1", "2026-11-24T10:00:00+23:59~1",
)  # fmt: skip
CURSORS = (
    "cD1hYmM=",
    "cj0xJnA9",
    "bz05OTk5OTk5OTk5OTk5JnA9MQ==",
    "cD05OTk5LTEyLTMxVDIzOjU5OjU5JTJCMjM6NTk=",
    "%%%",
    "cD0lMDA=",
)
TEXTS = (
    "", " ", "\x00", "a\x00b", "\ud800", "\u202e", "'\"`;--", "%s %(x)s {0.__class__}", "{{ candidate.name }}",
    "<script>", "x" * 5_000, "🦆" * 300, "=1+1", "../../etc/passwd", "@", "a@b", "on", "null", "[]", "{}", "\\", "-",
    '"', "(", "a OR", "\r\nX: y", "UTC", "Europe/Nowhere", "xx", "part:zzz", "person:x", "role:", "lead", "open",
)  # fmt: skip
POOL = (*NUMBERS, *MOMENTS, *CURSORS, *TEXTS)

ODD: tuple[Any, ...] = (
    None,
    True,
    1.5,
    -1,
    2**63,
    10**40,
    [],
    {},
    [[]],
    {"x": {"y": []}},
    [None],
    ["\ud800"],
    *POOL,
)
BODIES = (
    b"[" * 200_000, b'{"a":' * 100_000, b"[]", b"null", b"1e999", b"NaN", b'"x"', b"\xff\xfe", b"", b"{", b"1" * 10_000,
    b'{"a":1' + b"0" * 5_000 + b"}", b'{"\\ud800": "\\ud800"}',
)  # fmt: skip
TYPES = (
    "application/json",
    "application/json; charset=zlib",
    "multipart/form-data",
    "text/plain",
    "application/x-www-form-urlencoded; charset=idna",
)


class Asked:
    """Which parameters a view looks for, whether they are there or not."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    @contextmanager
    def watched(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
        with monkeypatch.context() as patch:
            for method in ("get", "getlist", "__getitem__", "__contains__"):
                patch.setattr(QueryDict, method, self._listening(getattr(QueryDict, method)))
            yield

    def _listening(self, read: Any) -> Any:
        def listening(data: QueryDict, name: Any, *rest: Any, **more: Any) -> Any:
            if isinstance(name, str) and len(name) < 80:
                self.names.add(name)
            return read(data, name, *rest, **more)

        return listening


class Attack:
    """Asks one route after another, as somebody who may do much, and keeps what broke."""

    def __init__(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        self.client, self._patch = client, monkeypatch
        self.broken: dict[str, list[str]] = defaultdict(list)
        self.asked = 0
        self._last: BaseException | None = None
        client.raise_request_exception = False

    def __enter__(self) -> "Attack":
        got_request_exception.connect(self._note)
        return self

    def __exit__(self, *_: object) -> None:
        got_request_exception.disconnect(self._note)

    def _note(self, **_: object) -> None:
        self._last = sys.exc_info()[1]

    def ask(self, name: str, method: str, path: str, **sent: Any) -> Any:
        """The answer; what it changed is taken back."""
        self.asked += 1
        self._last = None
        try:
            with transaction.atomic():
                # Not by `post` and its kin: they would read what is sent in the encoding that it says.
                if isinstance(sent.get("data"), bytes):
                    answer = self.client.generic(method.upper(), path, **sent)
                else:
                    answer = getattr(self.client, method)(path, **sent)
                transaction.set_rollback(True)
        except Exception as error:  # noqa: BLE001 - not even an answer
            self.broken[name].append(f"{method} {path} {_brief(sent)}: {error!r}")
            return None
        if answer.status_code >= 500 and answer.status_code != 503:
            self.broken[name].append(f"{method} {path} {_brief(sent)}: {self._last!r}")
        let_go(answer)
        return answer

    def names(self, name: str, method: str, path: str, known: dict[str, Any] | None = None) -> set[str]:
        """The parameters that this route reads, found out by asking it."""
        listening = Asked()
        with listening.watched(self._patch):
            self.ask(name, method, path, **({"data": known} if known else {}))
        return listening.names - {"csrfmiddlewaretoken"}


def _brief(sent: dict[str, Any]) -> str:
    return repr({key: value if len(repr(value)) < 300 else repr(value)[:300] for key, value in sent.items()})


def choosing(name: str) -> random.Random:
    """Values of its own for each route, and the same ones every time."""
    return random.Random(SEED ^ zlib.crc32(name.encode()))


def query(values: dict[str, str]) -> str:
    return urlencode(values, errors="surrogatepass")


def value(chance: random.Random) -> str:
    return chance.choice(POOL)


@pytest.fixture
def lead(db: Any) -> User:
    return factories.make_user(Role.ADMIN)


@pytest.fixture
def attack(client: Client, lead: User, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Attack]:
    client.force_login(lead)
    logging.disable(logging.CRITICAL)  # thousands of refusals, each of them meant
    monkeypatch.setattr("ats.kernel.ratelimits.seconds_to_wait", lambda *_: 0)
    with Attack(client, monkeypatch) as made:
        yield made
    logging.disable(logging.NOTSET)
    print(f"{made.asked} requests")


def addresses(pattern: URLPattern, world: World) -> list[str]:
    """Where it is, and where nothing is: with numbers that no column holds."""
    found = world.address(pattern)
    names = list(pattern.pattern.converters)
    if not names:
        return [reverse(pattern.name)] if found is None else [found]
    beyond = {"IntConverter": 2**63}
    kwargs = {
        name: beyond.get(type(kind).__name__, "nonsense") for name, kind in pattern.pattern.converters.items()
    }
    made = [reverse(pattern.name, kwargs=kwargs)]
    return [*filter(None, [found]), *made]


def pages() -> list[URLPattern]:
    skipped = {"healthz", "readyz"}
    return [
        each
        for each in ALL
        if each.name and each.name not in skipped and not hasattr(each.callback, "cls")
    ]  # fmt: skip


def qualified(pattern: URLPattern) -> str:
    return str(pattern.name)


def test_no_page_breaks(attack: Attack, world: World) -> None:
    for pattern in pages():
        name = qualified(pattern)
        try:
            places = addresses(pattern, world)
        except NoReverseMatch:  # of a namespace: what lies in others' packages
            continue
        for path in places:
            _try_page(attack, name, path)
        cache.clear()
    assert dict(attack.broken) == {}
    assert attack.asked > 1_500


def _try_page(attack: Attack, name: str, path: str) -> None:
    chance = choosing(name)
    read = attack.names(name, "get", path)
    written = attack.names(name, "post", path)
    for _ in range(ROUNDS):
        given = {key: value(chance) for key in read}
        attack.ask(name, "get", f"{path}?{query(given)}")
        fields = {key: value(chance) for key in written if chance.random() < 0.8}
        posted = query(fields)
        attack.ask(name, "post", path, data=posted.encode(), content_type="application/x-www-form-urlencoded")


def test_no_endpoint_breaks(attack: Attack, world: World) -> None:
    operations = list(_operations(world))
    for name, method, path, parameters, fields in operations:
        _try_endpoint(attack, f"{method} {name}", method, path, parameters, fields)
        cache.clear()
    assert dict(attack.broken) == {}
    assert attack.asked > 1_500


def _operations(world: World) -> Iterator[tuple[str, str, str, list[str], dict[str, Any]]]:
    """Every operation of the API as its description has it, at something that is there."""
    schema: Any = SchemaGenerator().get_schema(request=None, public=True)
    kept = schema["components"]["schemas"]
    for path, methods in schema["paths"].items():
        noun = path.split("/")[3].rstrip("s").replace("-", "_")
        number = world.numbers.get({"job_post": "post_id"}.get(noun, f"{noun}_id"), 1)
        for method, said in methods.items():
            parameters = [each["name"] for each in said.get("parameters", []) if each["in"] == "query"]
            content = said.get("requestBody", {}).get("content", {})
            wanted = next(iter(content.values()), {}).get("schema", {})
            reference = wanted.get("$ref", "").rpartition("/")[2]
            fields = kept.get(reference, {}).get("properties", {})
            yield path, method, path.replace("{id}", str(number)), parameters, fields
            if "{id}" in path:  # where nothing can be, nothing is read
                yield path, method, path.replace("{id}", str(2**63)), [], {}


def _try_endpoint(
    attack: Attack, name: str, method: str, path: str, parameters: list[str], fields: dict[str, Any]
) -> None:
    chance = choosing(name)
    for _ in range(ROUNDS):
        given = {key: value(chance) for key in parameters}
        attack.ask(name, "get", f"{path}?{query(given)}")
    for key in parameters:  # each alone: together, the first refusal hides the others
        for odd in chance.sample(POOL, 8):
            attack.ask(name, "get", f"{path}?{query({key: odd})}")
    if method == "get":
        return
    for body in BODIES if fields else BODIES[:2]:
        attack.ask(name, method, path, data=body, content_type="application/json")
    attack.ask(name, method, path, data=b'{"a": 1}', content_type=chance.choice(TYPES))
    sound = {key: _sound(said) for key, said in fields.items() if not said.get("readOnly")}
    for key in sound:
        for odd in chance.sample(ODD, 6):
            body = json.dumps(sound | {key: odd}).encode()
            attack.ask(name, method, path, data=body, content_type="application/json")


def _sound(said: dict[str, Any]) -> Any:
    """What a client might mean by it."""
    kinds = {
        "integer": 1, "number": 1, "boolean": True, "array": [], "object": {},
    }  # fmt: skip
    if "enum" in said:
        return said["enum"][0]
    formats = {
        "date": "2027-03-01",
        "date-time": "2026-11-25T10:00:00Z",
        "decimal": "70000",
        "email": "a@example.com",
    }
    return formats.get(said.get("format", ""), kinds.get(said.get("type", ""), "x"))


@pytest.mark.parametrize(
    "sent",
    [
        {"HTTP_IDEMPOTENCY_KEY": "a\x00b"},
        {"HTTP_IDEMPOTENCY_KEY": "é" * 200},
        {"HTTP_AUTHORIZATION": "Bearer \xff\x00"},
    ],
)
def test_no_header_breaks(attack: Attack, sent: dict[str, str]) -> None:
    attack.ask("headers", "post", "/api/v1/candidates/", data=b"{}", content_type="application/json", **sent)
    assert dict(attack.broken) == {}


@pytest.mark.parametrize("name", ["cv.pdf", "a\x00.txt", "x" * 400 + ".txt", "..", "\u202efdp.exe"])
def test_no_file_name_breaks(attack: Attack, world: World, name: str) -> None:
    path = f"/candidates/{world.numbers['candidate_id']}/edit/"
    upload = SimpleUploadedFile("x", b"\x00" * 10)
    upload._name = name
    attack.ask("files", "post", path, data={"resume": upload})
    attack.ask(
        "files", "post", "/candidates/new/", data={"resume": upload, "first_name": "A", "last_name": "B"}
    )
    assert dict(attack.broken) == {}
