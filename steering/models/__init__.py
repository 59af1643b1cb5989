from steering.models.terms import SeatLine, Term

__all__ = ["SeatLine", "Term"]
