"""Pictures of the bot's cards, drawn from its payloads as Discord shows them; `python -m tests.cards` makes them."""
