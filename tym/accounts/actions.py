"""Who exists and who can sign in."""

from django.db import transaction

from tym.accounts.models import User


def find_person(email: str) -> User | None:
    return User.objects.filter(email__iexact=email.strip()).first()


@transaction.atomic
def add_person(*, name: str, email: str | None = None, password: str | None = None) -> User:
    """A person, found by e-mail address when one is given; without a password she cannot sign in."""
    email = email.strip().lower() if email else None
    known = find_person(email) if email else None
    person = known or User(name=name.strip(), email=email)
    if known is None or password:
        person.set_password(password)
    person.full_clean(exclude=["password"])
    person.save()
    return person


def system_person() -> User:
    """The named actor behind commands (järjestelmä). Cannot sign in."""
    known = User.objects.filter(is_system=True).first()
    if known:
        return known
    system = User(name="Järjestelmä", is_system=True, is_active=False)
    system.set_unusable_password()
    system.save()
    return system


@transaction.atomic
def set_staff(*, person: User, is_staff: bool) -> User:
    """Say whether the person runs the service: answers feedback, reads the administration. No right to act."""
    person = User.objects.select_for_update().get(pk=person.pk)
    person.is_staff = is_staff
    person.save(update_fields=["is_staff"])
    return person
