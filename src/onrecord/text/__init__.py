"""onrecord.text"""
