"""The recovery passphrase: it opens backups, and the house does not keep it.

The house keeps a public key, with which it seals a backup every night, and a key that proves a backup to be its own. The private
part and that proof lie beside, wrapped by the passphrase: scrypt (RFC 7914), AES-256-GCM. Each backup carries the wrapped part
along, so that it opens on any machine with the passphrase alone, also after the house has changed to another one.
"""

import hashlib
import json
import os
import secrets
import uuid
from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

# Letters and digits that are not taken for one another on paper (Crockford's base 32): 5 bits each, 120 bits in all.
LETTERS, GROUPS, GROUP = "0123456789ABCDEFGHJKMNPQRSTVWXYZ", 6, 4
MISREAD = str.maketrans("OIL", "011", " -\t\r\n")
# 128 MB and half a second on an old PC.
COST, BLOCK, PARALLEL = 1 << 17, 8, 1
# A gigabyte: what asks for more was not written by a house, and would take the PC down.
MOST_COST = 1 << 20
PLACE = Path("recovery", "recovery.json")


class WrongPassphrase(Exception):
    """The passphrase does not open this."""


@dataclass(frozen=True)
class Recovery:
    """What a house keeps of its recovery: its own name, the public key, the wrapped private part, the proving key."""

    house: str
    public: str
    salt: str
    wrapped: str
    cost: int = COST
    proof: str = field(default="", repr=False)

    def told(self) -> dict[str, Any]:
        """What a backup carries: everything but the proving key."""
        return asdict(replace(self, proof=""))

    def proving_key(self) -> bytes:
        """The key with which the house proves a backup to be its own."""
        return b64decode(self.proof)

    def new_key(self) -> tuple[bytes, str]:
        """A key for one backup, and the public value from which the passphrase finds it again."""
        ours = X25519PrivateKey.generate()
        shared = ours.exchange(X25519PublicKey.from_public_bytes(b64decode(self.public)))
        return _backup_key(shared), b64encode(ours.public_key().public_bytes_raw()).decode()

    def unwrapped(self, passphrase: str) -> tuple[X25519PrivateKey, bytes]:
        """The private key and the proving key.

        Raises:
            WrongPassphrase: it is another one.
            ValueError: this was not written by a house.
        """
        if not 1 < self.cost <= MOST_COST:
            raise ValueError(self.cost)
        wrapped = b64decode(self.wrapped)
        cipher = AESGCM(_stretched(passphrase, b64decode(self.salt), self.cost))
        try:
            plain = cipher.decrypt(wrapped[:12], wrapped[12:], b64decode(self.public))
        except InvalidTag:
            raise WrongPassphrase from None
        return X25519PrivateKey.from_private_bytes(plain[:32]), plain[32:]


def key_of_backup(private: X25519PrivateKey, told: str) -> bytes:
    """The key that `new_key` gave, from the public value that the backup tells."""
    return _backup_key(private.exchange(X25519PublicKey.from_public_bytes(b64decode(told))))


def _backup_key(shared: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt=None, info=b"bekal backup 1").derive(shared)


def _stretched(passphrase: str, salt: bytes, cost: int) -> bytes:
    said = passphrase.upper().translate(MISREAD).encode()
    return hashlib.scrypt(said, salt=salt, n=cost, r=BLOCK, p=PARALLEL, maxmem=256 * BLOCK * cost, dklen=32)


def make_recovery(*, house: str | None = None) -> tuple[Recovery, str]:
    """A fresh recovery, and its passphrase: shown once, kept nowhere."""
    letters = [secrets.choice(LETTERS) for _letter in range(GROUPS * GROUP)]
    passphrase = "-".join("".join(letters[place : place + GROUP]) for place in range(0, len(letters), GROUP))
    private, proof, salt, nonce = X25519PrivateKey.generate(), os.urandom(32), os.urandom(16), os.urandom(12)
    public = private.public_key().public_bytes_raw()
    sealed = AESGCM(_stretched(passphrase, salt, COST)).encrypt(nonce, private.private_bytes_raw() + proof, public)
    public_text, salt_text, wrapped, proof_text = (
        b64encode(part).decode() for part in (public, salt, nonce + sealed, proof)
    )
    return Recovery(house or str(uuid.uuid4()), public_text, salt_text, wrapped, proof=proof_text), passphrase


def read(data: Path) -> Recovery | None:
    """The recovery of the house in this data folder; None where set-up has not made one yet."""
    try:
        return Recovery(**json.loads((data / PLACE).read_text(encoding="utf-8")))
    except FileNotFoundError:
        return None


def keep(data: Path, recovery: Recovery) -> None:
    """Write it down, whole or not at all, for us alone."""
    place = data / PLACE
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    making = place.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(making, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(asdict(recovery), file)
        file.flush()
        os.fsync(file.fileno())
    making.replace(place)


def renew(data: Path) -> str:
    """Give the house a new passphrase. Backups made before open with the former one."""
    known = read(data)
    recovery, passphrase = make_recovery(house=known.house if known else None)
    keep(data, recovery)
    return passphrase


def text_of(key: bytes) -> str:
    """A key as it is written down."""
    return b64encode(key).decode()
