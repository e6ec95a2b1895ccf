"""Buttons below answers: each id holds all that its press needs, so that nothing is stored.

A press of any button is dispatched to the handler of its kind; votes are passed on to listeners.
"""

from bot.chat.buttons.bell_cards import MOST_TOLD, ToldAnswer, late_answer_card, shown_above, told_card
from bot.chat.buttons.bells import Bells
from bot.chat.buttons.dispatch import ButtonDispatcher, button_class
from bot.chat.buttons.page_buttons import button_payloads
from bot.chat.buttons.privacy_buttons import Privacy
from bot.chat.buttons.votes import Vote, VoteChange, Votes

__all__ = [
    "MOST_TOLD",
    "Bells",
    "ButtonDispatcher",
    "Privacy",
    "ToldAnswer",
    "Vote",
    "VoteChange",
    "Votes",
    "button_class",
    "button_payloads",
    "late_answer_card",
    "shown_above",
    "told_card",
]
