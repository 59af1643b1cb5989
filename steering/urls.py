"""Addresses of the steering group's room. Finnish paths, English names."""

from django.urls import path

from steering.views import agenda, contacts, goals, groups, items, meetings, offices, rules

app_name = "steering"
GROUP = "sopimukset/<number:pk>/johtoryhma/"
MEETINGS = f"{GROUP}kokoukset/"
MEETING = f"{MEETINGS}<number:meeting_pk>/"
ITEM = f"{MEETING}asiat/<number:item_pk>/"
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
    path(MEETINGS, meetings.meeting_list, name="meeting_list"),
    path(f"{MEETINGS}uusi/", meetings.meeting_plan, name="meeting_plan"),
    path(MEETING, meetings.meeting_detail, name="meeting_detail"),
    path(f"{MEETING}muokkaa/", meetings.meeting_edit, name="meeting_edit"),
    path(f"{MEETING}kutsu/", meetings.meeting_summon, name="meeting_summon"),
    path(f"{MEETING}peru/", meetings.meeting_cancel, name="meeting_cancel"),
    path(f"{MEETING}avaa/", meetings.meeting_open, name="meeting_open"),
    path(f"{MEETING}paata/", meetings.meeting_end, name="meeting_end"),
    path(f"{MEETING}pyyda-kokousta/", meetings.meeting_ask, name="meeting_ask"),
    path(f"{MEETING}estynyt/<number:seat_pk>/", meetings.deputy_call, name="deputy_call"),
    path(f"{MEETING}lasnaolo/", meetings.attendance_add, name="attendance_add"),
    path(f"{MEETING}lasnaolo/<number:attendance_pk>/", meetings.attendance_end, name="attendance_end"),
    path(f"{MEETING}asiat/uusi/", agenda.item_add, name="item_add"),
    path(f"{MEETING}asiat/lisaa/<number:matter_pk>/", agenda.item_offer, name="item_offer"),
    path(ITEM, items.item_detail, name="item_detail"),
    path(f"{ITEM}muokkaa/", agenda.item_edit, name="item_edit"),
    path(f"{ITEM}siirra/", agenda.item_move, name="item_move"),
    path(f"{ITEM}poista/", agenda.item_remove, name="item_remove"),
    path(f"{ITEM}yksimielisesti/", items.item_unanimous, name="item_unanimous"),
    path(f"{ITEM}kasittelyyn/", items.item_take_up, name="item_take_up"),
    path(f"{ITEM}kasittelysta/", items.item_put_back, name="item_put_back"),
    path(f"{ITEM}paatos/", items.item_close, name="item_close"),
    path(f"{ITEM}aani/", items.vote_cast, name="vote_cast"),
    path(f"{ITEM}aanestys/", items.vote_record, name="vote_record"),
    path(f"{ITEM}esteellisyys/", items.disqualification_declare, name="disqualification_declare"),
    path(
        f"{ITEM}esteellisyys/<number:row_pk>/",
        items.disqualification_decide,
        name="disqualification_decide",
    ),
    path(f"{ITEM}eriava-mielipide/", items.dissent_record, name="dissent_record"),
    path(f"{ITEM}tehtavat/uusi/", items.task_add, name="task_add"),
    path(f"{ITEM}tehtavat/<number:task_pk>/", items.task_finish, name="task_finish"),
]
