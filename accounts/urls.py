"""Sign-up, one step a page, sign-in, sign-out, and the account's messages.

The names that begin with ``account_`` are those that allauth looks for.
"""

from django.urls import include, path

from accounts.views import details, messages, not_me, partners, proving, signing_in, signing_up, subscriptions

steps_and_messages = [
    path("account/signup/username/", signing_up.username, name="username"),
    path("account/signup/email/", signing_up.email, name="email"),
    path("account/signup/password/", signing_up.password, name="password"),
    path("account/messages/", messages.messages, name="messages"),
    path("account/settings/", details.details, name="settings"),
    path("account/settings/change/", details.change, name="settings_change"),
    path("account/settings/email/", details.email, name="new_email"),
    path("account/settings/email/code/", details.email_code, name="new_email_code"),
    path("account/settings/ways-back/<int:pk>/refuse/", details.refuse, name="refuse_way_back"),
    path("account/prove/", proving.prove, name="prove"),
    path("account/not-me/done/", not_me.not_me_done, name="not_me_done"),
    path("account/not-me/<str:token>/", not_me.not_me, name="not_me"),
    path("account/messages/<int:pk>/", messages.message, name="message"),
    path("account/partners/", partners.partners_page, name="partners"),
    path("account/partners/choose/", partners.partner_choose, name="partner_choose"),
    path("account/partners/link/", partners.partner_link, name="partner_link"),
    path("account/partners/<int:pk>/unlink/", partners.partner_unlink, name="partner_unlink"),
    path("account/partners/<slug:institution>/return/", partners.partner_return, name="partner_return"),
    path("rounds/updates/", subscriptions.updates, name="updates"),
    path("rounds/updates/asked/", subscriptions.updates_asked, name="updates_asked"),
    path("rounds/updates/confirm/<str:token>/", subscriptions.updates_confirm, name="updates_confirm"),
    path("rounds/updates/stop/<str:token>/", subscriptions.updates_stop, name="updates_stop"),
]
urlpatterns = [
    path("account/login/", signing_in.SignIn.as_view(), name="account_login"),
    path("account/logout/", signing_in.SignOut.as_view(), name="account_logout"),
    path("account/signup/", signing_up.terms, name="account_signup"),
    path("account/inactive/", signing_in.Inactive.as_view(), name="account_inactive"),
    path("", include((steps_and_messages, "accounts"))),
]
