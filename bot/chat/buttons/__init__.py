"""Buttons below answers: each id holds all that its press needs, so that nothing is stored.

A press of any button is dispatched to the handler of its kind; votes are passed on to listeners.
"""
