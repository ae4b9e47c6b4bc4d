"""The public tools' pages. With ``?format=json`` each answers as JSON."""

from django.urls import path

from eligibility.tools import noc

app_name = "tools"
urlpatterns = [
    path("tools/noc/", noc.finder, name="noc"),
    path("tools/noc/<str:code>/", noc.occupation, name="occupation"),
]
