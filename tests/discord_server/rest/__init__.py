"""Play Discord's REST API: a route is a function from a call to an answer."""
