"""Languages of candidates' pages as tags: the menu, addresses that stay in one, texts in another than the page."""

from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from ats.kernel import languages
from ats.templatetags.accord import lines
from ats.web.languages import along, is_for_candidates

register = template.Library()


@register.simple_tag(takes_context=True)
def go_on_in(context: Context) -> str:
    """`<a href="/careers/{% go_on_in %}">`: the language that this page's address names, for the next one."""
    request = context.get("request")
    return along(request) if request is not None else ""


@register.inclusion_tag("parts/languages.html", takes_context=True)
def language_menu(context: Context) -> dict[str, Any]:
    """The languages of candidates' pages, each called as its readers call it; nothing on other pages.

    On somebody's own page (`token`) the choice is kept with them, else in a cookie.
    """
    request = context.get("request")
    if request is None or not is_for_candidates(request.path):
        return {"languages": ()}
    token = context.get("token") or ""
    return {
        "languages": settings.LANGUAGES,
        "now": get_language(),
        "name": languages.name_of(get_language() or ""),
        "token": token,
        "back": request.path if token else "",
    }


@register.simple_tag
def tongue(language: str) -> SafeString | str:
    """`<div {% tongue post.language %}>`: the attributes of a text in another language than the page."""
    if not language or language == get_language():
        return ""
    return format_html('lang="{}" dir="{}"', language, languages.direction(language))


@register.filter
def shipped(text: Any, language: str = "en") -> SafeString | str:
    """`{{ stage.promise|shipped:organisation.language }}`: words of a row as candidates read them.

    What is not among the words that the house ships stays as it was written, and says in which language;
    `|shipped:""` for colleagues, as it is.
    """
    text = str(text or "")
    said = languages.shipped(text)
    if said != text or language in {"", get_language()}:
        return said
    return format_html('<span lang="{}">{}</span>', language, text) if text else ""


@register.simple_tag
def own_text(organisation: Any, name: str, cls: str = "") -> SafeString | str:
    """`{% own_text organisation "about_text" %}`: words of the organisation's own, and in which language they are."""
    found = organisation.said(name) if organisation else None
    if not found or not found.text:
        return ""
    kind = format_html(' class="{}"', cls) if cls else ""
    return format_html(
        "{}<div{} {}>{}</div>", tongue_note(found.language), kind, tongue(found.language), lines(found.text)
    )


@register.simple_tag
def tongue_note(language: str) -> SafeString | str:
    """The word that stands at such a text, for eyes: in which language it is written."""
    if not language or language == get_language():
        return ""
    name = languages.name_of(language)
    return format_html(
        '<p class="in-language">{} <bdi lang="{}">{}</bdi></p>', gettext("This text is in:"), language, name
    )
