"""Pages of the costs room."""
