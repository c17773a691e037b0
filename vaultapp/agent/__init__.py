"""The process that holds the keys: server, roles, lock, hardening."""
