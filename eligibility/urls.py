from django.urls import path

from eligibility import views

app_name = "eligibility"
urlpatterns = [
    path("eligibility/", views.start, name="start"),
    path("eligibility/answers/", views.answers, name="answers"),
    path("eligibility/result/", views.result, name="result"),
    path("eligibility/result/print/", views.printout, name="print"),
    path("eligibility/<slug:slug>/", views.question, name="question"),
    path("eligibility/<slug:slug>/<int:number>/remove/", views.remove, name="remove"),
    path("eligibility/<slug:slug>/<int:number>/<slug:step>/", views.entry, name="entry"),
    path("eligibility/<slug:slug>/<slug:step>/", views.step, name="step"),
]
