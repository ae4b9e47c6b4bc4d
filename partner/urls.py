"""The partner's addresses. allauth and its provider look for the names ``account_login`` and ``idp:oidc:…``."""

from allauth.idp.oidc.views import jwks
from django.urls import include, path

from partner import views

protocol = [
    path(".well-known/openid-configuration", views.discovery, name="configuration"),
    path(".well-known/jwks.json", jwks, name="jwks"),
    path("authorize/", views.authorize, name="authorization"),
    path("token/", views.exchange, name="token"),
]
urlpatterns = [
    path("", views.home, name="home"),
    path("sign-in/", views.sign_in, name="account_login"),
    path("open-account/", views.open_account, name="open_account"),
    path("healthz", views.health, name="health"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include(([path("", include((protocol, "oidc")))], "idp"))),
]
