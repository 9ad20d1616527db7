"""Whole archives: shards of the input, worker processes, parts in Parquet, resumable, with an account of every document.

The stages know nothing of this. Needs the extra ``onrecord[archive]``.
"""
