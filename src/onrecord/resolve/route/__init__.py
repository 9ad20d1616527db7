"""By which way words came: turns of phrase, outlets, chains of hops, anonymity, settings."""
