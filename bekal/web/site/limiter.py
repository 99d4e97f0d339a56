"""Thirty visits a minute from one address, then a pause: codes cannot be tried out by the thousand.

Of an IPv6 address the network counts, the first 64 bits: one household has the rest of them to choose from.
"""

import hashlib
import hmac
import ipaddress
import secrets
from datetime import UTC, datetime

from django.db import connection

from bekal.web.site.models import DaySecret, Tally

VISITS_A_MINUTE = 30

_COUNT = """
insert into site_tally (visitor, minute, count) values (%s, %s, 1)
on conflict (visitor, minute) do update set count = site_tally.count + 1 returning count
"""


def is_too_often(address: str, *, at: datetime) -> bool:
    """Count a visit, and say whether this address has had its share of the minute."""
    visitor = hmac.digest(_secret_of_day(at), _neighbourhood(address).encode(), hashlib.sha256)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [visitor, at.replace(second=0, microsecond=0)])
        return int(cursor.fetchone()[0]) > VISITS_A_MINUTE


def _neighbourhood(address: str) -> str:
    return str(ipaddress.ip_network((address, 64), strict=False)) if ":" in address else address


def _secret_of_day(at: datetime) -> bytes:
    """Today's secret. The first visit of a day makes it, and forgets the days before with all their tallies."""
    today = at.astimezone(UTC).date()
    found = DaySecret.objects.filter(day=today).first()
    if found is None:
        DaySecret.objects.bulk_create([DaySecret(day=today, secret=secrets.token_bytes(32))], ignore_conflicts=True)
        DaySecret.objects.filter(day__lt=today).delete()
        Tally.objects.filter(minute__lt=datetime(today.year, today.month, today.day, tzinfo=UTC)).delete()
        found = DaySecret.objects.get(day=today)
    return bytes(found.secret)
