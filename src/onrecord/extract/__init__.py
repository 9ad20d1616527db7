"""onrecord.extract"""
