"""The command line: thin commands over the contracts, spoken to the agent over the wire."""
