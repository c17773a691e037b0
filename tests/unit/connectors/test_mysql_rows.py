"""What SHOW CREATE USER and SHOW GRANTS print, as MariaDB 10.11 printed it here (MySQL: by its documentation)."""

from __future__ import annotations

import pytest

from vaultapp.connectors.mysql_rights import Rights, parse_rights
from vaultapp.connectors.mysql_rows import Method, bound_as_written, bound_like, default_roles, parse_row

HASH = "*44AFACE0C204FF5D9ADBB78B57A57AD493D865BF"
WAYS = f"mysql_native_password USING '{HASH}' OR ed25519 USING 'Z'"
NATIVE = Method("mysql_native_password", HASH)
NO_LIMITS = "MAX_QUERIES_PER_HOUR 0 MAX_UPDATES_PER_HOUR 0 MAX_CONNECTIONS_PER_HOUR 0 MAX_USER_CONNECTIONS 0"
SUBJECT = "REQUIRE ISSUER '/C=FI' SUBJECT '/CN=it''s WITH x'"
MARIADB_BOUND = "REQUIRE SSL WITH MAX_USER_CONNECTIONS 5 PASSWORD EXPIRE NEVER"
MYSQL_BOUND = (
    "REQUIRE SSL WITH MAX_USER_CONNECTIONS 5 PASSWORD EXPIRE DEFAULT ACCOUNT UNLOCK PASSWORD HISTORY DEFAULT "
    "PASSWORD REUSE INTERVAL DEFAULT PASSWORD REQUIRE CURRENT DEFAULT"
)


@pytest.mark.parametrize(
    ("written", "methods", "bound"),
    [
        (f"CREATE USER `app`@`%` IDENTIFIED BY PASSWORD '{HASH}'", (NATIVE,), ""),
        (
            f"CREATE USER `app`@`%` IDENTIFIED VIA {WAYS} {MARIADB_BOUND}",
            (NATIVE, Method("ed25519", "Z")),
            MARIADB_BOUND,
        ),
        (
            f"CREATE USER `sock`@`%` IDENTIFIED VIA unix_socket OR mysql_native_password USING '{HASH}'",
            (Method("unix_socket"), NATIVE),
            "",
        ),
        ("CREATE USER `nopw`@`%` REQUIRE SSL", (), "REQUIRE SSL"),
        ("CREATE USER `nopw`@`%`", (), ""),
        (
            f"CREATE USER `we``ird' IDENTIFIED n@me`@`10.0.0.0/255.0.0.0` IDENTIFIED BY PASSWORD '{HASH}'",
            (NATIVE,),
            "",
        ),
        (
            rf"CREATE USER `app`@`%` IDENTIFIED WITH 'sha256_password' AS '$A$a''\'b|@' DEFAULT ROLE `r` {MYSQL_BOUND}",
            (Method("sha256_password", "$A$a''b|@"),),
            f"DEFAULT ROLE `r` {MYSQL_BOUND}",
        ),
    ],
)
def test_a_row_is_taken_apart(written: str, methods: tuple[Method, ...], bound: str) -> None:
    assert parse_row(written) == (methods, bound)


@pytest.mark.parametrize(
    ("bound", "like"),
    [
        ("", f"REQUIRE NONE WITH {NO_LIMITS} PASSWORD EXPIRE DEFAULT"),
        ("PASSWORD EXPIRE", f"REQUIRE NONE WITH {NO_LIMITS} PASSWORD EXPIRE DEFAULT"),
        (
            f"{SUBJECT} WITH MAX_USER_CONNECTIONS 5 MAX_STATEMENT_TIME 1.500000 PASSWORD EXPIRE INTERVAL 90 DAY",
            f"{SUBJECT} WITH {NO_LIMITS[:-1]}5 MAX_STATEMENT_TIME 1.500000 PASSWORD EXPIRE INTERVAL 90 DAY",
        ),
    ],
)
def test_what_a_row_is_bound_to_is_said_in_full(bound: str, like: str) -> None:
    assert bound_like(bound) == like


def test_what_mysql_prints_is_kept_but_that_the_password_must_be_changed() -> None:
    assert bound_as_written(f"DEFAULT ROLE `r`@`%`,`s`@`%` {MYSQL_BOUND}") == MYSQL_BOUND
    assert bound_as_written("REQUIRE NONE PASSWORD EXPIRE ACCOUNT UNLOCK") == "REQUIRE NONE ACCOUNT UNLOCK"
    assert default_roles(f"DEFAULT ROLE `r`@`%`,`s`@`%` {MYSQL_BOUND}") == "`r`@`%`,`s`@`%`"
    assert default_roles(MYSQL_BOUND) == ""


def test_rights_are_those_of_the_account_itself() -> None:
    lines = [
        "GRANT `reader` TO `app`@`%` WITH ADMIN OPTION",
        f"GRANT USAGE ON *.* TO `app`@`%` IDENTIFIED BY PASSWORD '{HASH}' REQUIRE SUBJECT '/CN= WITH GRANT OPTION'",
        "GRANT SELECT (`id`), UPDATE (`id`) ON `shop`.`orders` TO `app`@`%` WITH GRANT OPTION",
        "GRANT PROXY ON `dn`@`%` TO `app`@`%`",
        "GRANT USAGE ON *.* TO `reader`",
        "GRANT SELECT ON `mysql`.`help_topic` TO `reader`",
        "GRANT EXECUTE ON `shop`.* TO PUBLIC",
        "GRANT SELECT ON `x`.* TO `app`@`127.0.0.1`",
        "SET DEFAULT ROLE `reader` FOR `app`@`%`",
    ]
    assert parse_rights(lines, "app", "%") == Rights(
        frozenset(
            {
                ("GRANT `reader`", " WITH ADMIN OPTION"),
                ("GRANT USAGE ON *.*", ""),
                ("GRANT SELECT (`id`), UPDATE (`id`) ON `shop`.`orders`", " WITH GRANT OPTION"),
                ("GRANT PROXY ON `dn`@`%`", ""),
            }
        ),
        "`reader`",
    )
