"""One settings file. Everything that differs between machines comes from the environment.

DATABASE_URL      sqlite:////path or postgres://…; default var/tym.sqlite3
TYM_SECRET_KEY    else the file var/secret_key, which `make setup` creates
TYM_ALLOWED_HOSTS comma separated; default this machine only
TYM_PLAIN_HTTP    1 on a laptop without TLS; never in production
TYM_DEBUG         1 for `make dev`
EMAIL_URL         smtp+tls://…; default prints to the console
TYM_SEAL_KEY, TYM_SEAL_CERT   PEM files of the seal; default in var/, made by `manage.py seal_certificate`
TYM_TIMESTAMP_URL time-stamp service (RFC 3161) for the seal; default none
TYM_SIGNING_ROOTS comma separated files of certificates whose signatures are told to be trusted
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"
env = environ.Env()

DEBUG = env.bool("TYM_DEBUG", default=False)
PLAIN_HTTP = env.bool("TYM_PLAIN_HTTP", default=False)
ALLOWED_HOSTS = env.list("TYM_ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])


def secret_key() -> str:
    """The signing key, from the environment or the machine's own key file."""
    key_file = VAR_DIR / "secret_key"
    key = env.str("TYM_SECRET_KEY", default="") or (key_file.read_text().strip() if key_file.exists() else "")
    if not key:
        raise ImproperlyConfigured("Set TYM_SECRET_KEY, or run `make setup`, which writes var/secret_key.")
    return key


SECRET_KEY = secret_key()

INSTALLED_APPS = [
    "tym.desk",
    "registry",
    "costs",
    "staffing",
    "steering",
    "agreements",
    "tym.accounts",
    "tym.core",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "simple_history",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "tym.core.middleware.response_headers",
    "tym.core.middleware.get_never_writes",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tym.core.middleware.refusals",
]

ROOT_URLCONF = "tym.urls"
WSGI_APPLICATION = "tym.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "tym.core.forms.TymRenderer"

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'tym.sqlite3'}")}
DATABASES["default"]["ATOMIC_REQUESTS"] = False
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE: a transaction that reads and then writes would otherwise fail when another writer comes between.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # recursive_triggers: without it INSERT OR REPLACE would pass the guards against deleting.
        # secure_delete: bytes of a destroyed file are overwritten, not left on free pages.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA recursive_triggers=ON; "
        "PRAGMA secure_delete=ON;",
    }
    # Threads of the concurrency tests need a database that is a file.
    DATABASES["default"]["TEST"] = {"NAME": env.str("TYM_TEST_SQLITE", default=str(VAR_DIR / "test.sqlite3"))}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Rate limits of sign-in and feedback count in here; it is shared by every process.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "tym_cache",
        # What was pressed within the hour is remembered here (tym/core/once.py); the default of 300 drops it too soon.
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {"NAME": "tym.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "agreements:agreement_list"
ACCOUNT_ADAPTER = "tym.accounts.adapter.ClosedSignUp"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_RATE_LIMITS = {"login_failed": "5/5m/key,20/5m/ip"}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# A stranger's address gets no mail that invites to sign up.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TYM_PROXY_COUNT", default=0)

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
# Messages in a cookie: a page that shows one must not write to the session.
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

if not PLAIN_HTTP:
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
CSRF_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        # The sums of Annex 2 are asked for while one writes.
        "connect-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

LANGUAGE_CODE = "fi"
LANGUAGES = [("fi", _("Finnish"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Helsinki"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "tym.core.uploads.NotTooLarge",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
# Annex 2 with 500 new rows of ten fields in the place of 500 old ones fits; a flood of fields does not.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 12000

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
# Mails leave while a person waits for her page; a silent mail server is told to her as a failure.
EMAIL_TIMEOUT = 10

TYM_SEAL_KEY = env.str("TYM_SEAL_KEY", default=str(VAR_DIR / "seal.key"))
TYM_SEAL_CERT = env.str("TYM_SEAL_CERT", default=str(VAR_DIR / "seal.pem"))
TYM_TIMESTAMP_URL = env.str("TYM_TIMESTAMP_URL", default="")
TYM_SIGNING_ROOTS = env.list("TYM_SIGNING_ROOTS", default=[])

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
