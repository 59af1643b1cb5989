"""Addresses of the steering group's room. Finnish paths, English names."""

from django.urls import path

from steering.views import contacts, goals, groups, offices, rules

app_name = "steering"
GROUP = "sopimukset/<number:pk>/johtoryhma/"
urlpatterns = [
    path(GROUP, groups.group_detail, name="group_detail"),
    path(f"{GROUP}asettaminen/<number:order>/", groups.group_appoint, name="group_appoint"),
    path(f"{GROUP}toimikausi/<number:term_pk>/paata/", groups.term_close, name="term_close"),
    path("muutokset/<number:pk>/liitteet/<number:number>/paikat/", groups.draft_seats, name="draft_seats"),
    path(f"{GROUP}toimijat/", offices.office_list, name="office_list"),
    path(f"{GROUP}toimijat/esita/", offices.appointment_propose, name="appointment_propose"),
    path(f"{GROUP}toimijat/nuorten-vastaava/", offices.youth_lead_propose, name="youth_lead_propose"),
    path(f"{GROUP}toimijat/<number:appointment_pk>/nimea/", offices.appointment_name, name="appointment_name"),
    path(f"{GROUP}toimijat/<number:appointment_pk>/paata/", offices.appointment_end, name="appointment_end"),
    path(f"{GROUP}kunnat/kysy/", contacts.municipalities_ask, name="municipalities_ask"),
    path(f"{GROUP}kunnat/<number:contact_pk>/vastaus/", contacts.contact_answer, name="contact_answer"),
    path(f"{GROUP}tilaisuudet/kirjaa/", contacts.event_record, name="event_record"),
    path(f"{GROUP}menettely/", rules.rule_list, name="rule_list"),
    path(f"{GROUP}menettely/esita/", rules.rules_propose, name="rules_propose"),
    path(f"{GROUP}raamit/esita/", rules.frame_propose, name="frame_propose"),
    path(f"{GROUP}tyoryhmat/esita/", rules.working_group_propose, name="working_group_propose"),
    path(f"{GROUP}tavoitteet/<number:year>/", goals.goal_year, name="goal_year"),
    path(f"{GROUP}tavoitteet/<number:year>/aloita/", goals.goals_start, name="goals_start"),
    path(f"{GROUP}tavoitteet/<number:year>/ohjaus/", goals.guidance_edit, name="guidance_edit"),
    path(f"{GROUP}tavoitteet/<number:year>/lisaa/", goals.goal_add, name="goal_add"),
    path(f"{GROUP}tavoitteet/<number:year>/esita/", goals.goals_submit, name="goals_submit"),
    path(f"{GROUP}tavoite/<number:goal_pk>/", goals.goal_edit, name="goal_edit"),
    path(f"{GROUP}tavoite/<number:goal_pk>/poista/", goals.goal_remove, name="goal_remove"),
    path(f"{GROUP}tavoite/<number:goal_pk>/toteuma/", goals.outcome_record, name="outcome_record"),
]
