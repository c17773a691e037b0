"""What the window shows of credentials, beside the page that holds it."""
