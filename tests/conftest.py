"""The cast of bekal/conftest.py plays here too."""

from bekal.conftest import *  # noqa: F403
