"""What locks the vault without anybody asking: sleep, session, screen saver, idling."""
