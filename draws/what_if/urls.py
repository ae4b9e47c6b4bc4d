"""The pages of 'What if?', under ``account/what-if/``."""

from django.urls import path

from draws.what_if import views

urlpatterns = [
    path("", views.what_if, name="what_if"),
    path("add/", views.add, name="scenario_add"),
    path("<int:pk>/", views.scenario, name="scenario"),
    path("<int:pk>/name/", views.rename, name="scenario_name"),
    path("<int:pk>/delete/", views.delete, name="scenario_delete"),
    path("<int:pk>/<slug:slug>/", views.part, name="scenario_part"),
    path("<int:pk>/<slug:slug>/add/", views.add_entry, name="scenario_entry_add"),
    path("<int:pk>/<slug:slug>/<int:index>/", views.entry, name="scenario_entry"),
    path("<int:pk>/<slug:slug>/<int:index>/remove/", views.remove_entry, name="scenario_entry_remove"),
]
