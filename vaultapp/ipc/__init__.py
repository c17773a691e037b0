"""The wire between the agent and its clients, and the client."""
