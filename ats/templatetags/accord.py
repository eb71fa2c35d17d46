"""The parts of the pages as tags. A template builtin: every template has them without loading.

`docs/design.md` shows each with an example.
"""

from datetime import date, datetime
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField, BoundWidget
from django.template import Context
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from ats.kernel import kept, languages, staff_words, when
from ats.web import colour, markup, parts
from ats.web import phrases as scripts_words
from ats.web.forms import quick
from ats.web.frame import Frame, drawn

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "", cls: str = "") -> SafeString:
    """`{% icon "clock" %}` beside a word; `{% icon "x" label="Close" %}` where it stands alone."""
    return markup.icon(name, label, cls)


@register.simple_tag(takes_context=True)
def frame(context: Context, part: str) -> SafeString:
    """`{% frame "rail" %}`: a part of the frame of this page, `rail`, `user_menu` or `layers`."""
    shown = context["shell"].frame if "shell" in context else Frame()
    return drawn(part, shown, token=str(context.get("csrf_token", "")))


@register.simple_tag(takes_context=True)
def wording_at(context: Context, role: Any, application: Any = None) -> SafeString:
    """`{% wording_at role %}` around fields: whose law their words keep, and what they are about.

    The role is named only to the recruiting team, and not to who leads the other side of it: a warning offers
    who reads it there to record that they declined (`partners/declined`).
    """
    user = getattr(context.get("request"), "user", None)
    declines = getattr(user, "recruits", False) and getattr(user, "pk", None) != role.hiring_manager_id
    about = format_html(' data-wording-role="{}"', role.pk) if declines else ""
    if declines and application is not None:
        about += format_html(' data-wording-application="{}"', application.pk)
    return format_html('data-wording-place="{}"{}', role.jurisdiction, about)


# --- Times


@register.simple_tag
def ago(moment: datetime | None, none: str = "") -> SafeString | str:
    """`{% ago message.sent_at %}`: 5 min ago; `none` is said where there is no time."""
    return markup.time(moment, when.ago(moment, now=timezone.now())) if moment else none


@register.simple_tag
def due(moment: datetime | None, none: str = "") -> SafeString | str:
    """`{% due promise.due_at %}`: in 2 days, today by 17:00, 1 day late."""
    return markup.time(moment, when.due(moment, now=timezone.now())) if moment else none


@register.simple_tag
def due_mark(moment: datetime | None) -> SafeString | str:
    """`{% due_mark review.due_at %}`: the same with its sign, for a colleague's part; red once it is late."""
    return markup.due_mark(moment, now=timezone.now()) if moment else ""


@register.simple_tag
def day(moment: datetime | date | None, none: str = "") -> SafeString | str:
    """`{% day promise.due_at %}`: Thursday 26 November. For candidates, who need the date itself."""
    if moment is None:
        return none
    if isinstance(moment, datetime):
        return markup.time(moment, when.day(moment, now=timezone.now()))
    return format_html(
        '<time datetime="{}">{}</time>', moment.isoformat(), date_format(moment, "DAY_AND_YEAR")
    )


@register.simple_tag
def at(moment: datetime | None, none: str = "") -> SafeString | str:
    """`{% at interview.starts_at %}`: Thursday 26 November, 14:00 CET."""
    if moment is None:
        return none
    said = when.day(moment, now=timezone.now())
    return markup.time(moment, f"{said}, {date_format(timezone.localtime(moment), 'H:i T')}")


@register.filter
def day_name(value: date) -> str:
    """A heading of the timeline: Today, Yesterday, Monday 3 November."""
    today = timezone.localdate()
    days = (today - value).days
    if days in {0, 1}:
        return staff_words.gettext("Yesterday") if days else staff_words.gettext("Today")
    return date_format(value, "DAY" if value.year == today.year else "DAY_AND_YEAR")


# --- People


AGENTS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "Mac"),
    ("Linux", "Linux"),
)


@register.filter
def browser(agent: str) -> str:
    """`Firefox on Windows`, from what a browser says of itself; as it came where it is none of these."""
    name = next((name for mark, name in AGENTS if mark in (agent or "")), "")
    system = next((name for mark, name in SYSTEMS if mark in (agent or "")), "")
    if name and system:
        return staff_words.gettext("%(browser)s on %(system)s") % {"browser": name, "system": system}
    return name or (agent or "")[:60] or staff_words.gettext("Unknown browser")


@register.filter
def initials(person: Any) -> str:
    return parts.initials_of(person)


@register.inclusion_tag("parts/avatar.html")
def avatar(person: Any, size: str = "", label: str = "") -> dict[str, Any]:
    """`{% avatar user %}`; decorative unless `label` says what it stands for. Sizes: `sm`, `lg`."""
    return {"initials": parts.initials_of(person), "size": size, "label": label}


@register.simple_tag
def person(who: Any, *, line: str = "", href: str = "", size: str = "", sheet: str = "") -> SafeString:
    """`{% person candidate line="Data Engineer" href=url %}`. `sheet` opens the side sheet from there."""
    return markup.person(who, line=line, href=href, size=size, sheet=sheet)


# --- Promises, stages, figures


@register.simple_tag
def promise_chip(promise: Any, short: bool = False) -> SafeString:
    """`{% promise_chip application.promise %}`; `short=True` leaves out what and says only when."""
    return markup.chip(promise, now=timezone.now(), short=short)


@register.inclusion_tag("parts/stage_chip.html")
def stage_chip(stage: Any, since: datetime | None = None) -> dict[str, Any]:
    """`{% stage_chip application.stage since=application.stage_entered_at %}`."""
    return {"name": kept.retold(parts.name_of(stage)), "kind": getattr(stage, "kind", ""), "since": since}


@register.inclusion_tag("parts/figure.html")
def figure(
    label: str,
    value: Any,
    *,
    unit: str = "",
    before: Any = None,
    usual: Any = None,
    cases: int | None = None,
    few: int = 5,
    note: str = "",
    bad: Any = False,
) -> dict[str, Any]:
    """`{% figure "Days to first answer" 2.4 unit="days" before=3.1 usual=2.8 cases=34 %}`; red where it is `bad`."""
    return {"figure": parts.Figure(label, value, unit, before, usual, cases, few, note, bool(bad))}


@register.simple_tag
def two_sided(label: str, left: Any, right: Any, left_name: str = "", right_name: str = "") -> SafeString:
    """`{% two_sided "Answers in time" ours theirs %}`, each a mapping of kept, late and missed."""
    left_name = left_name or staff_words.gettext("Recruiter")
    right_name = right_name or staff_words.gettext("Hiring manager")
    sides = parts.two_sides(left or {}, right or {}, left_name=left_name, right_name=right_name)
    return markup.two_sided(label, *sides)


@register.inclusion_tag("parts/empty.html")
def empty(sentence: str, action: str = "", href: str = "", icon: str = "") -> dict[str, Any]:
    """`{% empty "No roles yet." action="Open a role" href=url %}`."""
    return {"sentence": sentence, "action": action, "href": href, "icon": icon}


@register.filter
def by_day(entries: Any) -> list[tuple[date, list[Any]]]:
    return parts.by_day(entries)


@register.filter
def counted(number: int, words: str) -> str:
    """`{{ n|counted:"person,people" }}`: 1 person, 7 people."""
    one, _, many = words.partition(",")
    return when.counted(int(number or 0), one, many or f"{one}s")


@register.filter
def listed(words: Any) -> str:
    """`{{ names|listed }}`: a, b and c."""
    return languages.listed(words)


@register.filter
def within(words: Any) -> str:
    """`{{ offer.get_state_display|within }}`: a label within a sentence; German keeps its nouns great."""
    return languages.within(words)


# --- Fields and names


@register.filter
def needed(field: BoundField) -> str:
    """`{% if field|needed %}`: what a field that may stay empty today is needed for later (`ats.web.forms.needed`)."""
    return getattr(field.field, "needed", "")


@register.filter
def toolbar(field: BoundField) -> str:
    """The id of the toolbar of a rich text; empty for a plain one."""
    return str(field.field.widget.attrs.get("data-richtext", ""))


class OptionalNode(template.Node):
    def __init__(self, names: list[str]) -> None:
        self.names = names

    def render(self, context: Context) -> str:
        for name in self.names:
            if name not in context:
                context[name] = None
        return ""


@register.tag
def optional(parser: template.base.Parser, token: template.base.Token) -> OptionalNode:
    """`{% optional cancel %}`, first in a part or a shell: whoever includes it may leave these names out."""
    return OptionalNode(token.split_contents()[1:])


@register.simple_tag
def phrases() -> SafeString | str:
    """`{% phrases %}` in the frame: what its scripts say in the language of the page (static/js/phrase.js)."""
    return scripts_words.listed()


# --- Addresses and pages


@register.simple_tag(takes_context=True)
def url_with(context: Context, **changes: Any) -> str:
    """`{% url_with stage=3 %}`: this page's address with some of its query changed.

    Nothing as a value takes the key away. Paging starts afresh unless it is what changes.
    """
    query = context["request"].GET.copy()
    for key in ("page", "cursor"):
        query.pop(key, None)
    for key, value in changes.items():
        if value in (None, ""):
            query.pop(key, None)
        elif isinstance(value, (list, tuple)):
            query.setlist(key, [str(item) for item in value])
        else:
            query[key] = str(value)
    return f"?{query.urlencode()}" if query else "?"


@register.simple_tag
def page_numbers(page: Any) -> list[int | None]:
    return parts.around(page.number, page.paginator.num_pages)


@register.simple_tag(takes_context=True)
def again(context: Context, name: str) -> str:
    """A block of the page rendered once more: the title is both `<title>` and `<h1>`."""
    block = context.render_context[BLOCK_CONTEXT_KEY].get_block(name)
    return block.render(context) if block else ""


# --- Forms


CHECKS = (forms.CheckboxInput, forms.RadioSelect, forms.CheckboxSelectMultiple)


@register.filter
def field_kind(field: BoundField) -> str:
    """How the field is laid out: `check` (one box, its label after it), `group` (several), or `input`."""
    widget = field.field.widget
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    return "group" if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)) else "input"


@register.filter
def options(field: BoundField) -> list[BoundWidget]:
    """The single boxes of a group of them, each with the class that makes it look like one."""
    for box in field.subwidgets:
        box.data["attrs"]["class"] = "form-check-input"
    return field.subwidgets


@register.simple_tag
def widget(field: BoundField, **attrs: Any) -> SafeString:
    """The field's control with the class of its kind; more attributes with `_` for `-`."""
    control = field.field.widget
    if isinstance(control, CHECKS):
        cls = "form-check-input"
    else:
        cls = "form-select" if isinstance(control, forms.Select) else "form-control"
    if field.errors:
        cls += " is-invalid"
    given = control.attrs.get("class", "")
    extra = {key.replace("_", "-"): value for key, value in attrs.items()}
    return field.as_widget(quick(control), attrs={"class": f"{cls} {given}".strip(), **extra})


# --- The candidates' side


@register.simple_tag
def brand_link(organisation: Any) -> SafeString | str:
    """The link to the style sheet of the organisation's colour; nothing for no organisation."""
    value = getattr(organisation, "colour", "")
    if not value:
        return ""
    digits = "{:02x}{:02x}{:02x}".format(*colour.parse(value))
    return format_html('<link rel="stylesheet" href="/brand/{}.css">', digits)


@register.filter
def lines(text: Any) -> SafeString:
    """Plain text as it was written: paragraphs and line breaks kept, everything else escaped."""
    paragraphs = [p for p in str(text or "").replace("\r\n", "\n").split("\n\n") if p.strip()]
    made = ("<p>" + conditional_escape(p.strip()).replace("\n", "<br>") + "</p>" for p in paragraphs)
    return SafeString("\n".join(made))


@register.filter
def quoted(text: Any) -> str:
    """In the quotation marks of the reader's language."""
    return kept.quoted(text)


@register.filter
def retold(text: Any) -> str:
    """What a row keeps in English, in the reader's language (`ats.kernel.kept`); what a person wrote as it is."""
    return kept.retold(str(text or ""))
