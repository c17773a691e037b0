"""What a credential of each kind consists of, as data: every interface draws it in its own way."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class Field(Struct, frozen=True):
    """One named part of a value, or one setting of a connection.

    Attributes:
        name: As in the value's JSON object; the public rotation templates use the same names.
        secret: Hidden on screens, and what strength and reuse are told of.
        required: A value without it is refused.
        lines: It may have several.
        default: Taken where nothing is given; shown in the empty field.
        choices: All it may be; empty when it is free.
    """

    name: str
    secret: bool = False
    required: bool = False
    lines: bool = False
    default: str = ""
    choices: tuple[str, ...] = ()


class PasswordRules(Struct, frozen=True):
    """How a secret of a kind is made.

    Attributes:
        length: Characters.
        letters, digits, symbols: Each set that is on gives at least one character; letters are of both cases.
        excluded: Characters that never come.
        ambiguous: Allow those that look alike: ``0O1lI|``.
    """

    length: int = 32
    letters: bool = True
    digits: bool = True
    symbols: bool = True
    # As the public rotation templates have it: these break connection strings.
    excluded: str = "/@\"'\\"
    ambiguous: bool = False


class CredentialKind(Struct, frozen=True):
    """A kind of credential.

    Attributes:
        name: As stored, e.g. ``mysql``.
        fields: Of its value, in the order of a form. A value may hold others, which count as secret.
        account: Field whose value is shown as the account; empty when there is none.
        target: Fields whose values, joined by a colon, are shown as the target.
        secret: Field that is copied, generated and rotated.
        settings: Of the connection by which it is rotated; empty for kinds that nothing rotates.
        rules: How its secret is made; None for secrets that are only kept.
        untried: Targets of this kind that the code was written for by their documentation, and never met.
    """

    name: str
    fields: tuple[Field, ...]
    secret: str
    account: str = ""
    target: tuple[str, ...] = ()
    settings: tuple[Field, ...] = ()
    rules: PasswordRules | None = None
    untried: tuple[str, ...] = ()

    @property
    def rotates(self) -> bool:
        """True when there is a connector for it."""
        return bool(self.settings)


TLS = Field("tls", default="verify", choices=("verify", "off"))
TLS_CA = Field("tls_ca")
"""Path of a file of certificates to trust instead of the system's."""
ADMIN = Field("admin")
"""Identifier of the credential that may change this one at its target; empty: it changes itself."""
PROBE = Field("probe")
"""A statement that must succeed with the new password; empty: logging in is enough."""
GRACE = Field("grace_minutes", default="30")
"""How long the old password stays valid where two may be."""
STRATEGY = "strategy"
DUAL, ALTERNATING, SINGLE = "dual", "alternating", "single"

_USERNAME = Field("username", required=True)
_PASSWORD = Field("password", secret=True, required=True)
_HOST = Field("host", required=True)

MYSQL = CredentialKind(
    name="mysql",
    fields=(
        _HOST,
        Field("port", default="3306"),
        _USERNAME,
        _PASSWORD,
        Field("dbname"),
        Field("engine", default="mysql"),
    ),
    secret="password",  # noqa: S106 - a field's name
    account="username",
    target=("host", "port"),
    settings=(Field(STRATEGY, default=DUAL, choices=(DUAL, ALTERNATING, SINGLE)), GRACE, ADMIN, TLS, TLS_CA, PROBE),
    rules=PasswordRules(),
    untried=("MySQL 5.7+",),
)
POSTGRESQL = CredentialKind(
    name="postgresql",
    fields=(
        _HOST,
        Field("port", default="5432"),
        _USERNAME,
        _PASSWORD,
        Field("dbname", default="postgres"),
        Field("engine", default="postgres"),
    ),
    secret="password",  # noqa: S106
    account="username",
    target=("host", "port"),
    settings=(Field(STRATEGY, default=SINGLE, choices=(ALTERNATING, SINGLE)), GRACE, ADMIN, TLS, TLS_CA, PROBE),
    rules=PasswordRules(),
)
REDIS = CredentialKind(
    name="redis",
    fields=(_HOST, Field("port", default="6379"), Field("username", default="default"), _PASSWORD),
    secret="password",  # noqa: S106
    account="username",
    target=("host", "port"),
    # Nodes: host:port, separated by commas; access lists are not replicated.
    settings=(Field("nodes"), GRACE, ADMIN, TLS, TLS_CA),
    rules=PasswordRules(symbols=False),
)
AWS = CredentialKind(
    name="aws",
    fields=(
        Field("username", required=True),
        Field("access_key_id", required=True),
        Field("secret_access_key", secret=True, required=True),
        Field("region", default="us-east-1"),
    ),
    secret="secret_access_key",  # noqa: S106
    account="access_key_id",
    target=("username",),
    # The service's address where it is not AWS's own.
    settings=(GRACE, ADMIN, Field("endpoint"), TLS_CA),
)
COMMAND = CredentialKind(
    name="command",
    fields=(Field("username"), _PASSWORD),
    secret="password",  # noqa: S106
    account="username",
    # The program and its arguments, separated as a shell would; no shell is used.
    settings=(Field("command", required=True), GRACE),
    rules=PasswordRules(),
)
LOGIN = CredentialKind(
    name="login",
    fields=(_USERNAME, _PASSWORD, Field("url"), Field("totp", secret=True), Field("notes", lines=True)),
    secret="password",  # noqa: S106
    account="username",
    target=("url",),
    rules=PasswordRules(length=20, excluded=""),
)
TOKEN = CredentialKind(
    name="token",
    fields=(Field("token", secret=True, required=True), Field("username"), Field("url"), Field("notes", lines=True)),
    secret="token",  # noqa: S106
    account="username",
    target=("url",),
    rules=PasswordRules(length=40, symbols=False, excluded=""),
)
CERTIFICATE = CredentialKind(
    name="certificate",
    fields=(
        Field("certificate", required=True, lines=True),
        Field("private_key", secret=True, required=True, lines=True),
        Field("passphrase", secret=True),
        Field("chain", lines=True),
        Field("username"),
    ),
    secret="private_key",  # noqa: S106
    account="username",
)
NOTE = CredentialKind(
    name="note",
    fields=(Field("note", secret=True, required=True, lines=True),),
    secret="note",  # noqa: S106
)

KINDS: Mapping[str, CredentialKind] = {
    kind.name: kind for kind in (MYSQL, POSTGRESQL, REDIS, AWS, COMMAND, LOGIN, TOKEN, CERTIFICATE, NOTE)
}
"""Those that are built in. Plug-ins bring more."""
