"""The foot of a list: by which doors it leaves the house. In every template without loading."""

from typing import Any

from django import template
from django.urls import reverse

register = template.Library()


@register.inclusion_tag("parts/outgoing.html")
def outgoing(name: str, *arguments: Any, query: str = "") -> dict[str, str]:
    """Links to print the whole list and to take it along; `name` is a path whose last argument is the form.

    `query` is the filter as it stands in the address, so that what leaves is what is shown.
    """
    tail = f"?{query}" if query else ""
    return {form: reverse(name, args=[*arguments, form]) + tail for form in ("pdf", "xlsx", "csv")}
