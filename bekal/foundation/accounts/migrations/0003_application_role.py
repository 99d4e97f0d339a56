"""What the application's role may do in tables without policies."""

from django.conf import settings
from django.db import migrations

ROLE = settings.APP_ROLE

# Names that anyone in the house may know, and what sign-in must read before there is a scope.
READ_AND_WRITE = [
    "facilities_region",
    "facilities_facility",
    "accounts_user",
    "accounts_accessreset",
    "accounts_firstruntoken",
    "mfa_authenticator",
    "account_emailaddress",
    "account_emailconfirmation",
]
# No facts of the field: sessions, failed sign-ins, second factors that were reset, the queue of work.
ALSO_DELETE = [
    "django_session",
    "axes_accessattempt",
    "axes_accesslog",
    "axes_accessfailurelog",
    "axes_accessattemptexpiration",
    "mfa_authenticator",
    "procrastinate_jobs",
    "procrastinate_events",
    "procrastinate_periodic_defers",
    "procrastinate_workers",
]
READ_ONLY = ["django_migrations", "django_content_type", "auth_permission", "auth_group"]


def grant(apps, schema_editor):
    def have(names):
        known = set(schema_editor.connection.introspection.table_names())
        return ", ".join(name for name in names if name in known)

    schema_editor.execute(f"grant select, insert, update on {have(READ_AND_WRITE)} to {ROLE}")
    schema_editor.execute(f"grant select, insert, update, delete on {have(ALSO_DELETE)} to {ROLE}")
    schema_editor.execute(f"grant select on {have(READ_ONLY)} to {ROLE}")
    schema_editor.execute(f"grant usage, select on all sequences in schema public to {ROLE}")
    schema_editor.execute(f"alter default privileges in schema public grant usage, select on sequences to {ROLE}")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_row_security"),
        ("facilities", "0002_row_security"),
        ("account", "__latest__"),
        ("axes", "__latest__"),
        ("mfa", "__latest__"),
        ("procrastinate", "__latest__"),
        ("sessions", "__latest__"),
    ]
    operations = [migrations.RunPython(grant, migrations.RunPython.noop)]
