"""onrecord.views"""
