from __future__ import annotations

import random

import pytest

from vaultapp.cli.masking import MASK, Masker

SECRET = "s3cr3t-value"


def masked(secrets: list[str], *chunks: bytes) -> bytes:
    masker = Masker(secrets)
    return b"".join(map(masker.feed, chunks)) + masker.end()


def test_a_secret_is_replaced_wherever_the_stream_is_cut() -> None:
    text = b"before s3cr3t-value after s3cr3t-values3cr3t-value end s3cr3t-valu"
    wanted = b"before %b after %b%b end s3cr3t-valu" % (MASK, MASK, MASK)
    for size in range(1, len(text) + 1):
        chunks = [text[at : at + size] for at in range(0, len(text), size)]
        assert masked([SECRET], *chunks) == wanted, size


def test_what_cannot_be_a_secret_is_shown_at_once() -> None:
    masker = Masker([SECRET])
    assert masker.feed(b"Password: ") == b"Password: "
    assert masker.feed(b"x s3c") == b"x "
    assert masker.feed(b"ret") == b"s3cret"
    assert masker.end() == b""


def test_the_longer_of_two_secrets_is_taken_although_the_shorter_is_whole_first() -> None:
    assert masked(["secret", "secret-longer"], b"a secret", b"-longer b") == b"a %b b" % MASK
    assert masked(["secret", "secret-longer"], b"a secret", b"-other b") == b"a %b-other b" % MASK
    assert masked(["secret", "secret-longer"], b"a secret") == b"a " + MASK


def test_short_values_are_left() -> None:
    assert masked(["abcde", ""], b"abcde") == b"abcde"
    assert masked(["äöüß€x"], "äöüß€x".encode()) == MASK


def test_each_line_of_a_key_is_hidden_whatever_ends_lines() -> None:
    key = "-----BEGIN KEY-----\nMIIEvQIBADANBg\nkqhkiG9w0BAQEF\n"
    assert masked([key], key.encode()) == MASK
    shown = masked([key], key.replace("\n", "\r\n").encode())
    assert shown == MASK + b"\r\n" + MASK + b"\r\n" + MASK + b"\r\n"


@pytest.mark.parametrize("seed", range(50))
def test_nothing_of_a_secret_is_shown_in_random_chunks(seed: int) -> None:
    chance = random.Random(seed)
    secrets = ["".join(chance.choices("ab", k=chance.randint(6, 12))) for _ in range(3)]
    text = "".join(chance.choice([*secrets, "a", "b", "--", "-"]) for _ in range(200)).encode()
    chunks, at = [], 0
    while at < len(text):
        size = chance.randint(1, 9)
        chunks.append(text[at : at + size])
        at += size
    # Cut in any way it is the same as in one piece, where leftmost and longest is a few lines.
    assert masked(secrets, *chunks) == in_one_piece(secrets, text)


def in_one_piece(secrets: list[str], text: bytes) -> bytes:
    out, at = b"", 0
    ordered = sorted((secret.encode() for secret in secrets), key=len, reverse=True)
    while at < len(text):
        hit = next((secret for secret in ordered if text.startswith(secret, at)), None)
        out += MASK if hit else text[at : at + 1]
        at += len(hit) if hit else 1
    return out
