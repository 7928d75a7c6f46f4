"""Guessing is bounded: each try counts before a password is looked at, whoever is named (ADR 0041)."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from db.unit_of_work import UnitOfWork
from reviewer.accounts.sealing import derive_key

# Wrong ones within the window: under one name from one address, under a name, from an address.
TRIES_OF_BOTH, TRIES_OF_A_NAME, TRIES_OF_AN_ADDRESS = 5, 25, 50
WINDOW = timedelta(minutes=15)
# From where somebody came in, strangers elsewhere cannot lock them out for so long.
KNOWN_FOR = timedelta(days=90)
_PURPOSE = "konkyo: tries to sign in"
# The providers of IPv6 give each customer a network of this size at least.
_NETWORK_OF_ONE = 64


@dataclass(frozen=True, slots=True)
class Guess:
    """Where a try counts: under its name, from its address, and for both. ``""`` counts nowhere."""

    both: str
    name: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """Whether a try may be looked at, and whether it is the first that is refused."""

    allowed: bool
    first_refused: bool = False


def place_guess(name: str, address: str, secret: str) -> Guess:
    """Where a stranger's try under the name from the address counts."""
    network = name_network(address)
    return Guess(
        _digest(secret, "both", name, network),
        _digest(secret, "name", name),
        _digest(secret, "address", network),
    )


def place_own_guess(name: str, secret: str) -> Guess:
    """Where a try of somebody who is signed in counts: nobody else's tries count there."""
    return Guess(_digest(secret, "signed in", name))


def count_try(work: UnitOfWork, guess: Guess) -> Counted:
    """Count the try and keep that. Who came in by the same name and address of late is bounded by both alone.

    From an address that has none left nothing is counted, so that what strangers leave stays bounded too.
    """
    window = WINDOW.total_seconds()
    work.tries.forget()
    work.commit_passing()
    is_known = not guess.address or work.tries.look(guess.both).known
    if not is_known and work.tries.look(guess.address).count > TRIES_OF_AN_ADDRESS:
        return Counted(allowed=False)
    counts = [(work.tries.count(guess.both, window).count, TRIES_OF_BOTH)]
    # One order for all, so that no two wait for each other.
    for bucket, most in ((guess.address, TRIES_OF_AN_ADDRESS), (guess.name, TRIES_OF_A_NAME)):
        if not is_known and all(count <= bound for count, bound in counts):
            counts.append((work.tries.count(bucket, window).count, most))
    work.commit_passing()
    count, most = counts[-1]
    return Counted(count <= most, count == most + 1)


def forgive(work: UnitOfWork, guess: Guess) -> None:
    """The password was right: tries by both are forgiven, and this one counts nowhere as a guess."""
    work.tries.forgive(guess.both, KNOWN_FOR.total_seconds() if guess.address else 0.0)
    for bucket in filter(None, (guess.address, guess.name)):
        work.tries.take_back(bucket)


def name_network(address: str) -> str:
    """What counts as one address: of IPv6 the network that one customer has.

    >>> name_network("2001:db8:1:2:3::4"), name_network("::ffff:192.0.2.7"), name_network("192.0.2.7")
    ('2001:db8:1:2::/64', '192.0.2.7', '192.0.2.7')
    """
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(found) if found.version == 4 else str(ip_network((found, _NETWORK_OF_ONE), strict=False))


def _digest(secret: str, *parts: str) -> str:
    told = "\n".join(parts)
    return hmac.new(derive_key(secret, _PURPOSE), told.encode(), hashlib.sha256).hexdigest()
