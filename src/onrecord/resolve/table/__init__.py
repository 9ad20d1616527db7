"""Whom the lists know: the shipped table, the user's own list, names across spellings, offices and their terms."""
