"""Addresses of the agreement. Finnish paths, English names."""

from django.urls import path

from agreements.views import agreements, changes, drafts

app_name = "agreements"
urlpatterns = [
    path("", agreements.agreement_list, name="agreement_list"),
    path("oma-sivu/", agreements.own_page, name="own_page"),
    path("sopimukset/<number:pk>/", agreements.agreement_detail, name="agreement_detail"),
    path("sopimukset/<number:pk>/liitteet/<number:number>/", agreements.annex_detail, name="annex_detail"),
    path("sopimukset/<number:pk>/liitteet/<number:number>/muuta/", drafts.draft_start, name="draft_start"),
    path("sopimukset/<number:pk>/kooste/", agreements.consolidated_issue, name="consolidated_issue"),
    path("sopimukset/<number:pk>/muutokset/", changes.change_list, name="change_list"),
    path("asiakirjat/<number:pk>/", agreements.record_download, name="record_download"),
    path("muutokset/<number:pk>/", changes.change_detail, name="change_detail"),
    path("muutokset/<number:pk>/esitys/", drafts.draft_proposal, name="draft_proposal"),
    path("muutokset/<number:pk>/liitteet/<number:number>/teksti/", drafts.draft_text, name="draft_text"),
    path("muutokset/<number:pk>/liitteet/<number:number>/teksti/<slug:key>/", drafts.draft_clause, name="draft_clause"),
    path("muutokset/<number:pk>/ehdota/", drafts.change_propose, name="change_propose"),
    path("muutokset/<number:pk>/veda-takaisin/", changes.change_withdraw, name="change_withdraw"),
    path("muutokset/<number:pk>/laadi-uudelleen/", changes.change_redraft, name="change_redraft"),
    path("muutokset/<number:pk>/suostumus/<number:order>/", changes.change_consent, name="change_consent"),
    path("muutokset/<number:pk>/paatos/", changes.change_decide, name="change_decide"),
]
