"""onrecord.ingest"""
