"""docs/STYLE.md, as far as a program can hold it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "bekal"
SOURCES = sorted(p for p in HOUSE.rglob("*.py") if "migrations" not in p.parts and "tests" not in p.parts)
TEMPLATES = sorted(HOUSE.rglob("templates/**/*.html"))


def _named(*names: str) -> list[Path]:
    """Files of that name, and files in a folder of that name."""
    return [p for p in SOURCES if p.name in {f"{n}.py" for n in names} or p.parent.name in names]


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _said(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def test_a_file_is_named_for_what_it_holds() -> None:
    vague = {"utils.py", "helpers.py", "common.py", "misc.py", "util.py", "helper.py"}

    assert [str(p) for p in SOURCES if p.name in vague] == []


def test_no_file_has_grown_past_three_hundred_lines() -> None:
    long = [f"{p.relative_to(ROOT)} {n}" for p in SOURCES if (n := len(p.read_text().splitlines())) > 400]

    assert long == []


def _functions(path: Path) -> Iterator[ast.FunctionDef]:
    yield from (node for node in _tree(path).body if isinstance(node, ast.FunctionDef))


def test_rules_are_pure() -> None:
    forbidden = re.compile(r"timezone\.now|date\.today|datetime\.now|\.objects\b|settings\.|\brequest\b")
    imports = ("django.db.models.query", "django.conf", "django.http", "django.utils.timezone")
    wrong = []
    for path in _named("rules"):
        source = path.read_text()
        wrong += [f"{path.relative_to(ROOT)}: {found}" for found in forbidden.findall(source)]
        wrong += [f"{path.relative_to(ROOT)}: {name}" for name in imports if f"from {name}" in source]

    assert wrong == []


def test_time_is_given_not_taken_below_the_views() -> None:
    taken = re.compile(r"timezone\.now\(|date\.today\(|datetime\.now\(")
    wrong = [str(p.relative_to(ROOT)) for p in _named("operations", "queries", "rules") if taken.search(p.read_text())]

    assert wrong == []


def test_public_operations_are_keyword_only_and_atomic() -> None:
    wrong = []
    # The trail itself is written inside the transaction of whatever it records.
    for path in (path for path in _named("operations") if path.parent.name != "audit"):
        for function in _functions(path):
            writes = {arg.arg for arg in function.args.kwonlyargs} >= {"by", "at"}
            if function.name.startswith("_") or not writes:
                continue
            marks = [ast.unparse(mark) for mark in function.decorator_list]
            row = function.args.args
            if "transaction.atomic" not in marks:
                wrong.append(f"{_said(path, function)} {function.name} is not atomic")
            if len(row) > 1:
                wrong.append(f"{_said(path, function)} {function.name} takes more than its row by position")

    assert wrong == [], wrong


def test_views_neither_query_nor_save() -> None:
    wrong = []
    for path in _named("views", "public"):
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.Attribute) and node.attr in {"save", "delete", "bulk_create", "bulk_update"}:
                wrong.append(_said(path, node))

    assert wrong == []


def test_forms_never_save() -> None:
    wrong = [
        _said(path, node)
        for path in _named("forms")
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Attribute) and node.attr in {"save", "create", "bulk_create"}
    ]

    assert wrong == []


def test_no_signals_and_no_save_overrides() -> None:
    wrong = []
    for path in SOURCES:
        source = path.read_text()
        if "django.db.models.signals" in source or "django.dispatch" in source:
            wrong.append(f"{path.relative_to(ROOT)}: signals")
        if path in _named("models") and re.search(r"def (save|delete)\(", source):
            wrong.append(f"{path.relative_to(ROOT)}: save override")

    assert wrong == []


def test_a_row_says_no_name_of_itself() -> None:
    telling = re.compile(r"def __str__.*?return [^\n]*(full_name|self\.name|nik|register_number)", re.DOTALL)
    wrong = [str(p.relative_to(ROOT)) for p in _named("models") if telling.search(p.read_text())]

    assert wrong == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda p: str(p.relative_to(HOUSE)))
def test_a_page_loads_nothing_from_elsewhere_and_nothing_inline(path: Path) -> None:
    source = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)

    assert not re.search(r"(src|href|action)=[\"']?(https?:)?//", source)
    assert not re.search(r"<[^>]*\sstyle=", source)
    assert not re.search(r"<script(?![^>]*\ssrc=)[^>]*>", source)
    assert not re.search(r"\son[a-z]+=[\"']", source)
    assert "<style" not in source


def test_each_app_says_what_question_it_answers() -> None:
    apps = {p.parent for name in ("models", "models.py") for p in HOUSE.rglob(name)}

    assert [str(app.relative_to(ROOT)) for app in sorted(apps) if not (app / "README.md").exists()] == []


def test_nothing_names_this_machine_or_a_registry() -> None:
    telling = re.compile(r"/work/|pypi\.org|registry\.npmjs|/root/|\.pyenv")
    # A checkout beside another one has a file `.git` that says where it lies.
    kept = [p for p in ROOT.glob("*") if p.is_file() and p.name != ".git"]
    for folder in ("bekal", "scripts", "requirements", "docs", "reference", "benchmarks", "tests"):
        kept += [p for p in (ROOT / folder).rglob("*") if p.is_file() and "__pycache__" not in p.parts]
    wrong = []
    for path in kept:
        if path == Path(__file__) or "built" in path.parts or path.stat().st_size > 2_000_000:
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        wrong += [f"{path.relative_to(ROOT)}: {found}" for found in telling.findall(text)]

    assert wrong == []


def test_each_decision_has_a_number_of_its_own_and_says_it() -> None:
    written = sorted((ROOT / "docs" / "adr").glob("*.md"))
    numbers = [int(path.name[:4]) for path in written]

    assert numbers == list(range(1, len(numbers) + 1))
    assert [
        path.name for path in written if not path.read_text(encoding="utf-8").startswith(f"# {int(path.name[:4])}. ")
    ] == []
