"""Buttons below answers: each id holds all that its press needs, so that nothing is stored.

A press of any button is dispatched to the handler of its kind; votes are passed on to listeners.
"""

from bot.chat.buttons.dispatch import ButtonDispatcher, button_class
from bot.chat.buttons.votes import Vote, Votes

__all__ = [
    "ButtonDispatcher",
    "Vote",
    "Votes",
    "button_class",
]
