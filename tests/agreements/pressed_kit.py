"""Every legal act of the agreement pages: who does it, where and with what. For test_pressed_twice.py."""

from datetime import date, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from agreements import actions, contents
from agreements.models import Correction, Invitation
from tests.agreements import signing_world
from tests.pages import rows_as_sent
from tests.staffing.point_kit import points_as_sent
from tym.core.uploads import Upload
from tym.desk.models import Feedback

DECIDED = {"decided_on": "2.6.2025", "section": "4", "grounds": "Syy on tämä."}
CONFIRM = {"confirm": "1", "checked": "on"}


def address(name, *args):
    return reverse(name if ":" in name else f"agreements:{name}", args=args)


def upload():
    return SimpleUploadedFile("liite.pdf", b"%PDF-1.7 x", content_type="application/pdf")


class Acts:
    """Each legal act: who does it, at which address, with what; `page` is where its button stands, if elsewhere."""

    def __init__(self, cast):
        self.cast = cast

    def propose(self):
        return self.cast.kela, address("change_propose", self.cast.draft(self.cast.kela).pk), {}

    def withdraw(self):
        return self.cast.kela, address("change_withdraw", self.cast.proposed_change(self.cast.kela).pk), {}

    def redraft(self):
        change = self.cast.returned_change(self.cast.kela)
        return self.cast.kela, address("change_redraft", change.pk), {}, change.get_absolute_url()

    def amend(self):
        change = self.cast.proposed_change(self.cast.kela)
        return self.cast.coordinator, address("change_amend", change.pk), {}, change.get_absolute_url()

    def consent(self):
        change = self.cast.proposed_change(self.cast.kela_main_user)
        return self.cast.kela, address("change_consent", change.pk, 3), {}

    def decide(self):
        change = self.cast.proposed_change(self.cast.kela)
        return self.cast.coordinator, address("change_decide", change.pk), {**DECIDED, "outcome": "return", **CONFIRM}

    def revoke(self):
        return self.cast.coordinator, address("change_revoke", self._coming().pk), DECIDED | CONFIRM

    def correct(self):
        change = self._coming()
        told = {"field": "section", "becomes": "21", "reason": "näppäily", **CONFIRM}
        return self.cast.coordinator, address("decision_correct", change.pk, change.matter.decisions.get().pk), told

    def confirm_correction(self):
        change = self._coming()
        told = {"field": "section", "becomes": "21", "reason": "näppäily"}
        decision = change.matter.decisions.get()
        actions.correct_decision(decision=decision, by=self.cast.coordinator, on=self.cast.today, **told)
        return (
            self.cast.chair,
            address("correction_confirm", change.pk, Correction.objects.get(decision=decision).pk),
            CONFIRM,
        )

    def record_on_behalf(self):
        told = {"party": self.cast.hva.party.pk, "notice": upload, "arrived_on": "2.6.2025", **CONFIRM}
        return self.cast.coordinator, address("record_on_behalf", self.cast.agreement.pk, 2), told

    def party_decide(self):
        told = {**DECIDED, "organ": "Lautakunta", "outcome": "approve", "extract": upload, **CONFIRM}
        return self.cast.coordinator, address("party_decide", self._amendment().pk, 1), told

    def adopt(self):
        change = self._amendment()
        for party in self.cast.agreement.parties.all():
            told = {"organ": "Lautakunta", "decided_on": self.cast.today, "section": "5", "outcome": "approve"}
            file = Upload("ote.pdf", b"%PDF-1.7 x", "application/pdf")
            actions.decide_for_party(
                change=change, party=party, by=self.cast.coordinator, on=self.cast.today, sha256=change.sha256,
                extract=file, **told,
            )  # fmt: skip
        signing_world.completed(self.cast, change=self.cast.fresh(change), valid_from=date(2025, 10, 1))
        return self.cast.coordinator, address("amendment_adopt", change.pk), {"valid_from": "1.10.2025", **CONFIRM}

    def original(self):
        told = {"upload": upload, "way": "paper", "names": "Asta Alku", **CONFIRM}
        return self.cast.coordinator, address("original_enter", self.cast.agreement.pk), told

    def invite(self):
        told = {"name": "Uusi", "email": "uusi@example.org", "capacity": "reader", **CONFIRM}
        return self.cast.kela_main_user, address("person_invite", self.cast.agreement.pk, 3), told

    def cancel(self):
        told = {"name": "Uusi", "email": "uusi@example.org", "capacity": "reader"}
        main_user = self.cast.kela_main_user
        actions.invite_person(party=main_user.party, by=main_user, on=self.cast.today, link=str, **told)
        pk, invitation = self.cast.agreement.pk, Invitation.objects.get(email="uusi@example.org")
        return main_user, address("invitation_cancel", pk, invitation.pk), {}, address("people_list", pk)

    def end(self):
        reader = self.cast.holder("reader", party=self.cast.kela.party)
        url = address("mandate_end", self.cast.agreement.pk, reader.pk)
        return self.cast.kela_main_user, url, {"last_day": "5.6.2025", **CONFIRM}

    def bind(self):
        return self.cast.kela_main_user, address("mandate_bind", self.cast.agreement.pk, self.cast.kela.pk), CONFIRM

    def rename(self):
        told = {"name": "Uusi nimi", "valid_from": "1.1.2026", **CONFIRM}
        return self.cast.kela, address("party_rename", self.cast.agreement.pk, 3), told

    def settle(self):
        draft = actions.redraft_change(
            change=self.cast.returned_change(self.cast.kela), by=self.cast.kela, on=self.cast.today
        )
        self.cast.adopted_change(self.cast.kela)
        (touched,) = contents.document_changes(self.cast.fresh(draft))
        url = address("collision_settle", draft.pk, 2, touched.collisions[0].before.key)
        told = {"keep": "mine", "revision": self.cast.fresh(draft).revision}
        return self.cast.kela, url, told, draft.get_absolute_url()

    def move_section(self):
        change = self._text()
        page, told = address("draft_text", change.pk, 0), {"revision": change.revision, "to": "down"}
        return self.cast.ta, address("clause_move", change.pk, 0, "s1"), told, page

    def remove_section(self):
        return self.cast.ta, address("clause_remove", self._text().pk, 0, "s1"), {}

    def number_sections(self):
        change = self._text()
        page = address("draft_text", change.pk, 0)
        return self.cast.ta, address("clauses_number", change.pk, 0), {"revision": change.revision}, page

    def save_rows(self):
        change = actions.draft_change(document=self.cast.annex2, by=self.cast.kela, on=self.cast.today)
        told = rows_as_sent(change, self.cast.annex2, **{"rows-0-note": "uusi tieto"})
        return self.cast.kela, address("staffing:draft_lines", change.pk, 2), told

    def save_points(self):
        change = actions.draft_change(document=self.cast.annex1, by=self.cast.kela, on=self.cast.today)
        told = points_as_sent(change, self.cast.annex1, **{"points-0-opening": "ma–pe 9–15"})
        return self.cast.kela, address("staffing:draft_points", change.pk, 1), told

    def save_section(self):
        return self.cast.ta, address("draft_clause", self._text().pk, 0, "s1"), {"body": "Uusi sanamuoto."}

    def add_section(self):
        return self.cast.ta, address("draft_clause", self._text().pk, 0, "uusi"), {"body": "Uusi sanamuoto."}

    def save_proposal(self):
        change = self.cast.draft(self.cast.kela)
        return self.cast.kela, address("draft_proposal", change.pk), {"what": "Mitä", "why": "Miksi"}

    def save_details(self):
        told = {"business_id": "0246246-0", **CONFIRM}
        return self.cast.kela, address("party_edit", self.cast.agreement.pk, 3), told

    def give_feedback(self):
        return self.cast.kela, address("desk:feedback_give"), {"message": "Taulukko ei kuulu."}

    def answer_feedback(self):
        feedback = Feedback.objects.create(message="Taulukko", due_on=self.cast.today)
        self.cast.coordinator.person.is_staff = True
        self.cast.coordinator.person.save()
        return self.cast.coordinator, address("desk:feedback_answer", feedback.pk), {"answer": "Korjattu."}

    def _coming(self):
        return self.cast.adopted_change(self.cast.kela, valid_from=self.cast.today + timedelta(days=30))

    def _amendment(self):
        return self.cast.propose(self.cast.draft_text(self.cast.ta, self.cast.main_text), by=self.cast.ta)

    def _text(self):
        return actions.draft_change(document=self.cast.main_text, by=self.cast.ta, on=self.cast.today)
