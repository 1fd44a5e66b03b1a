"""From a school's computer to the world: what sends a site out, and what says why it does not arrive."""
