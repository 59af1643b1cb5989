"""Addresses of a site with a defect."""

from django.urls import include, path


def broken(request):
    raise RuntimeError("ours")


broken.login_required = False
urlpatterns = [path("", broken), path("", include("tym.urls"))]
