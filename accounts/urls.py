"""Sign-up, one step a page, sign-in, sign-out, and the account's messages.

The names that begin with ``account_`` are those that allauth looks for.
"""

from django.urls import include, path

from accounts.views import (
    credentials,
    details,
    finishing,
    messages,
    not_me,
    officer_proof,
    partners,
    proving,
    second_factors,
    signing_in,
    signing_up,
    subscriptions,
)

steps_and_messages = [
    path("account/signup/terms/", signing_up.terms, name="key_terms"),
    path("account/signup/username/", signing_up.username, name="username"),
    path("account/signup/password/", signing_up.password, name="password"),
    path("account/begin/question/", finishing.first_question, name="first_question"),
    path("account/begin/ready/", finishing.key_ready, name="key_ready"),
    path("account/begin/terms/", finishing.portal_terms, name="portal_terms"),
    path("account/begin/details/", finishing.first_details, name="first_details"),
    path("account/begin/email/", finishing.first_email, name="first_email"),
    path("account/login/second/", signing_in.sign_in_second, name="sign_in_second"),
    path("account/login/second/<slug:way>/", signing_in.sign_in_way, name="sign_in_way"),
    path("account/login/question/", signing_in.sign_in_question, name="sign_in_question"),
    path("account/second-factor/", second_factors.overview, name="second_factor"),
    path("account/second-factor/app/", second_factors.add_app, name="add_app"),
    path("account/second-factor/passkey/", second_factors.add_passkey, name="add_passkey"),
    path("account/second-factor/email/", second_factors.add_email_codes, name="add_email_codes"),
    path("account/second-factor/codes/", second_factors.recovery_codes, name="recovery_codes"),
    path("account/second-factor/codes/file/", second_factors.recovery_codes_file, name="recovery_codes_file"),
    path("account/second-factor/codes/new/", second_factors.new_recovery_codes, name="new_recovery_codes"),
    path("account/second-factor/<slug:way>/remove/", second_factors.remove_factor, name="remove_factor"),
    path(
        "account/second-factor/<slug:way>/<int:pk>/remove/",
        second_factors.remove_factor,
        name="remove_factor",
    ),
    path("account/password/", credentials.password, name="password_change"),
    path("account/questions/", credentials.questions, name="questions"),
    path("account/questions/<int:number>/", credentials.question, name="question_change"),
    path("account/second-factor/again/", officer_proof.second_proof, name="second_proof"),
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
    path("account/signup/", signing_up.choose, name="account_signup"),
    path("account/inactive/", signing_in.Inactive.as_view(), name="account_inactive"),
    path("", include((steps_and_messages, "accounts"))),
]
