"""Documents for people: what the archive adds up to, for the librarian and for those she tells of it."""
