"""Every address; each page has one in English (/en/…) and one in French (/fr/…)."""

from importlib.util import find_spec

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from draws.officers import sign_in
from eeportal import views

ROOMS = [
    name
    for name in ("accounts", "eligibility", "profiles", "draws", "simulation")
    if find_spec(f"{name}.urls")
]

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("account/", views.account_home, name="account_home"),
        path("admin/login/", sign_in),
        path("admin/", admin.site.urls),
        *(path("", include(f"{name}.urls")) for name in ROOMS),
    ),
]
