"""onrecord.models"""
