"""Byte layouts: headers, frames, blobs, words. Bytes in, bytes out; no input or output of its own."""
