"""The rounds as files. They have no language before them: IRCC's file names tell it, and the CSV has both."""

from django.urls import path

from draws.feed import views
from draws.feed.public_rounds import LANGUAGES

app_name = "feed"

urlpatterns = [
    *(
        path(f"ee_rounds_123_{code}.json", views.ircc_file, {"language": code}, name=f"ircc_{code}")
        for code in LANGUAGES
    ),
    *(
        path(
            f"simulated/ee_rounds_123_{code}.json",
            views.ircc_file,
            {"language": code, "origin": "simulated"},
            name=f"simulated_{code}",
        )
        for code in LANGUAGES
    ),
    path("rounds.csv", views.csv_file, name="csv"),
    *(
        path(f"rounds-{code}.atom", views.atom_file, {"language": code}, name=f"atom_{code}")
        for code in LANGUAGES
    ),
]
