"""Addresses of the staffing room. Finnish paths, English names."""

from django.urls import path

from staffing.views import beside, drafts, exchange, figures, points, quarters, reporting, reviews

DRAFT = "muutokset/<number:pk>/liitteet/<number:number>/henkilosto/"
POINTS = "muutokset/<number:pk>/liitteet/<number:number>/palvelupisteet/"

app_name = "staffing"
STAFF = "sopimukset/<number:pk>/henkilosto/"
REVIEW = f"{STAFF}riittavyys/<number:year>/"
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
    path(POINTS, points.draft_points, name="draft_points"),
    path("neljannes/", quarters.quarter_sheet, name="quarter_sheet"),
    path("rinnakkain/", beside.agreements_compare, name="agreements_compare"),
    path(STAFF, figures.figures_detail, name="figures_detail"),
    path(f"{STAFF}toteuma/<number:order>/<slug:code>/", reporting.realised_edit, name="realised_edit"),
    path(f"{STAFF}asiakkaat/<slug:code>/", reporting.counts_edit, name="counts_edit"),
    path(f"{STAFF}vajeet/uusi/<number:order>/", reporting.vacancy_add, name="vacancy_add"),
    path(f"{STAFF}vajeet/<number:vacancy_pk>/", reporting.vacancy_edit, name="vacancy_edit"),
    path(f"{STAFF}vajeet/<number:vacancy_pk>/poista/", reporting.vacancy_withdraw, name="vacancy_withdraw"),
    path(f"{STAFF}rajat/", reporting.settings_propose, name="settings_propose"),
    path(REVIEW, reviews.review_detail, name="review_detail"),
    path(f"{REVIEW}aloita/", reviews.review_start, name="review_start"),
    path(f"{REVIEW}luvut/", reviews.review_retake, name="review_retake"),
    path(f"{REVIEW}arviot/", reviews.review_judge, name="review_judge"),
    path(f"{REVIEW}velvoitteet/", reviews.review_check, name="review_check"),
    path(f"{REVIEW}toimenpiteet/uusi/", reviews.remedy_add, name="remedy_add"),
    path(f"{REVIEW}toimenpiteet/<number:remedy_pk>/poista/", reviews.remedy_remove, name="remedy_remove"),
    path(f"{REVIEW}johtoryhmalle/", reviews.review_submit, name="review_submit"),
    path(f"{REVIEW}pdf/", reviews.review_pdf, name="review_pdf"),
]
