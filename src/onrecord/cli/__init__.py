"""onrecord.cli"""
