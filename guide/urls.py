"""The public site's addresses."""

from django.urls import path

from guide import views

app_name = "guide"
urlpatterns = [
    path("guide/", views.index, name="index"),
    path("guide/<slug:slug>/", views.page, name="pages"),
    path("topics/", views.topics, name="topic_list"),
    path("topics/<slug:slug>/", views.topic, name="topics"),
    path("tour/", views.tour, name="tour"),
    path("help/", views.help_centre, name="help_centre"),
    path("help/<slug:slug>/", views.theme, name="help"),
    path("glossary/", views.glossary, name="glossary"),
    path("class/", views.classroom, name="classroom"),
    path("class/<slug:slug>/", views.exercise, name="exercises"),
]
