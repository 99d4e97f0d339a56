"""No sentence reaches a reader untranslated: every text of a page is a message id, or of the few words that both languages share.

Outside this: papers and commands, which are Indonesian for everybody, and what is written for those who build.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.test_house import HOUSE, SOURCES, TEMPLATES

# Names and abbreviations of both languages, and the name of each language in itself.
SAME = set("Bekal NIK NIP XLSX CSV PDF DOCX JP TPP UPT SK PIN QR Plt H T A P English Indonesia".split())
SPEAKING = r"(?:title|alt|aria-label|placeholder|data-label|label|heading|legend|note|why|what)"
TRANSLATED = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "gettext_noop"}
WORDS = re.compile(
    r"\b(?:the|is|are|was|of|and|with|for|this|that|not|has|have|from|yet|who|"
    r"yang|dan|belum|tidak|untuk|dengan|dari|sudah|pada|oleh|ini|itu|akan|dapat|atau|ada|bila)\b",
    re.IGNORECASE,
)
# What speaks to the terminal or prints papers, in Indonesian whoever reads; what speaks to builders, in English.
APART = (
    "/management/",
    "/embedded/",
    "/demo/",
    "/documents.py",
    "/documents/",
    "/ceremonies/rules/drafting.py",
    "/ceremonies/rules/script.py",
    "/network/",
    "/foundation/keeping/",
    "/certificates/verdicts.py",
    "/audit/chain.py",
)
BUILDERS = ("/core/kept.py", "/core/moves.py", "/core/row_security.py", "/papers/drawn_pdf.py")


def _texts(source: str) -> Iterator[str]:
    """What a template shows literally: text between tags, and attributes that speak."""
    source = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", source, flags=re.DOTALL)
    source = re.sub(r"{% blocktrans(?:late)?\b.*?{% endblocktrans(?:late)? %}", "", source, flags=re.DOTALL)
    source = re.sub(r"{%.*?%}|{{.*?}}", "\0", source, flags=re.DOTALL)
    for tag in re.findall(r"<[^>]*>", source, flags=re.DOTALL):
        yield from re.findall(rf'\s{SPEAKING}="([^"]*)"', tag)
    yield from re.sub(r"<[^>]*>", "\n", source, flags=re.DOTALL).replace("\0", "\n").split("\n")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(HOUSE)))
def test_a_template_says_nothing_untranslated(path: Path) -> None:
    wrong = []
    for text in _texts(re.sub(r"&\w+;", " ", path.read_text(encoding="utf-8"))):
        wrong += [text.strip()] if any(word not in SAME for word in re.findall(r"[^\W\d_]{2,}", text)) else []

    assert wrong == []


def _sentences(tree: ast.Module) -> Iterator[ast.Constant]:
    """Literal strings that are sentences to somebody: not docstrings, not translated, not what only a builder reads."""
    aside: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in TRANSLATED | {"execute", "RunSQL", "Rows", "compile", "RegexValidator"} or _speaks_to_builders(
                name
            ):
                aside |= {id(child) for child in ast.walk(node)}
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            aside.add(id(node.value))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in aside:
            yield node


def _speaks_to_builders(call: str) -> bool:
    return call in {"error", "warning", "info", "debug", "CommandError", "add_argument"} or (
        call.endswith("Error") or call in {"Exception", "ImproperlyConfigured"}
    )


def test_python_says_nothing_untranslated() -> None:
    wrong = []
    for path in SOURCES:
        if any(part in f"/{path.relative_to(HOUSE).as_posix()}" for part in APART + BUILDERS):
            continue
        for node in _sentences(ast.parse(path.read_text(encoding="utf-8"))):
            if len(WORDS.findall(node.value)) > 1 and " " in node.value:
                wrong.append(f"{path.relative_to(HOUSE)}:{node.lineno} {node.value[:70]!r}")

    assert not wrong, "Put it in _(…), or name the file in APART if it speaks to the terminal:\n" + "\n".join(wrong)


def test_no_translation_brings_markup_that_its_sentence_has_not() -> None:
    """Translations are not escaped where a template shows them: what stands in them is trusted like a template."""
    wrong = []
    for part in sorted(HOUSE.rglob("*.po")):
        pairs = re.findall(r'^msgid (".+?")\nmsgstr(?:\[0\])? (".+?")$', part.read_text(encoding="utf-8"), re.MULTILINE)
        wrong += [
            said for text, said in pairs if sorted(re.findall(r"[<>&]", said)) != sorted(re.findall(r"[<>&]", text))
        ]

    assert wrong == []
