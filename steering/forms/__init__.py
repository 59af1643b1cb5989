"""Forms of the steering group's room: read, checked, never saved here."""
