"""Pages and their values → bytes."""
