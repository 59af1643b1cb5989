"""Addresses of the staffing room. Finnish paths, English names."""

from django.urls import path

from staffing.views import drafts, exchange, figures, quarters, reporting

DRAFT = "muutokset/<number:pk>/liitteet/<number:number>/henkilosto/"

app_name = "staffing"
STAFF = "sopimukset/<number:pk>/henkilosto/"
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
    path("neljannes/", quarters.quarter_sheet, name="quarter_sheet"),
    path(STAFF, figures.figures_detail, name="figures_detail"),
    path(f"{STAFF}toteuma/<number:order>/<slug:code>/", reporting.realised_edit, name="realised_edit"),
    path(f"{STAFF}asiakkaat/<slug:code>/", reporting.counts_edit, name="counts_edit"),
    path(f"{STAFF}vajeet/uusi/<number:order>/", reporting.vacancy_add, name="vacancy_add"),
    path(f"{STAFF}vajeet/<number:vacancy_pk>/", reporting.vacancy_edit, name="vacancy_edit"),
    path(f"{STAFF}vajeet/<number:vacancy_pk>/poista/", reporting.vacancy_withdraw, name="vacancy_withdraw"),
    path(f"{STAFF}rajat/", reporting.settings_propose, name="settings_propose"),
]
