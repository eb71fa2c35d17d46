"""Django's tags for texts, whose words are looked up once, when the template is compiled.

A text that needs nothing of the page stands in it; another is filled. A template builtin behind Django's own. A page
has hundreds of texts: looked up at every showing they would cost more than all its other tags. Only where the loader
compiles a template for each language (`ats.web.loader`) can a text stand in it as it is said; in any other template,
such as one of a test, Django's own node remains.
"""

from typing import Any

from django.template import Context, Library, Node, TemplateSyntaxError
from django.template.base import (
    FilterExpression,
    Parser,
    TextNode,
    Token,
    Variable,
    render_value_in_context,
)
from django.templatetags import i18n
from django.utils import translation
from django.utils.safestring import SafeString

register = Library()
MOST_COUNTS = 500
"""For so many different numbers the words are kept."""


def _folds(parser: Parser) -> bool:
    """Whether what is compiled is shown in the language of now, and in no other."""
    language = getattr(parser.origin, "language", None)
    return language is not None and language == translation.get_language()


def _constant(expression: FilterExpression | None) -> bool:
    """Whether it is words that stand there, as they are."""
    if expression is None:
        return True
    said = expression.var.literal if isinstance(expression.var, Variable) else expression.var
    return isinstance(said, str) and not expression.filters


class Named(Node):
    """A text that the page calls by a name."""

    def __init__(self, name: str, said: str) -> None:
        self._name, self._said = name, said

    def render(self, context: Context) -> str:
        context[self._name] = self._said
        return ""


class Filled(i18n.BlockTranslateNode):
    """Django's node with its words at hand; only what they are filled with is asked of the page."""

    def __init__(self, node: i18n.BlockTranslateNode) -> None:
        vars(self).update(vars(node))
        about = self.message_context
        self._about = str(about.resolve(Context())) if about else ""
        self._one, names = self.render_token_list(self.singular)
        self._several, more = self.render_token_list(self.plural or [])
        self._names = tuple(dict.fromkeys([*names, *more]))
        self._by_count: dict[int, str] = {}
        self._words = self._looked_up(1)

    @property
    def needs_nothing(self) -> bool:
        return not (self._names or self.extra_context or self.countervar or self.asvar)

    def render(self, context: Context, nested: bool = False) -> SafeString | str:
        given = {name: value.resolve(context) for name, value in self.extra_context.items()}
        words = self._words
        if self.counter is not None and self.countervar is not None:
            count = given[self.countervar] = self.counter.resolve(context)
            if not isinstance(count, int):
                return super().render(context, nested)
            words = self._for(count)
        try:
            said = words % {name: self._shown(name, given, context) for name in self._names}
        except (KeyError, ValueError):  # a translation that holds other marks than the text
            return super().render(context, nested)
        if not self.asvar:
            return said
        context[self.asvar] = SafeString(said)
        return ""

    def _for(self, count: int) -> str:
        words = self._by_count.get(count)
        if words is None:
            words = self._looked_up(count)
            if 0 <= count < MOST_COUNTS:
                self._by_count[count] = words
        return words

    def _looked_up(self, count: int) -> str:
        if self._several:
            if self._about:
                return translation.npgettext(self._about, self._one, self._several, count)
            return translation.ngettext(self._one, self._several, count)
        return translation.pgettext(self._about, self._one) if self._about else translation.gettext(self._one)

    def _shown(self, name: str, given: dict[str, Any], context: Context) -> str:
        if name in given:
            value = given[name]
        elif name in context:
            value = context[name]
        else:
            assert context.template is not None
            missing = context.template.engine.string_if_invalid
            value = missing % name if "%s" in missing else missing
        return render_value_in_context(value, context)


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> Node:
    node = i18n.do_translate(parser, token)
    constant = _constant(node.filter_expression) and _constant(node.message_context)
    if not constant or not _folds(parser):
        return node
    page = Context()
    said = node.render(page)
    return Named(node.asvar, page[node.asvar]) if node.asvar else TextNode(said)


@register.tag("blocktranslate")
@register.tag("blocktrans")
def blocktranslate(parser: Parser, token: Token) -> Node:
    node = i18n.do_block_translate(parser, token)
    if not _constant(node.message_context) or not _folds(parser):
        return node
    filled = Filled(node)
    if filled.needs_nothing:
        return TextNode(filled.render(Context()))
    return filled


@register.tag("language")
def language(parser: Parser, token: Token) -> Node:
    """Refused: a template is compiled for one language, and what it includes is found once for the whole page."""
    raise TemplateSyntaxError("Render what is in another language by itself, inside `speaking(...)`.")
