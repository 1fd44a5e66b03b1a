"""Which pages a site has and what each may show, and which of them differ from what was made before. Pure."""
