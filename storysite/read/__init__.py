"""Files → Posts."""
