"""Rows for a test, one factory a model. They write past the actions, but never past the guards.

History wants an actor: it is the named system person. States that only an action can reach (proposed,
adopted) come from the cast (`tests/cast.py`), not from here.
"""

from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from agreements import history
from agreements import models as m
from staffing.models import ServicePoint, StaffingLine
from steering.models import SeatLine, Term
from tym.accounts.actions import system_person
from tym.accounts.models import User
from tym.core.models import StoredFile


def system():
    """The actor behind everything a test sets up."""
    return history.System(system_person())


class TymFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        row = model_class(*args, **kwargs)
        if hasattr(model_class, "history"):
            history.stamp(row, by=system(), reason="test")
        row.save()
        return row


class UserFactory(TymFactory):
    class Meta:
        model = User

    name = factory.Sequence(lambda n: f"Henkilö {n}")
    email = factory.Sequence(lambda n: f"henkilo{n}@example.org")
    password = "!"


class StoredFileFactory(TymFactory):
    class Meta:
        model = StoredFile

    sha256 = factory.Sequence(lambda n: f"{n:064x}")
    content = b"tiedosto"
    size = 8
    media_type = "application/pdf"


class OrganisationFactory(TymFactory):
    class Meta:
        model = m.Organisation

    name = factory.Sequence(lambda n: f"Organisaatio {n}")


class MunicipalityFactory(TymFactory):
    class Meta:
        model = m.Municipality

    name = factory.Sequence(lambda n: f"Kunta {n}")


class AgreementFactory(TymFactory):
    class Meta:
        model = m.Agreement

    title = factory.Sequence(lambda n: f"Yhteistyösopimus {n}")
    short_title = factory.Sequence(lambda n: f"TYM {n}")
    valid_from = date(2025, 1, 1)


class AreaMunicipalityFactory(TymFactory):
    class Meta:
        model = m.AreaMunicipality

    agreement = factory.SubFactory(AgreementFactory)
    municipality = factory.SubFactory(MunicipalityFactory)


class PartyFactory(TymFactory):
    class Meta:
        model = m.Party

    agreement = factory.SubFactory(AgreementFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    role = m.Party.Role.WELLBEING_COUNTY
    short_name = factory.SelfAttribute("organisation.name")
    order = factory.Sequence(lambda n: n + 10)


class SignatoryFactory(TymFactory):
    class Meta:
        model = m.Signatory

    party = factory.SubFactory(PartyFactory)
    name = factory.Sequence(lambda n: f"Allekirjoittaja {n}")
    order = factory.Sequence(lambda n: n + 10)


class MandateFactory(TymFactory):
    """A reader unless told otherwise. The slot follows the capacity, as in the action."""

    class Meta:
        model = m.Mandate

    agreement = factory.SubFactory(AgreementFactory)
    party = None
    person = factory.SubFactory(UserFactory)
    capacity = m.Mandate.Capacity.READER
    slot = factory.LazyAttribute(lambda o: m.Mandate.slot_of(o.capacity, o.party))
    valid_from = date(2025, 1, 1)


class DocumentFactory(TymFactory):
    class Meta:
        model = m.Document

    agreement = factory.SubFactory(AgreementFactory)
    kind = m.Document.Kind.OTHER
    number = factory.Sequence(lambda n: n + 10)
    title = factory.Sequence(lambda n: f"Muu liite {n}")


class MatterFactory(TymFactory):
    class Meta:
        model = m.Matter

    agreement = factory.SubFactory(AgreementFactory)
    kind = m.Matter.Kind.ANNEX_UPDATE
    year = 2025
    number = factory.Sequence(lambda n: n + 100)
    title = factory.Sequence(lambda n: f"Asia {n}")


class CaseNumberFactory(TymFactory):
    class Meta:
        model = m.CaseNumber

    matter = factory.SubFactory(MatterFactory)
    party = factory.SubFactory(PartyFactory, agreement=factory.SelfAttribute("..matter.agreement"))
    number = factory.Sequence(lambda n: f"D/{n}/2025")


class ChangeFactory(TymFactory):
    """A draft: any further state is reached through the actions."""

    class Meta:
        model = m.Change

    matter = factory.SubFactory(MatterFactory)
    party = None


class VersionFactory(TymFactory):
    class Meta:
        model = m.Version

    change = factory.SubFactory(ChangeFactory)
    document = factory.SubFactory(DocumentFactory, agreement=factory.SelfAttribute("..change.matter.agreement"))


class ClauseFactory(TymFactory):
    class Meta:
        model = m.Clause

    version = factory.SubFactory(VersionFactory)
    heading = factory.Sequence(lambda n: f"Kohta {n}")
    body = "Teksti."


class StaffingLineFactory(TymFactory):
    """Needs `version` (of a staffing document, in a draft) and `party`."""

    class Meta:
        model = StaffingLine

    title = factory.Sequence(lambda n: f"Tehtävä {n}")
    persons = 2
    person_years = Decimal("1.50")
    leads_client_work = True
    uses_typpi = True


class ServicePointFactory(TymFactory):
    """Needs `version` (of a service description, in a draft), `party` and `municipality`."""

    class Meta:
        model = ServicePoint

    name = factory.Sequence(lambda n: f"Palvelupiste {n}")
    kind = "other"


class SeatLineFactory(TymFactory):
    """Needs `version` (of a composition, in a draft) and `party`."""

    class Meta:
        model = SeatLine

    position = 9
    member = factory.SubFactory(UserFactory)
    deputy = factory.SubFactory(UserFactory)


class TermFactory(TymFactory):
    """Needs `agreement`, `party` and `matter` (with the party's decision on the appointment)."""

    class Meta:
        model = Term

    valid_from = date(2030, 1, 1)
    valid_to = date(2034, 12, 31)


class ReadingFactory(TymFactory):
    class Meta:
        model = m.Reading

    matter = factory.SubFactory(MatterFactory, kind=m.Matter.Kind.READING)
    key = "A8"
    value = "ilmoitus riittää"
    valid_from = date(2025, 1, 1)


class DecisionFactory(TymFactory):
    """Needs `matter` (submitted) and `mandate`; carries the matter's own fingerprint."""

    class Meta:
        model = m.Decision

    organ = "Johtoryhmä"
    decided_on = date(2025, 6, 2)
    section = "1"
    outcome = m.Decision.Outcome.RETURN
    sha256 = factory.SelfAttribute("matter.sha256")


class ConsentFactory(TymFactory):
    """Needs `matter` (submitted) and `mandate` of somebody who may bind her party."""

    class Meta:
        model = m.Consent

    party = factory.SelfAttribute("mandate.party")
    outcome = m.Consent.Outcome.GIVEN
    sha256 = factory.SelfAttribute("matter.sha256")


class RecordFactory(TymFactory):
    class Meta:
        model = m.Record

    agreement = factory.SubFactory(AgreementFactory)
    kind = m.Record.Kind.CONSOLIDATED
    title = factory.Sequence(lambda n: f"Kooste {n}")
    file = factory.SubFactory(StoredFileFactory)


class OrganisationNameFactory(TymFactory):
    class Meta:
        model = m.OrganisationName

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence("Uusi nimi {}".format)
    valid_from = date(2026, 1, 1)


class InvitationFactory(TymFactory):
    """Open for a fortnight from the tests' day."""

    class Meta:
        model = m.Invitation

    party = factory.SubFactory(PartyFactory)
    email = "kutsuttu@example.org"
    name = "Kutsuttu Henkilö"
    capacity = m.Mandate.Capacity.READER
    secret_sha256 = factory.Sequence("{:064d}".format)
    invited_by = factory.SubFactory(MandateFactory)
    expires_on = date(2025, 6, 16)


class CorrectionFactory(TymFactory):
    """Needs `decision`. Waits for a second person."""

    class Meta:
        model = m.Correction

    field = m.Correction.Field.SECTION
    was = "1"
    becomes = "2"
    reason = "näppäilyvirhe"
    made_by = factory.SubFactory(MandateFactory)
