"""Django's settings. Whatever differs between houses comes from the environment; scripts/setup fills it."""

import os
from pathlib import Path

from bekal.network.binding import binding

ROOT = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("BEKAL_DATA", ROOT / "var"))
REFERENCE = ROOT / "reference"

DEBUG = os.environ.get("BEKAL_DEBUG") == "1"
SECRET_KEY = os.environ.get("BEKAL_SECRET_KEY", "")
PUBLIC_URL = os.environ.get("BEKAL_PUBLIC_URL", "").rstrip("/")
PORT = int(os.environ.get("PORT", "8000"))
# Open to the office's network, always with TLS; ./run says by which names and addresses (scripts/door.py).
IS_OPEN = binding().is_open
LOCAL_URL = os.environ.get("BEKAL_LOCAL_URL") or f"http://localhost:{PORT}"


def _listed(name: str) -> list[str]:
    return [one.strip() for one in os.environ.get(name, "").split(",") if one.strip()]


def _as_host(name: str) -> str:
    """A name of the door as Django compares it: IPv6 in brackets, a wildcard as a leading dot."""
    return f"[{name}]" if ":" in name else name.removeprefix("*")


ALLOWED_HOSTS = [
    "localhost",
    "127.0.0.1",
    "[::1]",
    *map(_as_host, _listed("BEKAL_DOOR_NAMES")),
    *_listed("BEKAL_HOSTS"),
]
# What these say of the true client is believed; what others say of it is not.
TRUSTED_PROXIES = _listed("BEKAL_TRUSTED_PROXY")

INSTALLED_APPS = [
    "bekal.web",
    "bekal.web.desk",
    "bekal.web.guides",
    "bekal.web.site",
    "bekal.web.windows",
    "bekal.delivery.ceremonies",
    "bekal.delivery.certificates",
    "bekal.delivery.programmes",
    "bekal.people",
    "bekal.foundation.keeping",
    "bekal.foundation.papers",
    "bekal.foundation.jobs",
    "bekal.foundation.accounts",
    "bekal.foundation.facilities",
    "bekal.foundation.audit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "django_cotton",
    "django_htmx",
    "pghistory",
    "pgtrigger",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "bekal.foundation.core.true_client.TrueClientMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "bekal.foundation.accounts.middleware.PostingMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "bekal.urls"
WSGI_APPLICATION = "bekal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "bekal" / "web" / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django_cotton.cotton_loader.Loader",
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "bekal.web.templatetags.lists",
                "bekal.web.templatetags.quick",
                "bekal.web.templatetags.words",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "bekal.web.context.house",
            ],
        },
    }
]

# The application signs in as a role that owns nothing, so that row-level security holds. Migrations run as the owner.
APP_ROLE = os.environ.get("BEKAL_DB_APP", "bekal_app")
AS_OWNER = os.environ.get("BEKAL_AS") == "owner"
_ROLE = "BEKAL_DB_OWNER" if AS_OWNER else "BEKAL_DB_APP"
# A page says soon that the database is away, and the first one after its return finds it.
POOL = {"min_size": 1, "max_size": 8, "timeout": 5, "reconnect_timeout": 2}
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "HOST": os.environ.get("BEKAL_DB_HOST", ""),
        "PORT": os.environ.get("BEKAL_DB_PORT", ""),
        "NAME": os.environ.get("BEKAL_DB_NAME", "bekal"),
        "USER": os.environ.get(_ROLE, ""),
        "PASSWORD": os.environ.get(f"{_ROLE}_PASSWORD", ""),
        # After the database was started anew, connections of before are not handed out.
        "CONN_HEALTH_CHECKS": True,
        # Statements that read a whole page are planned once on each connection (core/together.py).
        "OPTIONS": {"prepare_threshold": 5} | ({"pool": POOL} if os.environ.get("BEKAL_DB_POOL") == "1" else {}),
    }
}
FORM_RENDERER = "bekal.web.forms.HouseRenderer"
# Shared by the workers of one PC: it counts wrong second factors.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": DATA / "cache"},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "bekal.foundation.accounts.backends.UsernameOrNipBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:desk"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "bekal.foundation.accounts.adapters.HouseAdapter"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
# Wrong second factors; wrong passwords are counted by axes.
ACCOUNT_RATE_LIMITS = {"login_failed": "10/5m/key"}
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "add_webauthn": "bekal.foundation.accounts.passkeys.AddPasskeyForm",
    "login_webauthn": "bekal.foundation.accounts.passkeys.PasskeySignInForm",
}
MFA_TOTP_ISSUER = "Bekal"
MFA_ADAPTER = "bekal.foundation.accounts.adapters.SecondFactorAdapter"
AXES_USERNAME_CALLABLE = "bekal.foundation.accounts.backends.counted_as"
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "bekal.foundation.accounts.views.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ACCESS_FAILURE_LOG = False
# Neither who came in nor what was typed at the door is kept in clear: people type passwords into the wrong field.
AXES_DISABLE_ACCESS_LOG = True
AXES_SENSITIVE_PARAMETERS = ["login", "username"]
AXES_VERBOSE = False
# Cookies are marked Secure wherever a request came by TLS (core/true_client.py).
SESSION_ENGINE = "bekal.foundation.accounts.sessions"
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "bekal.foundation.accounts.views.form_expired"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL else []

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Indonesia"), ("en", "English")]
LOCALE_PATHS = [ROOT / "bekal" / "web" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = ROOT / "build" / "static"
STATICFILES_DIRS = [ROOT / "bekal" / "web" / "static", ("panduan", ROOT / "docs" / "panduan" / "gambar")]
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA / "files"}},
    "staticfiles": {
        "BACKEND": os.environ.get("BEKAL_STATIC", "whitenoise.storage.CompressedManifestStaticFilesStorage")
    },
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        # Tabler's select arrows are data: pictures.
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
# Only with a certificate of an authority: where a browser insists on TLS, nobody can pass by a self-made one any more.
SECURE_HSTS_SECONDS = 30 * 24 * 60 * 60 if os.environ.get("BEKAL_HSTS") == "1" else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# A line of JSON each. Messages of errors may quote what was typed; the log keeps where it happened and a reference, not what.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "bekal.foundation.keeping.logs.JsonLines"}},
    "handlers": {"err": {"class": "bekal.foundation.keeping.logs.QuietHandler", "formatter": "lines"}},
    "root": {"handlers": ["err"], "level": "WARNING"},
    "loggers": {
        "django.request": {"level": "CRITICAL"},
        "django.security": {"level": "CRITICAL"},
        "axes": {"level": "ERROR"},
        # While the database starts anew, each try of the pool would fill the terminal.
        "psycopg.pool": {"level": "ERROR"},
        # It would print errors whole, and their text may quote a person; bekal.jobs says what matters.
        "procrastinate": {"level": "CRITICAL"},
    },
}

PROCRASTINATE_ON_APP_READY = None
SILENCED_SYSTEM_CHECKS = ["pghistory.W001"]

# What waits at the desks, said by each app; what stands on a person's thread, likewise. Explicit, and in their order.
BEKAL_DESK = [
    "bekal.foundation.keeping.waiting.waiting_for",
    "bekal.people.waiting.waiting_for",
    "bekal.delivery.programmes.waiting.waiting_for",
    "bekal.delivery.certificates.waiting.waiting_for",
    "bekal.delivery.ceremonies.waiting.waiting_for",
]
# Where a departure to another facility is written down: it ends parts in batches, so its page stands above people.
BEKAL_DEPARTURE = "programmes:transfer-depart"
# What operators look at, read-only, in this order.
BEKAL_WINDOWS = [
    "bekal.foundation.facilities.admin.FACILITIES",
    "bekal.foundation.accounts.admin.POSTINGS",
    "bekal.foundation.jobs.admin.JOBS",
    "bekal.foundation.audit.admin.EVENTS",
    "bekal.foundation.papers.admin.SERIES",
]
BEKAL_PERSON_PANELS = ["bekal.delivery.programmes.panels.panels_for", "bekal.people.panels.panels_for"]
BEKAL_THREAD = [
    "bekal.delivery.programmes.thread.stops_for",
    "bekal.delivery.certificates.thread.stops_for",
    "bekal.delivery.ceremonies.thread.stops_for",
]
