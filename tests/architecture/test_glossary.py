"""One thing has one word: docs/glossary.md has every table by its name, docs/codes.md every code by the word on the screen."""

import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

from tests.architecture.test_house import HOUSE, ROOT

GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")


def _tables() -> list[type[models.Model]]:
    """Every table of ours; the histories beneath them have no name of their own."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("bekal.")]
    return [model for model in ours if "pgh_id" not in {field.name for field in model._meta.get_fields()}]


@pytest.mark.parametrize("table", _tables(), ids=lambda table: table.__name__)
def test_every_table_has_its_word(table: type[models.Model]) -> None:
    assert f"`{table.__name__}`" in GLOSSARY


def test_every_app_with_tables_has_its_section() -> None:
    sections = re.findall(r"^## (.+)$", GLOSSARY, re.MULTILINE)
    models_of = {path.parent if path.name == "models.py" else path for path in HOUSE.rglob("models*")}
    named = {folder.parent.name if folder.name == "models" else folder.name for folder in models_of if folder.is_dir()}

    assert {app for app in named - {"site", "tests"} if not any(app in section for section in sections)} == set()


def test_the_page_of_codes_is_that_of_today() -> None:
    call_command("codes", check=True)
