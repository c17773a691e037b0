"""Primitives: AEAD, key derivation, wrapping, randomness. The only importer of the cryptographic libraries."""
