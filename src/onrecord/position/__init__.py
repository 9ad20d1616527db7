"""Stage 4: what does a statement do, and on what condition?"""

from onrecord.position.positioner import Positioner

__all__ = ["Positioner"]
