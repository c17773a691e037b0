"""Records and interfaces that both sides of the wire speak of, one file a subject."""
