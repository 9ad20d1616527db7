"""What are capitals called in other languages? From Unicode's CLDR, by way of Babel."""

from __future__ import annotations

from functools import cache

from babel import Locale
from babel.core import get_global

from onrecord.resolve.table.entries import Entry, EntryName

LANGUAGES = ("uk", "ru", "pl", "de", "fr", "es", "tr", "hu", "it")


@cache
def _zones() -> dict[str, str]:
    """The time zone of each city that CLDR names in English."""
    cities: dict[str, str] = {}
    for zone in sorted(get_global("zone_territories")):
        city = Locale("en").time_zones.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
        cities.setdefault(city.casefold(), zone)
    return cities


def capital_names(state: Entry) -> set[EntryName]:
    """The names of a state's capital in other languages, where a time zone bears its name."""
    found: set[EntryName] = set()
    for name in state.names:
        zone = _zones().get(name.text.casefold()) if name.how == "capital" else None
        for language in LANGUAGES if zone else ():
            city = Locale(language).time_zones.get(zone, {}).get("city")
            if city:
                found.add(EntryName(text=city, how="capital", layer="cldr", language=language))
    return found
