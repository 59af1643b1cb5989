"""What a change does to a text, section by section: for a list of changes, a marked text and two side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rapidfuzz.distance import Indel

from agreements import markup, redline
from agreements.contents import RowChange
from agreements.models import Clause
from agreements.redline import Redline

# A section removed in one place and written into another with at least this part of its words is the same section.
SAME_SECTION = 0.7


def title(clause: Clause | None) -> str:
    """ "4 Palvelupaikat", also for a section without number and heading."""
    return "" if clause is None else str(clause) or _("Text without a heading")


def anchor(document_pk: int, key: str) -> str:
    return f"kohta-{document_pk}-{key}"


def heading_level(clause: Clause) -> int:
    """Of a section inside a page that puts the text under a heading of level 3: one below that of its part."""
    return 5 if clause.part else 4


@dataclass(frozen=True)
class ClauseChange:
    """A section before, after and marked. `moved` tells from where to where in words, or is empty."""

    change: RowChange
    moved: str
    heading: Redline
    body: Redline

    @property
    def anchor(self) -> str:
        """The id of the section on a page that shows the change."""
        return anchor(self.change.row.version.document_id, self.change.row.key)

    @property
    def title(self) -> str:
        return title(self.change.row)

    @property
    def title_before(self) -> str:
        return title(self.change.before)

    @property
    def renumbered(self) -> bool:
        return self.change.kind == "changed" and self.change.before.number != self.change.after.number

    @property
    def is_edited(self) -> bool:
        return self.change.kind == "changed" and (self.body.changed or self.heading.changed)

    @property
    def is_seen(self) -> bool:
        """Whether a reader of the text can tell the difference: room made for another section is none."""
        return bool(self.change.kind != "changed" or self.moved or self.renumbered or self.is_edited)

    @property
    def told(self) -> list[str]:
        """What has happened to the section, in words."""
        if self.change.kind == "changed":
            return [*self._place(), *self._words()]
        words = self.body.added + self.body.removed
        told = {"words": ngettext("%(count)s word", "%(count)s words", words) % {"count": words}}
        return [_("added, %(words)s") % told if self.change.kind == "added" else _("deleted, %(words)s") % told]

    def _place(self) -> Iterator[str]:
        if self.moved:
            yield self.moved
        if self.renumbered:
            numbers = {"old": self.change.before.number or "–", "new": self.change.after.number or "–"}
            yield _("renumbered: was %(old)s, is now %(new)s") % numbers

    def _words(self) -> Iterator[str]:
        if self.heading.changed:
            yield _("heading changed")
        if not self.body.changed:
            return
        counts = [
            (self.body.added, ngettext("%(count)s word added", "%(count)s words added", self.body.added)),
            (self.body.removed, ngettext("%(count)s word deleted", "%(count)s words deleted", self.body.removed)),
            (self.body.moved, ngettext("%(count)s word moved", "%(count)s words moved", self.body.moved)),
            (
                self.body.weighed,
                ngettext("bold changed in %(count)s word", "bold changed in %(count)s words", self.body.weighed),
            ),
        ]
        told = ", ".join(sentence % {"count": count} for count, sentence in counts if count)
        yield _("text changed: %(counts)s") % {"counts": told} if told else _("text changed")

    @property
    def before_html(self) -> SafeString:
        """The body as it was, unmarked."""
        return markup.render(self.change.before.body if self.change.before else "")

    @property
    def after_html(self) -> SafeString:
        """The body as it becomes, unmarked."""
        return markup.render(self.change.after.body if self.change.after else "")

    @property
    def sides(self) -> tuple[SafeString, SafeString]:
        """The body before and after, to be put side by side."""
        old, new = self.change.before, self.change.after
        return redline.sides(old.body if old else "", new.body if new else "")


@dataclass(frozen=True)
class Entry:
    """A section in the whole text. `item`: what changes in it, or None; `left`: it has gone from this place."""

    part: str
    clause: Clause
    item: ClauseChange | None
    left: bool

    @property
    def html(self) -> SafeString:
        return markup.render(self.clause.body)

    @property
    def level(self) -> int:
        return heading_level(self.clause)


@dataclass(frozen=True)
class Comparison:
    """What a change does to a text. items: what a reader can tell, in the order of the text; changes: all of it."""

    items: tuple[ClauseChange, ...]
    changes: tuple[RowChange, ...]
    before: tuple[Clause, ...]
    after: tuple[Clause, ...]

    @property
    def entries(self) -> list[Entry]:
        """The whole text as it becomes, what goes being shown where it was."""
        entries, part = [], ""
        for clause, left in self._places():
            begins = clause.part if clause.part != part else ""
            part = clause.part
            entries.append(Entry(begins, clause, self._item_of.get(clause.pk), left))
        return entries

    @cached_property
    def _item_of(self) -> dict[int, ClauseChange]:
        return {row.pk: item for item in self.items for row in (item.change.before, item.change.after) if row}

    def _places(self) -> Iterator[tuple[Clause, bool]]:
        """Every section that is, and every place that one leaves, right after what it used to follow."""
        becomes = {change.before.pk: change.after for change in self.changes if change.before}
        leaving: dict[int, list[Clause]] = defaultdict(list)
        follows = 0
        for clause in self.before:
            after, item = becomes.get(clause.pk, clause), self._item_of.get(clause.pk)
            if after is None or (item and item.moved):
                leaving[follows].append(clause)
            else:
                follows = after.pk
        yield from ((clause, True) for clause in leaving[0])
        for clause in self.after:
            yield clause, False
            yield from ((gone, True) for gone in leaving[clause.pk])


def compared(changes: Sequence[RowChange], before: Sequence[Clause], after: Sequence[Clause]) -> Comparison:
    paired = _paired(changes)
    moves = _moves(paired, before, after)
    items = [item for change in paired if (item := _clause_change(change, moves)).is_seen]
    items.sort(key=lambda item: (item.change.row.position, item.change.row.pk))
    return Comparison(tuple(items), tuple(paired), tuple(before), tuple(after))


def between(before: Sequence[Clause], after: Sequence[Clause]) -> Comparison:
    """From one wording of a text to another; a section that only they have is found by its words."""
    old, new = ({clause.key: clause for clause in clauses} for clauses in (before, after))
    pairs = [RowChange(old.get(key), new.get(key)) for key in {**old, **new}]
    return compared([pair for pair in pairs if pair.before != pair.after], before, after)


def _paired(changes: Sequence[RowChange]) -> list[RowChange]:
    """A section deleted and written anew elsewhere counts as one that moved. What is decided is still the rows."""
    gone = [change for change in changes if change.kind == "removed"]
    new = [change for change in changes if change.kind == "added"]
    alike = sorted(
        ((_likeness(old.before, added.after), old, added) for old in gone for added in new),
        key=lambda found: found[0],
        reverse=True,
    )
    pairs: list[RowChange] = []
    for likeness, old, added in alike:
        if likeness >= SAME_SECTION and old in gone and added in new:
            gone.remove(old)
            new.remove(added)
            pairs.append(RowChange(old.before, added.after))
    return [change for change in changes if change.kind == "changed" or change in gone or change in new] + pairs


def _likeness(old: Clause, new: Clause) -> float:
    words = [f"{clause.heading} {clause.body}".split() for clause in (old, new)]
    return Indel.normalized_similarity(*words, score_cutoff=SAME_SECTION)


def _moves(changes: Sequence[RowChange], before: Sequence[Clause], after: Sequence[Clause]) -> dict[int, str]:
    """From where to where in words, of each section that changed its place; by the row after."""
    kept = [change for change in changes if change.before and change.after]
    known = {change.after.pk: change.before.key for change in kept}
    old = [clause.key for clause in before]
    new = [known.get(clause.pk, clause.key) for clause in after]
    common = set(old) & set(new)
    old_places, new_places = _preceding(old, common), _preceding(new, common)
    moves = {}
    for change in kept:
        key, same_part = change.before.key, change.before.part == change.after.part
        # A section that only another one has passed keeps its position.
        stays = change.before.position == change.after.position or old_places[key] == new_places[key]
        if not (stays and same_part):
            moves[change.after.pk] = _told_move(change, before, after)
    return moves


def _preceding(keys: Sequence[str], common: set[str]) -> dict[str, frozenset[str]]:
    """Which of the common sections come before each of them."""
    kept = [key for key in keys if key in common]
    return {key: frozenset(kept[:place]) for place, key in enumerate(kept)}


def _told_move(change: RowChange, before: Sequence[Clause], after: Sequence[Clause]) -> str:
    if change.before.part != change.after.part:
        parts = {"old": change.before.part or "–", "new": change.after.part or "–"}
        return _("moved from the part “%(old)s” to the part “%(new)s”") % parts
    told = {"old": _follows(change.before, before), "new": _follows(change.after, after)}
    if not told["old"]:
        return _("moved: was first, is now after “%(new)s”") % told
    if not told["new"]:
        return _("moved: was after “%(old)s”, is now first") % told
    return _("moved: was after “%(old)s”, is now after “%(new)s”") % told


def _follows(clause: Clause, clauses: Sequence[Clause]) -> str:
    place = [row.pk for row in clauses].index(clause.pk)
    return title(clauses[place - 1]) if place else ""


def _clause_change(item: RowChange, moves: dict[int, str]) -> ClauseChange:
    old, new = item.before, item.after
    headings = [markup.escape_text(clause.heading) if clause else "" for clause in (old, new)]
    return ClauseChange(
        change=item,
        moved=moves.get(new.pk, "") if new else "",
        heading=redline.compare(*headings),
        body=redline.compare(old.body if old else "", new.body if new else ""),
    )
