"""Texts as they are: offsets in other units, normal forms with a way back, marks, sentences, changed versions."""
