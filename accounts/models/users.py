"""Users."""

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from lifecycle import clock


class UserManager(BaseUserManager["User"]):
    """Makes users; every user has a password or an unusable one."""

    def create_user(
        self, username: str, email: str = "", password: str | None = None, **fields: Any
    ) -> "User":
        user = self.model(username=self.model.normalize_username(username), email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(
        self, username: str, email: str = "", password: str | None = None, **fields: Any
    ) -> "User":
        """Make an administrator who may do everything. Only the command line and the demo do."""
        fields = {"role": Role.ADMINISTRATOR, "is_superuser": True, **fields}
        return self.create_user(username, email, password, **fields)


class Role(models.TextChoices):
    """What an officer is. What each may do stands in ``accounts.desk.roles``."""

    OFFICER = "officer", _("Officer")
    SENIOR_OFFICER = "senior_officer", _("Senior officer")
    AUDITOR = "auditor", _("Auditor")
    CONTENT_EDITOR = "content_editor", _("Content editor")
    ADMINISTRATOR = "administrator", _("Administrator")
    PROVINCIAL_STAFF = "provincial_staff", _("Provincial staff")


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in: a candidate, or with a ``role`` an officer.

    ``terms_accepted_at`` is empty until the portal's terms were accepted, ``details_at`` until the account details
    were given and the e-mail address verified: see ``accounts.joining.onboarding``. ``province``: of provincial staff.
    """

    username = models.CharField(
        _("username"),
        max_length=150,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": _("This username is taken. Choose another one.")},
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=[("en", _("English")), ("fr", _("French"))], default="en"
    )
    given_names = models.CharField(_("given names"), max_length=100, blank=True, default="", db_default="")
    family_name = models.CharField(_("family name"), max_length=100, blank=True, default="", db_default="")
    role = models.CharField(
        _("role"), max_length=20, blank=True, choices=Role.choices, default="", db_default=""
    )
    province = models.CharField(_("province"), max_length=2, blank=True, default="", db_default="")
    email_codes = models.BooleanField(_("second factor by e-mail"), default=False, db_default=False)
    terms_accepted_at = models.DateTimeField(_("terms accepted"), null=True, blank=True)
    details_at = models.DateTimeField(_("details given"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed by the owner"), null=True, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created"), default=clock.real_now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="one_account_a_username",
                violation_error_message=_("This username is taken. Choose another one."),
            ),
            models.CheckConstraint(
                condition=models.Q(is_superuser=False) | models.Q(role=Role.ADMINISTRATOR),
                name="superuser_is_administrator",
            ),
        ]

    @property
    def is_staff(self) -> bool:
        """Whether this is an officer: exactly those with a role are. Django's admin asks by this name."""
        return bool(self.role)
