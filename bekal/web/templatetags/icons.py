"""Drawings of the icons, as paths on a field of 24 by 24, drawn by us: plain strokes, one colour, that of the text beside them."""

from django import template

register = template.Library()

DRAWINGS = {
    "ahead": "M9 5l7 7-7 7",
    "back": "M15 5l-7 7 7 7",
    "day": "M5 6h14v14H5zM5 10h14M9 3v5M15 3v5",
    "done": "M4 12.5 9.5 18 20 6.5",
    "down": "M12 4v11m-5-4.5 5 5 5-5M5 20h14",
    "info": "M20.5 12a8.5 8.5 0 1 1-17 0 8.5 8.5 0 0 1 17 0zM12 11v5.5M12 7.6v.2",
    "lock": "M5.5 11h13v9h-13zM8.5 11V7.5a3.5 3.5 0 0 1 7 0V11",
    "look": "M12 4 2.8 20h18.4zM12 10v4.5M12 17.3v.2",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "not": "m6 6 12 12M18 6 6 18",
    "offline": "M3 3l18 18M5 12a10 10 0 0 1 4-2.4M19 12a10 10 0 0 0-5-2.7M8.5 15.5a5 5 0 0 1 6 0M12 19.4v.2",
    "open": "M5 12h14",
    "out": "M10 5H5v14h5M14 8l4 4-4 4M9 12h9",
    "paper": "M6 3h8l4 4v14H6zM14 3v4.5h4M9 12h6M9 16h6",
    "pen": "M4 20l1-4.5L16 4.5l3.5 3.5L8.5 19zM13.5 7l3.5 3.5",
    "people": "M12 8.5a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0zM2.5 20a6 6 0 0 1 12 0"
    "M15.5 5.3a3.5 3.5 0 0 1 0 6.4M18 14.8a6 6 0 0 1 3.5 5.2",
    "plus": "M12 5v14M5 12h14",
    "print": "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
    "search": "M16.5 10.5a6 6 0 1 1-12 0 6 6 0 0 1 12 0zM15 15l5.5 5.5",
    "time": "M20.5 12a8.5 8.5 0 1 1-17 0 8.5 8.5 0 0 1 17 0zM12 7v5.5l3.5 2",
    "undo": "M8.5 5 4 9.5 8.5 14M4 9.5h10a5.5 5.5 0 0 1 0 11H9",
    "up": "M12 15V4M7 9l5-5 5 5M5 20h14",
}


@register.filter
def drawing(name: str) -> str:
    """The path of an icon.

    Raises:
        KeyError: nobody has drawn an icon of that name.
    """
    return DRAWINGS[name]
