"""Addresses of the steering group's room. Finnish paths, English names."""

from django.urls import path

from steering.views import groups

app_name = "steering"
GROUP = "sopimukset/<number:pk>/johtoryhma/"
urlpatterns = [
    path(GROUP, groups.group_detail, name="group_detail"),
    path(f"{GROUP}asettaminen/<number:order>/", groups.group_appoint, name="group_appoint"),
    path(f"{GROUP}toimikausi/<number:term_pk>/paata/", groups.term_close, name="term_close"),
    path("muutokset/<number:pk>/liitteet/<number:number>/paikat/", groups.draft_seats, name="draft_seats"),
]
