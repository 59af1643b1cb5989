"""Pages of the agreement: what holds, what is proposed, what was decided."""
