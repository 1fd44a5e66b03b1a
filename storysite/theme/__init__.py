"""A theme: where its files lie, what it declares, and which names its templates use."""
