"""Stage 5: statements of one or many documents -> links between them; documents -> reprints."""

from onrecord.connect.connector import Connector, Links, Update
from onrecord.connect.reprints import Reprint

__all__ = ["Connector", "Links", "Reprint", "Update"]
