"""onrecord.store"""
