"""docs/states.md says what the rules say."""

from io import StringIO

from django.core.management import call_command


def test_the_page_of_states_is_current():
    call_command("diagrams", check=True, stdout=StringIO())
