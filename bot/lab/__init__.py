"""Measurements for those who work on the bot, not for those who run it.

`evaluation` scores answers and fits the evidence model; `benchmark` measures speed and memory.
"""
