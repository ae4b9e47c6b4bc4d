"""Signing in and out."""

from allauth.account.forms import LoginForm
from allauth.account.views import AccountInactiveView, LoginView, LogoutView
from django.urls import reverse

from accounts.forms.signing_in import SignInForm


class SignIn(LoginView):
    """Sign in with username and password; afterwards the page that was asked for, or the account's home."""

    template_name = "account/login.html"
    form_class: type[LoginForm] = SignInForm

    def get_default_success_url(self) -> str:
        return reverse("account_home")


class SignOut(LogoutView):
    """Ask once, then end the session."""

    template_name = "account/logout.html"


class Inactive(AccountInactiveView):
    """Where somebody arrives whose account was closed by an officer."""

    template_name = "account/inactive.html"
