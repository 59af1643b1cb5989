from django.urls import path

from staffing.views import lines

app_name = "staffing"
urlpatterns = [
    path(
        "muutokset/<number:pk>/liitteet/<number:number>/henkilosto/",
        lines.draft_lines,
        name="draft_lines",
    ),
]
