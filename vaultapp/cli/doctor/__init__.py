"""What ``vaultapp doctor`` looks at, one concern a file."""
