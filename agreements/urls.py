"""Addresses of the agreement. Finnish paths, English names."""

from django.urls import path

from agreements.views import (
    afterwards,
    agreements,
    changes,
    corrections,
    drafts,
    invitations,
    on_behalf,
    people,
    texts,
)

app_name = "agreements"
urlpatterns = [
    path("", agreements.agreement_list, name="agreement_list"),
    path("oma-sivu/", agreements.own_page, name="own_page"),
    path("sopimukset/<number:pk>/", agreements.agreement_detail, name="agreement_detail"),
    path("sopimukset/<number:pk>/liitteet/<number:number>/", agreements.annex_detail, name="annex_detail"),
    path("sopimukset/<number:pk>/liitteet/<number:number>/muuta/", drafts.draft_start, name="draft_start"),
    path("sopimukset/<number:pk>/kooste/", agreements.consolidated_issue, name="consolidated_issue"),
    path("sopimukset/<number:pk>/muutokset/", changes.change_list, name="change_list"),
    path("sopimukset/<number:pk>/alkuperainen/", on_behalf.original_enter, name="original_enter"),
    path(
        "sopimukset/<number:pk>/liitteet/<number:number>/puolesta/",
        on_behalf.record_on_behalf,
        name="record_on_behalf",
    ),
    path("sopimukset/<number:pk>/ihmiset/", people.people_list, name="people_list"),
    path("sopimukset/<number:pk>/ihmiset/<number:order>/kutsu/", people.person_invite, name="person_invite"),
    path(
        "sopimukset/<number:pk>/kutsut/<number:invitation_pk>/peru/",
        people.invitation_cancel,
        name="invitation_cancel",
    ),
    path("sopimukset/<number:pk>/valtuudet/<number:mandate_pk>/paata/", people.mandate_end, name="mandate_end"),
    path("sopimukset/<number:pk>/valtuudet/<number:mandate_pk>/sitominen/", people.mandate_bind, name="mandate_bind"),
    path("kutsut/", invitations.invitation_accept, name="invitation_accept"),
    path("kutsut/<str:secret>/", invitations.invitation_open, name="invitation_open"),
    path("sopimukset/<number:pk>/sopijapuolet/<number:order>/", people.party_detail, name="party_detail"),
    path("sopimukset/<number:pk>/sopijapuolet/<number:order>/muokkaa/", people.party_edit, name="party_edit"),
    path("sopimukset/<number:pk>/sopijapuolet/<number:order>/nimi/", people.party_rename, name="party_rename"),
    path(
        "sopimukset/<number:pk>/allekirjoittajat/<number:signatory_pk>/korjaa/",
        corrections.signing_correct,
        name="signing_correct",
    ),
    path(
        "sopimukset/<number:pk>/allekirjoittajat/<number:signatory_pk>/vahvista/",
        corrections.signing_confirm,
        name="signing_confirm",
    ),
    path("asiakirjat/<number:pk>/", agreements.record_download, name="record_download"),
    path("muutokset/<number:pk>/", changes.change_detail, name="change_detail"),
    path("muutokset/<number:pk>/esitys/", drafts.draft_proposal, name="draft_proposal"),
    path("muutokset/<number:pk>/liitteet/<number:number>/teksti/", texts.draft_text, name="draft_text"),
    path("muutokset/<number:pk>/liitteet/<number:number>/teksti/<slug:key>/", texts.draft_clause, name="draft_clause"),
    path("muutokset/<number:pk>/liitteet/<number:number>/numerointi/", texts.clauses_number, name="clauses_number"),
    path("muutokset/<number:pk>/vertailu/", texts.change_compare, name="change_compare"),
    path("muutokset/<number:pk>/ehdota/", drafts.change_propose, name="change_propose"),
    path("muutokset/<number:pk>/veda-takaisin/", changes.change_withdraw, name="change_withdraw"),
    path("muutokset/<number:pk>/laadi-uudelleen/", changes.change_redraft, name="change_redraft"),
    path("muutokset/<number:pk>/muutettuna/", changes.change_amend, name="change_amend"),
    path("muutokset/<number:pk>/suostumus/<number:order>/", changes.change_consent, name="change_consent"),
    path("muutokset/<number:pk>/paatos/", changes.change_decide, name="change_decide"),
    path("muutokset/<number:pk>/kumoa/", afterwards.change_revoke, name="change_revoke"),
    path(
        "muutokset/<number:pk>/paatokset/<number:decision_pk>/korjaa/",
        afterwards.decision_correct,
        name="decision_correct",
    ),
    path(
        "muutokset/<number:pk>/korjaukset/<number:correction_pk>/",
        corrections.correction_confirm,
        name="correction_confirm",
    ),
    path("muutokset/<number:pk>/saapumispaiva/", corrections.arrival_correct, name="arrival_correct"),
    path("muutokset/<number:pk>/sopijapuolet/<number:order>/paatos/", on_behalf.party_decide, name="party_decide"),
    path("muutokset/<number:pk>/voimaan/", on_behalf.amendment_adopt, name="amendment_adopt"),
    path(
        "muutokset/<number:pk>/liitteet/<number:number>/valitse/<slug:key>/",
        on_behalf.collision_settle,
        name="collision_settle",
    ),
    path(
        "muutokset/<number:pk>/liitteet/<number:number>/teksti/<slug:key>/siirra/",
        texts.clause_move,
        name="clause_move",
    ),
    path(
        "muutokset/<number:pk>/liitteet/<number:number>/teksti/<slug:key>/poista/",
        texts.clause_remove,
        name="clause_remove",
    ),
    path(
        "muutokset/<number:pk>/liitteet/<number:number>/teksti/<slug:key>/palauta/",
        texts.clause_restore,
        name="clause_restore",
    ),
]
