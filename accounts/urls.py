"""Sign-up, one step a page, sign-in, sign-out, and the account's messages.

The names that begin with ``account_`` are those that allauth looks for.
"""

from django.urls import include, path

from accounts import views

steps_and_messages = [
    path("account/signup/username/", views.username, name="username"),
    path("account/signup/email/", views.email, name="email"),
    path("account/signup/password/", views.password, name="password"),
    path("account/messages/", views.messages, name="messages"),
    path("account/messages/<int:pk>/", views.message, name="message"),
]
urlpatterns = [
    path("account/login/", views.SignIn.as_view(), name="account_login"),
    path("account/logout/", views.SignOut.as_view(), name="account_logout"),
    path("account/signup/", views.terms, name="account_signup"),
    path("account/inactive/", views.Inactive.as_view(), name="account_inactive"),
    path("", include((steps_and_messages, "accounts"))),
]
