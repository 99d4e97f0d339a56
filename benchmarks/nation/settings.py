"""The product's settings with the floor's paths beside the product's."""

from bekal.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.nation.urls"
