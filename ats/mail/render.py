"""The placeholder language of mail templates, and the two bodies that a message has.

A template is plain text: paragraphs parted by empty lines, lists of lines that begin with `- `,
`{{ name }}` for a placeholder of the role, and `[Text]({{ link }})` on a line of its own for a button.
Nothing else means anything, and values are never read as templates.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from django.utils.translation import gettext

from ats.kernel import staff_words
from ats.kernel.errors import Invalid
from ats.kernel.languages import direction, known, name_of, speaking
from ats.mail.roles import MailRole, Words

PLACEHOLDER = re.compile(r"\{\{\s*([a-z_][a-z0-9_.]*)\s*\}\}")
BUTTON = re.compile(r"\A\[([^\[\]]{1,80})\]\(\{\{\s*([a-z_][a-z0-9_.]*)\s*\}\}\)\Z")
ADDRESS = re.compile(r"https?://(?:(?!&(?:quot|lt|gt|#x27);)[^\s<>\"')\]])+(?<![.,;:!?])")
"""A web address in escaped text, without the punctuation that follows it."""
CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\u2028\u2029]+")
"""What must not be in a header line: it would begin another one."""


@dataclass(frozen=True)
class Brand:
    """In whose colours a message comes; without a name, in the house's own."""

    name: str = ""
    fill: str = "#1f4d43"
    ink: str = "#ffffff"
    text: str = "#1f4d43"
    logo: str = ""
    """The address of a picture; mail programs that show none show the name."""


HOUSE = Brand()


@dataclass(frozen=True)
class Rendered:
    subject: str
    text: str
    html: str


def check(role: MailRole, words: Words) -> None:
    """Raise `Invalid` naming the first placeholder that the role does not have, or braces left over."""
    for where, text in (("subject", words.subject), ("body", words.body)):
        for name in PLACEHOLDER.findall(text):
            if name not in role.placeholders:
                raise Invalid(
                    staff_words.gettext("There is no {{ %(name)s }} in this kind of message.")
                    % {"name": name},
                    field=where,
                )
        rest = PLACEHOLDER.sub("", text)
        if "{{" in rest or "}}" in rest or "{%" in rest:
            raise Invalid(
                staff_words.gettext("A placeholder is written like {{ candidate.first_name }}."), field=where
            )
    for button in filter(None, map(BUTTON.match, _blocks(words.body))):
        if button[2] not in role.links:
            raise Invalid(
                staff_words.gettext("{{ %(button)s }} is no address: a button cannot lead there.")
                % {"button": button[2]},
                field="body",
            )
    if not words.subject.strip():
        raise Invalid(staff_words.gettext("Write a subject."), field="subject")
    if not words.body.strip():
        raise Invalid(staff_words.gettext("Write the message."), field="body")


def render(
    role: MailRole, words: Words, values: Mapping[str, str], brand: Brand = HOUSE, *, reader: str = ""
) -> Rendered:
    """The message for these values. KeyError if a placeholder of the role has no value.

    It begins by saying in which language it is, where that is not the one of its `reader`.
    """
    missing = set(role.placeholders) - set(values)
    if missing:
        raise KeyError(f"{role.name} needs {', '.join(sorted(missing))}.")
    subject = one_line(_fill(words.subject, values))[:300]
    texts, htmls = _note(words.language, reader)
    for block in _blocks(words.body):
        if button := BUTTON.match(block):
            address = str(values[button[2]])
            texts.append(f"{button[1]}:\n{address}")
            htmls.append(_button(button[1], address, brand))
        elif filled := _fill(block, values).strip():
            texts.append(filled)
            htmls.append(_html(filled, brand))
    html = _page("".join(htmls), subject, brand, words.language)
    return Rendered(subject=subject, text="\n\n".join(texts) + "\n", html=html)


def _note(language: str, reader: str) -> tuple[list[str], list[str]]:
    """The word about a language that its reader did not choose; nothing where they did, or nobody knows."""
    if language in {"", reader} or reader not in known():
        return [], []
    with speaking(reader):
        said = gettext("This message is in another language: %(language)s.") % {"language": name_of(language)}
    note = f'<p lang="{reader}" dir="{direction(reader)}" style="color:#53565e;margin:0 0 16px">{escape(said)}</p>'
    return [said], [note]


def plain(subject: str, body: str) -> Rendered:
    """A message from words that are finished, in which nothing is a placeholder."""
    title = one_line(subject)[:300]
    return Rendered(subject=title, text=body.strip() + "\n", html=_page(_html(body, HOUSE), title, HOUSE, ""))


def one_line(text: str) -> str:
    """Text fit for a header: no control characters, no line breaks, no doubled blanks."""
    return re.sub(r"\s+", " ", CONTROL.sub(" ", text)).strip()


def _fill(text: str, values: Mapping[str, str]) -> str:
    return PLACEHOLDER.sub(lambda match: str(values[match[1]]), text)


def _blocks(text: str) -> list[str]:
    """Paragraphs: what stands between empty lines."""
    return [block.strip() for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n")) if block.strip()]


def _button(words: str, address: str, brand: Brand) -> str:
    return (
        f'<p style="margin:24px 0"><a href="{escape(address)}" style="background:{brand.fill};'
        f"border-radius:6px;color:{brand.ink};display:inline-block;font-weight:600;padding:12px 20px;"
        f'text-decoration:none">{escape(words)}</a></p>'
    )


def _html(text: str, brand: Brand) -> str:
    """Finished text as HTML: its paragraphs, lists and addresses; everything else as it stands."""
    return "".join(_paragraph(block, brand) for block in _blocks(text))


def _paragraph(block: str, brand: Brand) -> str:
    lines = block.split("\n")
    if all(line.startswith("- ") for line in lines):
        items = "".join(f"<li>{_linked(escape(line[2:]), brand)}</li>" for line in lines)
        return f'<ul style="margin:0 0 16px;padding-inline-start:20px">{items}</ul>'
    return f'<p style="margin:0 0 16px">{_linked(escape(block), brand)}</p>'


def _linked(escaped: str, brand: Brand) -> str:
    """Line breaks and addresses of escaped text as HTML."""
    filled = escaped.replace("\n", "<br>")
    return ADDRESS.sub(
        lambda match: f'<a href="{match[0]}" style="color:{brand.text}">{match[0]}</a>', filled
    )


def _head(brand: Brand) -> str:
    """Who writes: the logo, or the name in the organisation's colour; nothing for the house itself."""
    if not brand.name:
        return ""
    name = escape(brand.name)
    if brand.logo:
        shown = (
            f'<img src="{escape(brand.logo)}" alt="{name}" height="36" '
            'style="border:0;display:block;height:36px;max-width:240px">'
        )
    else:
        shown = f'<strong style="color:{brand.text};font-size:18px">{name}</strong>'
    return f'<div style="border-bottom:3px solid {brand.fill};margin:0 0 24px;padding:0 0 16px">{shown}</div>'


def _page(body: str, title: str, brand: Brand, language: str) -> str:
    spoken = f' lang="{language}" dir="{direction(language)}"' if language else ""
    return (
        f'<!doctype html><html{spoken}><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title></head>"
        '<body style="background:#f6f6f4;color:#22262a;font:16px/1.5 -apple-system,Segoe UI,Roboto,Helvetica,'
        'Arial,sans-serif;margin:0;padding:24px"><div style="background:#ffffff;border-radius:8px;'
        f'margin:0 auto;max-width:560px;padding:32px">{_head(brand)}{body}</div></body></html>'
    )
