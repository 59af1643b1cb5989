from django.urls import path

from staffing import views

app_name = "staffing"
urlpatterns = [
    path(
        "muutokset/<number:pk>/liitteet/<number:number>/henkilosto/",
        views.draft_lines,
        name="draft_lines",
    ),
]
