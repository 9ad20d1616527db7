"""onrecord.export"""
