"""Pages of the steering group's room."""
