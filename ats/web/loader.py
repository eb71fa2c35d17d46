"""Templates compiled once for each language, so that their texts stand in them as they are said there.

Of each language only what is shown in it is compiled. The texts are put in by `ats.templatetags.folded`.
"""

from collections.abc import Iterator
from typing import Any

from django.template import Origin
from django.template.loaders import cached

from ats.kernel.languages import spoken


class Loader(cached.Loader):
    """Django's loader that keeps what it compiled, by name and by the language of now."""

    def cache_key(self, template_name: str, skip: list[Origin] | None = None) -> str:
        return f"{spoken()}:{super().cache_key(template_name, skip)}"

    def get_template_sources(self, template_name: str) -> Iterator[Any]:
        for origin in super().get_template_sources(template_name):
            origin.language = spoken()  # type: ignore[attr-defined]
            yield origin
