"""The officers' desk: Django's admin, of which only the addresses and the permissions' names are used."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lifecycle import clock
from lifecycle.job_words import name_of
from lifecycle.jobs import overdue

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin
View = Callable[..., HttpResponseBase]


class DeskAdmin(ModelAdmin):
    """A model whose pages are the project's own, under the addresses that the admin gives to any model."""

    is_record: ClassVar[bool] = False
    """Whether the desk's first page lists it among the records to look up."""

    def page(self, view: View) -> View:
        """Return a page that only officers reach; others are sent to sign in."""
        return self.admin_site.admin_view(view)

    @property
    def name(self) -> str:
        """How the admin names the addresses of this model."""
        return f"{self.opts.app_label}_{self.opts.model_name}"


class Desk(admin.AdminSite):
    """Serves the pages of ``DeskAdmin`` classes, and nothing of what other packages would add to an admin."""

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Take the portal's own pages; forms of Django's own stay out."""
        if admin_class is not None and issubclass(admin_class, DeskAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Return the first page and the pages of each model; the sign-in is the portal's."""
        models = [
            path(f"{model._meta.app_label}/{model._meta.model_name}/", include(pages.urls))
            for model, pages in self._registry.items()
        ]
        return [path("", self.admin_view(require_safe(self.index)), name="index"), *models]

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Return the page for officers; nobody is sent to sign in and back, a candidate gets 403."""

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not self.has_permission(request):
                raise PermissionDenied
            answer: HttpResponseBase = view(request, *args, **kwargs)
            return answer

        return guarded if cacheable else never_cache(guarded)

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """What this officer can do here."""
        records = [
            {"name": pages.opts.verbose_name_plural, "url": reverse(f"admin:{pages.name}_changelist")}
            for pages in self._registry.values()
            if isinstance(pages, DeskAdmin) and pages.is_record and pages.has_view_permission(request)
        ]
        sees_jobs = request.user.has_perm("lifecycle.view_jobstate")
        late = [name_of(one.job) for one in overdue(clock.real_now())] if sees_jobs else []
        context = {"records": records, "overdue": late, **(extra_context or {})}
        return TemplateResponse(request, "admin/index.html", context)
