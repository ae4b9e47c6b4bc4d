"""The rounds' public pages, and a candidate's score and invitations."""

from django.urls import include, path

from draws.candidate import outlook_views
from draws.public import instruction_views, views

app_name = "draws"

urlpatterns = [
    path("rounds/", views.rounds, name="rounds"),
    path("rounds/<int:number>/", views.round_page, name="round"),
    path("rounds/<int:number>/instruction/", instruction_views.instruction, name="instruction"),
    path("rounds/published/<str:number>/", views.published_round, name="published_round"),
    path("account/profiles/<str:number>/score/", views.score, name="score"),
    path("account/profiles/<str:number>/past-rounds/", views.past_rounds, name="past_rounds"),
    path("account/profiles/<str:number>/changes/", outlook_views.changes, name="changes"),
    path("account/profiles/<str:number>/changes.ics", outlook_views.changes_ics, name="changes_ics"),
    path("account/draft/changes/", outlook_views.draft_changes, name="draft_changes"),
    path("account/invitations/<int:pk>/", views.invitation, name="invitation"),
    path("account/invitations/<int:pk>/decline/", views.decline, name="decline"),
    path("account/what-if/", include("draws.what_if.urls")),
]
