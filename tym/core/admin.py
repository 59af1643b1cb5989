"""The administration of what every room uses."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from tym.core.administration import RecordAdmin, site
from tym.core.models import FileDestruction, StoredFile
from tym.core.words import name_fields

name_fields(
    sha256=_("fingerprint (SHA-256)"),
    size=_("size in bytes"),
    media_type=_("kind of file"),
    stored_at=_("stored"),
)


@admin.register(StoredFile, site=site)
class StoredFileAdmin(RecordAdmin):
    """What is known of a file. The file itself is downloaded through its record, by those who see the record."""

    hidden = ("content",)
    list_display = ("__str__", "media_type", "size", "stored_at")


@admin.register(FileDestruction, site=site)
class FileDestructionAdmin(RecordAdmin):
    """When a file was destroyed, and which file tells of it."""

    tells = ("file",)
