"""The demo's own pages."""

from django.urls import path

from simulation import views

app_name = "simulation"
urlpatterns = [
    path("mailbox/", views.mailbox, name="mailbox"),
    path("demo/accounts/", views.accounts, name="accounts"),
]
