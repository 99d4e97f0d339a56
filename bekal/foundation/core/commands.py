"""What the commands of the house have in common: who acts, in which scope, and how the answer is printed."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand


class HouseCommand(BaseCommand):
    """A thin command. With `--json` its standard output holds one JSON object and nothing else."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", dest="as_json", help="print the answer as JSON")

    def answer(self, found: Any, *, as_json: bool, text: str) -> None:
        """Print the answer for a program or for a person."""
        self.stdout.write(json.dumps(found, ensure_ascii=False, default=str) if as_json else text)
