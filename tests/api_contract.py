"""What every test holds of the API: it answers as its description says, refusals too.

Each answer below /api/v1/ that a test client gets is looked up in the description by method, address and status, and
its body validated against what stands there. Fields that are not described are refused like fields that are missing.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponseBase
from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from jsonschema import Draft202012Validator, FormatChecker

PREFIX = "/api/v1/"
formats = FormatChecker(("date", "email"))


@formats.checks("uri")
def _is_address(text: object) -> bool:
    return not isinstance(text, str) or bool(urlsplit(text).scheme)


@formats.checks("date-time", raises=ValueError)
def _is_moment(text: object) -> bool:
    return not isinstance(text, str) or datetime.fromisoformat(text).tzinfo is not None


class NotAsDescribed(AssertionError):
    pass


def _closed(part: Any) -> Any:
    """OpenAPI 3.0 as JSON schema: `nullable` is a choice, and an object has the properties that it says."""
    if isinstance(part, list):
        return [_closed(each) for each in part]
    if not isinstance(part, dict):
        return part
    made = {name: _closed(each) for name, each in part.items() if name != "nullable"}
    if "properties" in made:
        made.setdefault("additionalProperties", False)
    return {"anyOf": [made, {"type": "null"}]} if part.get("nullable") is True else made


@cache
def description() -> dict[str, Any]:
    described: dict[str, Any] = _closed(SchemaGenerator().get_schema(request=None, public=True))
    return described


@cache
def _addresses() -> list[tuple[re.Pattern[str], dict[str, Any]]]:
    """Every described address as a pattern; one that is written out goes before one with a number in it."""
    paths = sorted(description()["paths"].items(), key=lambda item: item[0].count("{"))
    return [(re.compile(re.sub(r"\\\{\w+\\\}", r"[^/]+", re.escape(path))), ways) for path, ways in paths]


@cache
def _validator(reference: str) -> Draft202012Validator:
    """Of a body that is described under this JSON pointer."""
    schema = {"$ref": reference, "paths": description()["paths"], "components": description()["components"]}
    return Draft202012Validator(schema, format_checker=formats)


def _pointer(*names: str) -> str:
    return "#/" + "/".join(name.replace("~", "~0").replace("/", "~1") for name in names)


def _described(method: str, path: str) -> tuple[str, dict[str, Any]] | None:
    for pattern, ways in _addresses():
        if pattern.fullmatch(path):
            if method not in ways:
                return None
            name = next(known for known, there in description()["paths"].items() if there is ways)
            return name, ways[method]["responses"]
    return None


def check(method: str, path: str, response: HttpResponseBase) -> None:
    """Refuse an answer that the description does not know."""
    method = "get" if method == "HEAD" else method.lower()
    found = _described(method, path)
    if found is None:
        return  # No endpoint: not found, or not with this method.
    address, responses = found
    status, what = str(response.status_code), f"{method.upper()} {path}: {response.status_code}"
    if status not in responses:
        raise NotAsDescribed(f"{what} is not described, only {', '.join(sorted(responses))}.")
    content = responses[status].get("content", {})
    kind = response.get("Content-Type", "").partition(";")[0]
    if not content and not getattr(response, "content", b""):
        return
    if kind not in content:
        raise NotAsDescribed(
            f"{what} comes as {kind or 'nothing'}, described are {', '.join(content) or 'none'}."
        )
    pointer = _pointer("paths", address, method, "responses", status, "content", kind, "schema")
    errors = _validator(pointer).iter_errors(json.loads(response.content))
    wrong = [f"{'.'.join(map(str, each.absolute_path)) or 'body'}: {each.message[:300]}" for each in errors]
    if wrong:
        raise NotAsDescribed(f"{what} is not as described:\n" + "\n".join(wrong))


@contextmanager
def watched() -> Iterator[None]:
    """Have every answer of the API checked that a test client of this process gets."""
    ask = Client.request

    def asked(self: Client, **request: Any) -> Any:
        response = ask(self, **request)
        path = request.get("PATH_INFO", "")
        if path.startswith(PREFIX) and path != PREFIX:
            check(request.get("REQUEST_METHOD", "GET"), path, response)
        return response

    Client.request = asked  # type: ignore[method-assign]
    try:
        yield
    finally:
        Client.request = ask  # type: ignore[method-assign]
