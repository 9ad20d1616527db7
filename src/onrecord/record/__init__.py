"""onrecord.record"""
