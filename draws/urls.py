"""The rounds' public pages, and a candidate's score and invitations."""

from django.urls import path

from draws import views

app_name = "draws"

urlpatterns = [
    path("rounds/", views.rounds, name="rounds"),
    path("rounds/<int:number>/", views.round_page, name="round"),
    path("rounds/published/<str:number>/", views.published_round, name="published_round"),
    path("account/profiles/<str:number>/score/", views.score, name="score"),
    path("account/invitations/<int:pk>/", views.invitation, name="invitation"),
    path("account/invitations/<int:pk>/decline/", views.decline, name="decline"),
]
