from django.urls import path

from staffing.views import drafts, exchange

DRAFT = "muutokset/<number:pk>/liitteet/<number:number>/henkilosto/"

app_name = "staffing"
urlpatterns = [
    path(DRAFT, drafts.draft_lines, name="draft_lines"),
    path(f"{DRAFT}summat/", drafts.draft_totals, name="draft_totals"),
    path(f"{DRAFT}tuonti/", exchange.lines_import, name="lines_import"),
    path(f"{DRAFT}<sheet:kind>/", exchange.draft_export, name="draft_export"),
    path(
        "sopimukset/<number:pk>/liitteet/<number:number>/henkilosto/<sheet:kind>/",
        exchange.annex_export,
        name="annex_export",
    ),
]
