"""What the database refuses of feedback."""

from tym.core.guards import DELETE, UPDATE, Guard

GUARDS = [
    Guard(
        "desk_feedback_answered_once",
        "desk_feedback",
        (UPDATE,),
        "OLD.answered_at IS NOT NULL OR NEW.message <> OLD.message OR NEW.email <> OLD.email "
        "OR NEW.due_on <> OLD.due_on OR NEW.received_at <> OLD.received_at",
        "feedback stays as it came and is answered once",
    ),
    Guard("desk_feedback_kept", "desk_feedback", (DELETE,), "TRUE", "feedback is never removed"),
]
