"""Addresses of the registry. Finnish paths, English names."""

from django.urls import path

from registry.views import archive, destruction, documents, duties, privacy, retention, rights, sheets

REGISTRY = "sopimukset/<number:pk>/rekisterit/"
DESTRUCTION = f"{REGISTRY}sailytys/havittaminen/<number:destruction_pk>/"
RIGHTS = f"{REGISTRY}kayttooikeudet/"
OWN = f"{RIGHTS}<number:order>/"

app_name = "registry"
urlpatterns = [
    path(REGISTRY, duties.duty_list, name="duty_list"),
    path(f"{REGISTRY}pdf/<str:on>/", duties.duty_pdf, name="duty_pdf"),
    path(f"{REGISTRY}velvollisuudet/<number:order>/", duties.duty_confirm, name="duty_confirm"),
    path(f"{REGISTRY}velvollisuudet/<number:order>/<slug:key>/", duties.duty_evidence, name="duty_evidence"),
    path(f"{REGISTRY}asiakirjat/", documents.document_list, name="document_list"),
    path(f"{REGISTRY}asiakirjat/<number:record_pk>/", documents.document_detail, name="document_detail"),
    path(
        f"{REGISTRY}asiakirjat/<number:record_pk>/julkisuus/", documents.document_publicity, name="document_publicity"
    ),
    path(f"{REGISTRY}arkisto/", archive.archive_list, name="archive_list"),
    path(f"{REGISTRY}arkisto/kooste/", archive.archive_copy, name="archive_copy"),
    path(f"{REGISTRY}arkisto/<number:order>/", archive.archive_export, name="archive_export"),
    path(f"{REGISTRY}sailytys/", retention.retention_list, name="retention_list"),
    path(f"{REGISTRY}sailytys/<number:order>/<slug:kind>/", retention.retention_set, name="retention_set"),
    path(
        f"{REGISTRY}sailytys/<number:order>/havita/<slug:scope>/",
        destruction.destruction_propose,
        name="destruction_propose",
    ),
    path(DESTRUCTION, destruction.destruction_detail, name="destruction_detail"),
    path(f"{DESTRUCTION}vahvista/<number:order>/", destruction.destruction_confirm, name="destruction_confirm"),
    path(f"{DESTRUCTION}hylkaa/<number:order>/", destruction.destruction_decline, name="destruction_decline"),
    path("tietosuoja/", privacy.privacy_notice, name="privacy_notice"),
    path("tietosuoja/omat-tiedot/", privacy.own_data, name="own_data"),
    path("tietosuoja/omat-tiedot/tiedosto/", privacy.own_data_file, name="own_data_file"),
    path(RIGHTS, rights.right_list, name="right_list"),
    path(OWN, rights.right_own, name="right_own"),
    path(f"{OWN}uusi/", rights.right_add, name="right_add"),
    path(f"{OWN}vahvista/", rights.right_check, name="right_check"),
    path(f"{OWN}tapa/", rights.right_setting, name="right_setting"),
    path(f"{OWN}tuo/", sheets.right_import, name="right_import"),
    path(f"{OWN}vie/<sheet:kind>/", sheets.right_export, name="right_export"),
    path(f"{OWN}<number:right_pk>/", rights.right_edit, name="right_edit"),
]
