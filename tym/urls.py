"""The rooms' addresses. Paths are Finnish because users read them; names are English."""

from django.urls import include, path, register_converter

from tym.core.administration import site
from tym.core.converters import NumberConverter, SheetConverter

register_converter(NumberConverter, "number")
register_converter(SheetConverter, "sheet")

urlpatterns = [
    path("", include("agreements.urls")),
    path("", include("staffing.urls")),
    path("", include("steering.urls")),
    path("", include("costs.urls")),
    path("", include("registry.urls")),
    path("", include("tym.desk.urls")),
    path("tili/", include("tym.accounts.urls")),
    path("yllapito/", site.urls),
]
