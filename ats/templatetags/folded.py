"""Django's tags for texts, with those that need nothing of the page said once, when the template is compiled.

A template builtin behind Django's own. A page has hundreds of such texts: looked up at every showing they would cost
more than all its other tags. Only where the loader compiles a template for each language (`ats.web.loader`) can a text
stand in it as it is said; in any other template, such as one of a test, Django's own node remains.
"""

from django.template import Context, Library, Node, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, TextNode, Token, Variable
from django.templatetags import i18n
from django.utils import translation

register = Library()


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


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> Node:
    node = i18n.do_translate(parser, token)
    constant = _constant(node.filter_expression) and _constant(node.message_context)
    if not constant or node.asvar or not _folds(parser):
        return node
    return TextNode(node.render(Context()))


@register.tag("blocktranslate")
@register.tag("blocktrans")
def blocktranslate(parser: Parser, token: Token) -> Node:
    node = i18n.do_block_translate(parser, token)
    given = node.extra_context or node.countervar or node.asvar
    if given or not _constant(node.message_context) or not _folds(parser):
        return node
    words, names = node.render_token_list(node.singular)
    if names:
        return node
    if node.message_context:
        said = translation.pgettext(str(node.message_context.resolve(Context())), words)
    else:
        said = translation.gettext(words)
    return TextNode(said % {})


@register.tag("language")
def language(parser: Parser, token: Token) -> Node:
    """Refused: a template is compiled for one language, and what it includes is found once for the whole page."""
    raise TemplateSyntaxError("Render what is in another language by itself, inside `speaking(...)`.")
