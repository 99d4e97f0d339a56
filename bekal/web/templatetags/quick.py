"""Django's own `translate` and `url`, without asking the same thing fifty times a page. In every template without loading."""

from typing import Any
from uuid import UUID

from django import template
from django.template.base import Parser, Token, Variable
from django.template.context import Context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as parsed_url
from django.templatetags.i18n import TranslateNode, do_translate
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from bekal.foundation.core.paths import path_to

register = template.Library()


class SaidOnce(template.Node):
    """A sentence that stands in the template as it is: looked up once in each language."""

    child_nodelists = ()

    def __init__(self, node: TranslateNode) -> None:
        self.node = node
        self.said: dict[str | None, SafeString] = {}

    def render(self, context: Context) -> SafeString:
        language = get_language()
        said = self.said.get(language)
        if said is None:
            said = self.said[language] = SafeString(self.node.render(context))
        return said


@register.tag
def translate(parser: Parser, token: Token) -> template.Node:
    """`{% translate "…" %}`; where the sentence depends on nothing but the language, it is kept."""
    node = do_translate(parser, token)
    told = node.filter_expression
    is_plain = isinstance(told.var, Variable) and told.var.literal is not None and not told.filters
    return SaidOnce(node) if is_plain and not (node.asvar or node.message_context or node.noop) else node


class Way(template.Node):
    """A link to a page of the house whose arguments are public ids."""

    child_nodelists = ()

    def __init__(self, node: URLNode) -> None:
        self.node = node

    def render(self, context: Context) -> str:
        node = self.node
        arguments: list[Any] = [argument.resolve(context) for argument in node.args]
        if not all(isinstance(argument, UUID) for argument in arguments):
            return str(node.render(context))
        return path_to(node.view_name.resolve(context), *arguments)


@register.tag
def url(parser: Parser, token: Token) -> template.Node:
    """`{% url "app:page" row.public_id %}`."""
    node = parsed_url(parser, token)
    # With `as`, a page that does not exist is nothing; Django's own tag knows that.
    return node if node.kwargs or node.asvar else Way(node)
