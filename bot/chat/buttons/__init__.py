"""Buttons below answers: each id holds all that its press needs, so that nothing is stored.

A press of any button is dispatched to the handler of its kind; votes are passed on to listeners.
"""

from bot.chat.buttons.dispatch import ButtonDispatcher, button_class
from bot.chat.buttons.privacy_buttons import Privacy
from bot.chat.buttons.votes import Vote, VoteChange, Votes

__all__ = [
    "ButtonDispatcher",
    "Privacy",
    "Vote",
    "VoteChange",
    "Votes",
    "button_class",
]
