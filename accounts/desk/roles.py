"""What each kind of officer may do: the only place that says so.

| role | comes to |
| --- | --- |
| officer | plan rounds, once or by a recurring plan, preview them, read the pool and the records |
| senior officer | all of that; confirm, run, cancel and publish rounds, export whom a round invited; start jobs |
| auditor | read everything, the officers' log included; export that and whom a round invited; change nothing |
| content editor | nothing yet: there is no content to edit, so only the desk's first page opens |
| administrator | read everything; give and take roles, widen limits for classrooms; start jobs; no rounds |
| provincial staff | confirm nominations of their own province; nothing at the desk |

Whoever runs rounds does not hand out roles, and the other way round: to do both takes two people, or an account that
was made by ``manage.py createsuperuser``. That one is an administrator who may do everything, for installations of
one person; no page makes one. Four eyes hold for it as for everybody.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import AnonymousUser

from accounts.models import Role, User

# Named as Django's admin and templates ask for them: the room, what is done, the record.
RECORDS: Final = frozenset(
    {
        "draws.view_round",
        "draws.view_recurringplan",
        "draws.view_invitation",
        "profiles.view_poolentry",
        "profiles.view_submission",
        "profiles.view_assessment",
        "lifecycle.view_transition",
        "lifecycle.view_jobstate",
    }
)
PLAN_ROUNDS: Final = frozenset({"draws.add_round", "draws.add_recurringplan", "draws.change_recurringplan"})
RUN_ROUNDS: Final = frozenset({"draws.change_round"})
EXPORT_ROUNDS: Final = frozenset({"draws.export_invitation"})
OVERSIGHT: Final = frozenset(
    {
        "accounts.view_user",
        "accounts.view_allowance",
        "accounts.view_officeraction",
        "accounts.export_officeraction",
    }
)
RUN_JOBS: Final = frozenset({"lifecycle.change_jobstate"})
NOMINATIONS: Final = frozenset({"profiles.change_nomination"})
ADMINISTRATION: Final = frozenset({"accounts.change_user", "accounts.add_allowance"})

PERMISSIONS: Final[Mapping[str, frozenset[str]]] = {
    Role.OFFICER: RECORDS | PLAN_ROUNDS,
    Role.SENIOR_OFFICER: RECORDS | PLAN_ROUNDS | RUN_ROUNDS | RUN_JOBS | EXPORT_ROUNDS,
    Role.AUDITOR: RECORDS | OVERSIGHT | EXPORT_ROUNDS,
    Role.CONTENT_EDITOR: frozenset(),
    Role.ADMINISTRATOR: RECORDS | OVERSIGHT | ADMINISTRATION | RUN_JOBS,
    Role.PROVINCIAL_STAFF: NOMINATIONS,
}
EVERYTHING: Final = frozenset().union(*PERMISSIONS.values())


def permissions_of(user: User) -> frozenset[str]:
    """Return what an account may do at the officers' desk; nothing for a candidate's or a closed one."""
    if not user.is_active:
        return frozenset()
    return EVERYTHING if user.is_superuser else PERMISSIONS.get(user.role, frozenset())


def roles_with(permission: str) -> list[Role]:
    """Return the roles that have a permission, in the order in which they are listed."""
    return [role for role in Role if permission in PERMISSIONS[role]]


class RoleBackend(AuthenticationBackend):
    """allauth's sign-in; what an account may do comes from the table above, never from rows of the database."""

    def get_all_permissions(self, user_obj: User | AnonymousUser, obj: object = None) -> set[str]:
        """Return the permissions of the account's role; none for a single object."""
        return set(permissions_of(user_obj)) if isinstance(user_obj, User) and obj is None else set()

    def get_user_permissions(self, user_obj: User | AnonymousUser, obj: object = None) -> set[str]:
        """Return the same: nothing is given to a single account."""
        return self.get_all_permissions(user_obj, obj)

    def get_group_permissions(self, _user: User | AnonymousUser, _obj: object = None) -> set[str]:
        """Return none: there are no groups."""
        return set()

    def has_module_perms(self, user_obj: User | AnonymousUser, app_label: str) -> bool:
        """Return whether the role has any permission in a room."""
        return any(name.startswith(f"{app_label}.") for name in self.get_all_permissions(user_obj))

    def with_perm(self, perm: Any, *_args: Any, **_kwargs: Any) -> Iterable[User]:
        """Return the officers who have a permission."""
        return User.objects.filter(role__in=roles_with(perm))
