"""Statements -> who said them, and through whom."""

from onrecord.resolve.resolver import Resolver

__all__ = ["Resolver"]
