"""Every address; each page has one in English (/en/…) and one in French (/fr/…), each file for programs one."""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from eeportal import account_leaving, views

handler400 = "eeportal.refusals.bad_request"
handler500 = "eeportal.outages.server_error"

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("feeds/", include("draws.feed.urls")),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("account/", views.account_home, name="account_home"),
        path("account/export/", account_leaving.export, name="account_export"),
        path("account/close/", account_leaving.closing, name="account_close"),
        path("account/closed/", account_leaving.closed, name="account_closed"),
        path("admin/", admin.site.urls),
        path("", include("accounts.urls")),
        path("", include("eligibility.tools.urls")),
        path("", include("eligibility.urls")),
        path("", include("draws.urls")),  # before profiles, where account/draft/<slug>/ takes every word
        path("", include("profiles.urls")),
        path("", include("simulation.urls")),
        path("", include("guide.urls")),
    ),
]
