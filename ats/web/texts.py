"""Texts that an organisation writes in several languages: kept beside the first, and shown to who reads them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.forms import BoundField

Texts = Mapping[str, Mapping[str, str]]
"""By language and name of the text: `{"de": {"title": "…"}}`."""


@dataclass(frozen=True)
class Said:
    """A text as a page shows it, and the language that it is in."""

    text: str
    language: str


def said(texts: Texts, name: str, *, first: Said, language: str | None) -> Said:
    """The text in this language, where somebody wrote it; else as it was first written."""
    if language and language != first.language and (text := texts.get(language, {}).get(name)):
        return Said(text, language)
    return first


class TextsForm(forms.Form):
    """Texts in the languages beside the first; what is left empty is shown in the first."""

    def __init__(
        self,
        *args: Any,
        texts: Texts,
        first: str,
        fields: Mapping[str, tuple[str, forms.Widget]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.names = list(fields)
        self.languages = [(code, name) for code, name in settings.LANGUAGES if code != first]
        for code, _ in self.languages:
            for name, (label, widget) in fields.items():
                attrs = {"lang": code, "dir": "auto", **widget.attrs}
                if "data-richtext" in attrs:
                    attrs["data-richtext"] += f"-{code}"
                self.fields[f"{name}_{code}"] = forms.CharField(
                    label=label,
                    required=False,
                    initial=texts.get(code, {}).get(name, ""),
                    widget=type(widget)(attrs=attrs),
                )

    def by_language(self) -> list[tuple[str, str, list[BoundField], bool]]:
        """Each language with its fields, and whether there is anything in it."""
        found = []
        for code, own_name in self.languages:
            fields = [self[f"{name}_{code}"] for name in self.names]
            found.append((code, own_name, fields, any(field.value() for field in fields)))
        return found

    def texts(self) -> dict[str, dict[str, str]]:
        """What was written, without what is empty."""
        found = {
            code: {name: text for name in self.names if (text := self.cleaned_data[f"{name}_{code}"].strip())}
            for code, _ in self.languages
        }
        return {code: texts for code, texts in found.items() if texts}
