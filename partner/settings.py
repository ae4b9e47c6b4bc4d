"""Settings of the simulated sign-in partner, driven by the environment.

PARTNER_DATABASE_URL     its database; unless set, the one of DATABASE_URL with _partner added to its name
EEPORTAL_PARTNER_URL     where browsers find it, such as http://localhost:8001
EEPORTAL_PARTNER_STATE   the folder of its keys and of the secret that it shares with the portal
EEPORTAL_PARTNER_HOSTS   further host names that it answers to, such as its name among containers
EEPORTAL_BASE_URL        where the portal is
EEPORTAL_BEHIND_PROXY, EEPORTAL_PROXIES   as for the portal: how many proxies add to X-Forwarded-For
"""

from pathlib import Path
from urllib.parse import urlsplit

import csp.constants as source
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from eeportal.environment import Environment, database
from partner import keeping
from partner.addresses import OWN_DATABASE, PARTNER, PORTAL, PORTAL_DATABASE, beside, origins

env = Environment()

BASE_DIR = Path(__file__).resolve().parent.parent

if env.text("EEPORTAL_ENV", "development") != "development" or not env.flag("EEPORTAL_DEMO", True):
    raise ImproperlyConfigured(
        "The simulated sign-in partner is part of the demo: anybody can open an account with it, so it does not "
        "run in production or with EEPORTAL_DEMO off."
    )

DEBUG = False
SECRET_KEY = keeping.secret(keeping.SESSION_SECRET)
ALLOWED_HOSTS = [urlsplit(url).hostname or "" for url in origins(PARTNER)] + env.words(
    "EEPORTAL_PARTNER_HOSTS"
)

INSTALLED_APPS = [
    "partner",
    "allauth",
    "allauth.account",
    "allauth.idp.oidc",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "partner.middleware.AskedLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
ROOT_URLCONF = "partner.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
            ],
        },
    },
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

if not OWN_DATABASE and not PORTAL_DATABASE:
    raise ImproperlyConfigured("PARTNER_DATABASE_URL must name the simulated sign-in partner's database.")
DATABASES = {"default": database(OWN_DATABASE or beside(PORTAL_DATABASE))}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}  # codes live in this process

# Customers, and what the portal is told of them

LOGIN_URL = "account_login"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
]
IDP_OIDC_ADAPTER = "partner.identity.Identity"
IDP_OIDC_AUTH_METHODS = ["client_secret_basic"]

EEPORTAL_PROXIES = env.number("EEPORTAL_PROXIES", 1) if env.flag("EEPORTAL_BEHIND_PROXY", False) else 0

# Languages, instants, files

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = True

# Security. Browsers ignore ports when they send cookies, so the names differ from the portal's.

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [source.NONE],
        "style-src": [source.SELF],
        "img-src": [source.SELF],
        "font-src": [source.SELF],
        "form-action": [source.SELF, *PORTAL],  # a form that is answered with the way back to the portal
        "base-uri": [source.NONE],
        "frame-ancestors": [source.NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_NAME = "eeportal_partner_session"
SESSION_COOKIE_AGE = 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "eeportal_partner_csrf"
CSRF_COOKIE_AGE = None
LANGUAGE_COOKIE_NAME = "eeportal_partner_language"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "eeportal.logs.LineFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {"django": {"handlers": [], "level": "INFO", "propagate": True}},
}
