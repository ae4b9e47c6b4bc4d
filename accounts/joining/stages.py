"""What a sign-in asks after the password: a second factor, then one of the account's security questions.

allauth keeps a sign-in that is under way in the session and signs in only when every stage has passed.
"""

from allauth.account.models import Login
from allauth.account.stages import LoginStage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.factors import one_time_codes
from accounts.factors.second_factors import Way, ways_of
from accounts.limiting.limits import EMAIL, within
from accounts.models import Purpose, User
from accounts.recovering.recovery_questions import question_for


class SecondFactorStage(LoginStage):
    """Every account that has a second factor must show it, however it began to sign in."""

    key = "second_factor"
    urlname = "accounts:sign_in_second"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        ways = [way for way in ways_of(owner_of(self.login)) if way != Way.RECOVERY]
        if not ways:
            return None, True
        if ways[0] == Way.EMAIL:
            send_code(self.request, owner_of(self.login))
        return redirect(self.urlname), True


class QuestionStage(LoginStage):
    """An account that has security questions is asked one of them."""

    key = "question"
    urlname = "accounts:sign_in_question"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        if question_for(owner_of(self.login)) is None:
            return None, True
        return redirect(self.urlname), True


def owner_of(login: Login) -> User:
    """Return the account that a sign-in under way is for."""
    return User.objects.get(pk=login.user.pk)


def send_code(request: HttpRequest, account: User) -> bool:
    """Send a code for the second step, if the limits and the mail server let it; return whether it went out."""
    if not within(request, EMAIL, account.email):
        return False
    try:
        one_time_codes.send(account=account, purpose=Purpose.SIGN_IN, email=account.email)
    except one_time_codes.CodeNotSent:
        return False
    return True
