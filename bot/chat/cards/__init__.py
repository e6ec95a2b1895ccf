"""Cards: everything that the bot shows in Discord, laid out within Discord's limits, and the ids of its buttons.

Other people's words are escaped, cut and isolated here; whatever is sent goes through `Card`.
"""
