"""Play the gateway: the websocket by which Discord tells a bot what happens."""
