"""Addresses of the costs room. Finnish paths, English names."""

from django.urls import path

from costs.views import days, items, keys, prepared, settlements, sharing, years

COSTS = "sopimukset/<number:pk>/kustannukset/"
ITEM = f"{COSTS}erat/<number:item_pk>/"
SETTLEMENT = f"{COSTS}loppulaskelmat/<number:settlement_pk>/"
STATEMENT = f"{SETTLEMENT}erittely/<number:order>/"

app_name = "costs"
urlpatterns = [
    path(COSTS, years.cost_year, name="cost_year"),
    path(f"{COSTS}uusi/", items.item_add, name="item_add"),
    path(ITEM, items.item_detail, name="item_detail"),
    path(f"{ITEM}muokkaa/", items.item_edit, name="item_edit"),
    path(f"{ITEM}johtoryhmalle/", prepared.item_submit, name="item_submit"),
    path(f"{ITEM}jako/", prepared.item_split, name="item_split"),
    path(f"{COSTS}kehittamispaiva/", days.day_record, name="day_record"),
    path(f"{COSTS}kehittamispaiva/ei-pidetty/", days.day_not_held, name="day_not_held"),
    path(f"{COSTS}jakoperuste/", keys.key_propose, name="key_propose"),
    path(f"{COSTS}jakoperuste/<number:reading_pk>/<number:order>/", keys.key_consent, name="key_consent"),
    path(f"{COSTS}sovittu-jako/", sharing.sharing_record, name="sharing_record"),
    path(f"{COSTS}sovittu-jako/<number:sharing_pk>/<number:order>/", sharing.sharing_consent, name="sharing_consent"),
    path(f"{COSTS}loppulaskelmat/", settlements.settlement_open, name="settlement_open"),
    path(SETTLEMENT, settlements.settlement_detail, name="settlement_detail"),
    path(f"{SETTLEMENT}tarkistettavaksi/", settlements.settlement_submit, name="settlement_submit"),
    path(f"{SETTLEMENT}takaisin/", settlements.settlement_reopen, name="settlement_reopen"),
    path(f"{SETTLEMENT}hyvaksy/<number:order>/", settlements.settlement_accept, name="settlement_accept"),
    path(f"{SETTLEMENT}maksut/<number:payment_pk>/", settlements.payment_mark, name="payment_mark"),
    path(STATEMENT, years.statement_detail, name="statement_detail"),
    path(f"{STATEMENT}pdf/", years.statement_pdf, name="statement_pdf"),
    path(f"{STATEMENT}<sheet:kind>/", years.statement_export, name="statement_export"),
]
