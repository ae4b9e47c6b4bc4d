from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin with the officers' desk in the place of its own site."""

    default_site = "accounts.desk.desk_site.Desk"
