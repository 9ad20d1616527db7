"""Whole archives: shards of the input, worker processes, parts in Parquet, resumable, every document accounted for.

The stages know nothing of this. Needs the extra ``onrecord[archive]``.
"""
