"""onrecord.run"""
