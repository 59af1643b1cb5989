"""Addresses of the agreement. Finnish paths, English names."""

from django.urls import path

from agreements.views import agreements, changes, drafts

app_name = "agreements"
urlpatterns = [
    path("", agreements.agreement_list, name="agreement_list"),
    path("oma-sivu/", agreements.own_page, name="own_page"),
    path("sopimukset/<int:pk>/", agreements.agreement_detail, name="agreement_detail"),
    path("sopimukset/<int:pk>/liitteet/<int:number>/", agreements.annex_detail, name="annex_detail"),
    path("sopimukset/<int:pk>/liitteet/<int:number>/muuta/", drafts.draft_start, name="draft_start"),
    path("sopimukset/<int:pk>/kooste/", agreements.consolidated_issue, name="consolidated_issue"),
    path("sopimukset/<int:pk>/muutokset/", changes.change_list, name="change_list"),
    path("asiakirjat/<int:pk>/", agreements.record_download, name="record_download"),
    path("muutokset/<int:pk>/", changes.change_detail, name="change_detail"),
    path("muutokset/<int:pk>/esitys/", drafts.draft_proposal, name="draft_proposal"),
    path("muutokset/<int:pk>/liitteet/<int:number>/teksti/", drafts.draft_text, name="draft_text"),
    path("muutokset/<int:pk>/liitteet/<int:number>/teksti/<slug:key>/", drafts.draft_clause, name="draft_clause"),
    path("muutokset/<int:pk>/ehdota/", drafts.change_propose, name="change_propose"),
    path("muutokset/<int:pk>/veda-takaisin/", changes.change_withdraw, name="change_withdraw"),
    path("muutokset/<int:pk>/laadi-uudelleen/", changes.change_redraft, name="change_redraft"),
    path("muutokset/<int:pk>/suostumus/<int:order>/", changes.change_consent, name="change_consent"),
    path("muutokset/<int:pk>/paatos/", changes.change_decide, name="change_decide"),
]
