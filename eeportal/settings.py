"""Settings, driven by the environment; without any variable they make a demo for one machine.

EEPORTAL_ENV=production refuses to start with a debug mode, a default secret, plain HTTP, or the demo's mailbox
and accounts. docs/operations.md lists every variable.
"""

from pathlib import Path

import csp.constants as source
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from eeportal.environment import Environment, database, replica

env = Environment()

BASE_DIR = Path(__file__).resolve().parent.parent
DEVELOPMENT_SECRET = "for-development-only-" + "never-for-production" * 2
DEVELOPMENT_HOSTS = "localhost,127.0.0.1,[::1]"

ENVIRONMENT = env.text("EEPORTAL_ENV", "development")
if ENVIRONMENT not in {"development", "production"}:
    raise ImproperlyConfigured(f"EEPORTAL_ENV is {ENVIRONMENT!r}. Set it to development or production.")
PRODUCTION = ENVIRONMENT == "production"

DEBUG = env.flag("EEPORTAL_DEBUG", False)
DEMO = env.flag("EEPORTAL_DEMO", not PRODUCTION)  # the demo's accounts, and a page that shows all e-mail
SECRET_KEY = env.text("EEPORTAL_SECRET_KEY", DEVELOPMENT_SECRET)
ALLOWED_HOSTS = env.words("EEPORTAL_HOSTS", "" if PRODUCTION else DEVELOPMENT_HOSTS)
CSRF_TRUSTED_ORIGINS = env.words("EEPORTAL_ORIGINS")
# How links in e-mail begin.
EEPORTAL_BASE_URL = env.text("EEPORTAL_BASE_URL", "http://localhost:8000").rstrip("/")
# A round is confirmed and run by another officer than the one who planned it.
EEPORTAL_FOUR_EYES = env.flag("EEPORTAL_FOUR_EYES", not DEMO)
# How many days before its time a recurring plan's round is planned, for a second officer to confirm it.
EEPORTAL_PLAN_AHEAD_DAYS = env.number("EEPORTAL_PLAN_AHEAD_DAYS", 14)
EEPORTAL_MAIL_DOMAIN = env.text("EEPORTAL_MAIL_DOMAIN", "localhost")
DATABASE_URL = env.text("DATABASE_URL", "postgresql://localhost/eeportal")
DATABASE_REPLICA_URL = env.text("DATABASE_REPLICA_URL")  # a streaming replica, for the public pages
EEPORTAL_REPLICA_LAG = env.number("EEPORTAL_REPLICA_LAG", 60)  # seconds it may be behind
REDIS_URL = env.text("REDIS_URL")
PARTNER_URL = env.text("EEPORTAL_PARTNER_URL").rstrip(
    "/"
)  # the simulated sign-in partner, as browsers find it
PARTNER_BACK_CHANNEL = env.text("EEPORTAL_PARTNER_BACK_CHANNEL", PARTNER_URL).rstrip(
    "/"
)  # as this process does
PARTNER_STATE = env.text("EEPORTAL_PARTNER_STATE")  # the folder in which it shares a secret with the portal

# Numbers for Prometheus, told to whoever has the token; a worker tells its own on a port of its own.
EEPORTAL_METRICS_TOKEN = env.text("EEPORTAL_METRICS_TOKEN")
EEPORTAL_METRICS_PORT = env.number("EEPORTAL_METRICS_PORT", 0)
# The folder in which the processes of one machine add up theirs.
EEPORTAL_METRICS_SHARED = bool(env.text("PROMETHEUS_MULTIPROC_DIR"))

if PRODUCTION:
    refused = {
        "EEPORTAL_DEBUG must be off: debug pages show the data of whoever met an error.": DEBUG,
        "EEPORTAL_DEMO must be off: the demo's accounts and mailbox are open to everybody.": DEMO,
        "EEPORTAL_PARTNER_URL must be unset: anybody can open an account with the simulated partner.": (
            bool(PARTNER_URL)
        ),
        "EEPORTAL_SECRET_KEY must be set to a secret of your own, of 50 characters or more.": (
            SECRET_KEY == DEVELOPMENT_SECRET or len(SECRET_KEY) < 50
        ),
        "EEPORTAL_HOSTS must name the hosts that the portal answers to.": not ALLOWED_HOSTS,
        "EEPORTAL_BASE_URL must be the portal's public address and begin with https://: links in e-mail hold it.": (
            not EEPORTAL_BASE_URL.startswith("https://")
        ),
        "EEPORTAL_METRICS_TOKEN must be a secret of your own, of 32 characters or more, or unset.": (
            0 < len(EEPORTAL_METRICS_TOKEN) < 32
        ),
        "DATABASE_URL must name the PostgreSQL database.": not env.text("DATABASE_URL"),
        "REDIS_URL must name the Redis or Valkey server.": not REDIS_URL,
        "EEPORTAL_EMAIL_HOST must name the mail server.": not env.text("EEPORTAL_EMAIL_HOST"),
    }
    for sentence, broken in refused.items():
        if broken:
            raise ImproperlyConfigured(f"Not fit for production: {sentence}")

# Parts

INSTALLED_APPS = [
    "eeportal.apps.PortalConfig",
    "guide",
    "simulation",
    "draws",
    "profiles",
    "eligibility",
    "accounts",
    "lifecycle",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "accounts.desk.desk_config.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
]
MIDDLEWARE = [
    # The first five put their headers on every answer, so nothing that answers may stand before them.
    "eeportal.tracing.RequestMiddleware",
    "eeportal.headers.PrivacyHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "eeportal.machines.MachinesMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.locale.LocaleMiddleware",  # first, so that a refusal at the door is in the right language
    "eeportal.doorman.DoormanMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.signed_in.session_middleware.SessionsMiddleware",
    "lifecycle.middleware.PortalClockMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.joining.onboarding.OnboardingMiddleware",
    "eeportal.refusals.MethodPageMiddleware",
    "eeportal.replica.ReplicaMiddleware",  # makes pages itself, so nothing that looks at views may come after it
]
ROOT_URLCONF = "eeportal.urls"
WSGI_APPLICATION = "eeportal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
FORM_RENDERER = "eeportal.rendering.PortalFormRenderer"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Data, cache, jobs

DATABASES = {"default": database(DATABASE_URL)}
if DATABASE_REPLICA_URL:
    DATABASES["replica"] = replica(DATABASE_REPLICA_URL)
DATABASE_ROUTERS = ["eeportal.replica.PublicPagesRouter"]
SESSION_ENGINE = "accounts.signed_in.session_store"

if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "KEY_PREFIX": "eeportal",
            "OPTIONS": {"socket_timeout": 2, "socket_connect_timeout": 2},
        },
    }
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {"visibility_timeout": 60, "socket_timeout": 5, "socket_connect_timeout": 2} if REDIS_URL else {}
)
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_max": 0.2}
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = env.number("EEPORTAL_WORKER_THREADS", 2)
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_REDIRECT_STDOUTS = False
CELERY_BEAT_MAX_LOOP_INTERVAL = 5
CELERY_TIMEZONE = "UTC"

# People

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.desk.roles.RoleBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 8},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "accounts.joining.passwords.NoPieceOfTheUsername"},
]
MFA_ADAPTER = "accounts.factors.mfa_adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_RECOVERY_CODE_COUNT = 5
SOCIALACCOUNT_ADAPTER = "accounts.joining.openid.PartnerAdapter"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {"provider_class": "accounts.joining.openid.InstitutionProvider"}
}
SOCIALACCOUNT_EMAIL_REQUIRED = False
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"  # a partner tells no address; the account details ask for one
SOCIALACCOUNT_REQUESTS_TIMEOUT = 3
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_RATE_LIMITS = False  # allauth's are inexact under load; accounts.limiting.limits counts instead
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"

EMAIL_BACKEND = "simulation.mailbox.DemoMailbox" if DEMO else "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("EEPORTAL_EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EEPORTAL_EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("EEPORTAL_EMAIL_USER")
EMAIL_HOST_PASSWORD = env.text("EEPORTAL_EMAIL_PASSWORD")
EMAIL_USE_TLS = env.flag("EEPORTAL_EMAIL_TLS", True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("EEPORTAL_EMAIL_FROM", f"portal@{EEPORTAL_MAIL_DOMAIN}")

# Languages, instants

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# Files

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = env.text("EEPORTAL_STATIC_ROOT", str(BASE_DIR / "staticfiles") if PRODUCTION else "") or None
STATIC_STORAGE = (
    "whitenoise.storage.CompressedManifestStaticFilesStorage"
    if PRODUCTION
    else "django.contrib.staticfiles.storage.StaticFilesStorage"
)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": STATIC_STORAGE},
}
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = DEBUG

# Security

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [source.NONE],
        "style-src": [source.SELF],
        "script-src": [source.SELF],
        "img-src": [source.SELF],
        "font-src": [source.SELF],
        "connect-src": [source.SELF],
        "form-action": [source.SELF],
        "object-src": [source.NONE],
        "base-uri": [source.NONE],
        "frame-ancestors": [source.NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]  # asked from inside, where no proxy speaks TLS
BEHIND_PROXY = env.flag("EEPORTAL_BEHIND_PROXY", False)
EEPORTAL_PROXIES = env.number("EEPORTAL_PROXIES", 1) if BEHIND_PROXY else 0  # how many add to X-Forwarded-For
if BEHIND_PROXY and EEPORTAL_PROXIES < 1:
    raise ImproperlyConfigured("EEPORTAL_PROXIES is less than 1. Set it to the number of proxies in front.")
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# Browsers refuse the prefix __Host- on a cookie that another host or a plain connection could have set. Development
# speaks plain HTTP, on which neither the prefix nor Secure nor HSTS works: only there are they left out.
COOKIE_PREFIX = "__Host-" if PRODUCTION else "eeportal_"
SESSION_COOKIE_NAME = COOKIE_PREFIX + "session"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = COOKIE_PREFIX + "csrf"
CSRF_COOKIE_AGE = None
CSRF_FAILURE_VIEW = "accounts.views.sessions.csrf_failure"
LANGUAGE_COOKIE_NAME = COOKIE_PREFIX + "language"
DEVICE_COOKIE_NAME = COOKIE_PREFIX + "device"
QUESTIONNAIRE_COOKIE_NAME = COOKIE_PREFIX + "questionnaire"
VISIT_COOKIES = [QUESTIONNAIRE_COOKIE_NAME]  # what a sign-out, or somebody else's sign-in, takes away
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PRODUCTION
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"

# What is written down: one line an event, never an error's own words, for these can quote a person's data.

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "lines": {"()": "eeportal.logs.LineFormatter"},
        "json": {"()": "eeportal.logs.JsonFormatter"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": env.text("EEPORTAL_LOG_FORMAT", "json" if PRODUCTION else "lines"),
        },
    },
    "root": {"handlers": ["stderr"], "level": env.text("EEPORTAL_LOG_LEVEL", "INFO").upper()},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "level": "INFO", "propagate": True},
        "celery.app.trace": {"level": "WARNING"},
        "celery.beat": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
    },
}
