"""Constructed news stories, shipped so that the first run has something to read.

``stories.jsonl`` holds 36 articles about six invented affairs, each told by several invented outlets. They were
written for onrecord; no outlet printed them.
"""
