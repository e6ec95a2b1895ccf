"""What is new: lists of arrivals, posts in a channel that moderators chose, and the card of the week.

Nothing here is of a member but counts.
"""
