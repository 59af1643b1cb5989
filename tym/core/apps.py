from django.apps import AppConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from tym.core import guards


class CoreConfig(AppConfig):
    name = "tym.core"
    verbose_name = _("Files")

    def ready(self) -> None:
        pre_migrate.connect(drop_guards, sender=self)
        post_migrate.connect(install_guards, sender=self)


def drop_guards(using: str, **kwargs: object) -> None:
    """SQLite loses or trips over triggers when a migration rebuilds their table."""
    guards.drop(using)


def install_guards(using: str, **kwargs: object) -> None:
    """A migrated database is a guarded one, and has the cache table that rate limits need."""
    call_command("createcachetable", database=using, verbosity=0)
    guards.install(using)
