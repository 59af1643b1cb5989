"""The ground every room stands on. Knows nothing of agreements."""
