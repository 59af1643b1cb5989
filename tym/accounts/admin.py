"""The administration of people: who can sign in. No password, no address."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from tym.accounts.models import User
from tym.core.administration import RecordAdmin, site
from tym.core.words import name_fields

name_fields(
    is_active=_("can sign in"),
    is_staff=_("runs the service"),
    is_system=_("is the system itself"),
    joined_at=_("added"),
)


@admin.register(User, site=site)
class UserAdmin(RecordAdmin):
    """Mandates give rights; they are lists of their own."""

    # Rights of Django's own are not used here; when somebody was here last is nobody's business.
    hidden = ("password", "email", "last_login", "is_superuser", "groups", "user_permissions")
    list_display = ("__str__", "is_active", "is_staff", "joined_at")
    search_fields = ("name",)
