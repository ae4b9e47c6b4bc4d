"""The pages of a profile."""

from django.urls import path

from profiles.views import beginning, files, filling, history, nominations, profile, sending, work_counts

app_name = "profiles"
urlpatterns = [
    path("account/start/", beginning.start, name="start"),
    path("account/import/", files.import_profile, name="import"),
    path("account/draft/export/", files.export_draft, name="draft_export"),
    path("account/draft/", filling.tasks, name="tasks"),
    path("account/draft/check/", sending.check, name="check"),
    path("account/draft/result/", sending.result, name="result"),
    path("account/draft/sign/", sending.sign, name="sign"),
    path("account/draft/discard/", filling.discard, name="discard"),
    path("account/draft/<slug:slug>/", filling.section, name="section"),
    path("account/draft/<slug:slug>/counts/", work_counts.work_counts, name="work_counts"),
    path("account/draft/<slug:slug>/add/", filling.add, name="add"),
    path("account/draft/<slug:slug>/<int:index>/", filling.entry, name="entry"),
    path("account/draft/<slug:slug>/<int:index>/delete/", filling.delete, name="delete"),
    path("account/profiles/<str:number>/", profile.profile, name="profile"),
    path("account/profiles/<str:number>/export/", files.export_profile, name="export"),
    path("account/profiles/<str:number>/history/", history.history, name="history"),
    path("account/profiles/<str:number>/history/<int:sequence>/", history.version, name="version"),
    path("account/profiles/<str:number>/nomination/", nominations.nomination, name="nomination"),
    path(
        "account/profiles/<str:number>/nomination/<slug:way>/", nominations.answer, name="nomination_answer"
    ),
    path("account/profiles/<str:number>/submitted/", sending.submitted, name="submitted"),
    path("account/profiles/<str:number>/update/", profile.update, name="update"),
    path("account/profiles/<str:number>/withdraw/", profile.withdraw, name="withdraw"),
    path("province/", nominations.province, name="province"),
]
