"""The public tools' pages. With ``?format=json`` each answers as JSON."""

from django.urls import path

from eligibility.tools import documents, funds, index, language, noc, score

app_name = "tools"
urlpatterns = [
    path("tools/", index.index, name="index"),
    path("tools/score/", score.score, name="score"),
    path("tools/language/", language.language, name="language"),
    path("tools/documents/", documents.documents, name="documents"),
    path("tools/funds/", funds.funds, name="funds"),
    path("tools/noc/", noc.finder, name="noc"),
    path("tools/noc/<str:code>/", noc.occupation, name="occupation"),
]
