"""Document -> statements."""

from onrecord.extract.extractor import Extractor

__all__ = ["Extractor"]
