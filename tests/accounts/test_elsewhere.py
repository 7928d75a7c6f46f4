"""Whose account somebody is who signed in elsewhere: by issuer and subject, linked once."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count

import pytest

from claims.errors import RoleRefused, RuleRefused, SignInRefused
from claims.records.people import Role, User
from reviewer.accounts.elsewhere import (
    confirm_elsewhere,
    link_account,
    sign_by_provider,
    sign_in_elsewhere,
    unlink_account,
)
from reviewer.accounts.managing import add_user, change_roles
from reviewer.accounts.offline import OPERATOR
from reviewer.accounts.signing_in import find_signed_in
from reviewer.settings import Oidc
from tests.conftest import OpenWork
from tests.factories import make_moment

SECRET, NOON, ADDRESS = "secret of the test", make_moment(), "sato@clinic.example"
OIDC = Oidc("https://provider.example/metadata", "client", "https://konkyo.example", "secret")
_nonces = count()


def identity(subject: str = "1", email: str = ADDRESS, **said: object) -> Mapping[str, object]:
    told = {"iss": "https://provider.example", "sub": subject, "email": email, "email_verified": True}
    return {**told, "nonce": next(_nonces), **said}


@pytest.fixture
def sato(open_work: OpenWork) -> User:
    with open_work() as work:
        password = "three owls read slowly"
        return add_user(work, OPERATOR, "sato", password, (Role.REVIEWER,), NOON, email=ADDRESS)


def come(open_work: OpenWork, said: Mapping[str, object], oidc: Oidc = OIDC) -> str:
    """The name of who comes in, or the code by which they are refused."""
    try:
        with open_work() as work:
            token = sign_in_elsewhere(work, said, oidc, SECRET, NOON)
    except SignInRefused as refused:
        return refused.code
    with open_work() as work:
        user = find_signed_in(work, token, SECRET, NOON)
    assert user is not None
    return user.name


def test_an_identity_is_linked_by_its_verified_address_and_comes_in_whatever_its_address_is_then(
    open_work: OpenWork, sato: User
) -> None:
    assert come(open_work, identity()) == "sato"
    assert come(open_work, identity(email="sato@married.example", email_verified=False)) == "sato"


@pytest.mark.parametrize("verified", [False, "true", "false", 1, None])
def test_an_address_that_is_not_verified_links_nobody(
    open_work: OpenWork, sato: User, verified: object
) -> None:
    assert come(open_work, identity(email_verified=verified)) == "account_missing"


def test_who_gets_a_former_colleagues_address_does_not_get_the_account(
    open_work: OpenWork, sato: User
) -> None:
    assert come(open_work, identity("1")) == "sato"
    assert come(open_work, identity("2")) == "account_missing"
    assert come(open_work, identity("1", iss="https://other.example")) == "account_missing"


@pytest.mark.parametrize("said", [{"sub": ""}, {"sub": 7}, {"iss": None}, {"sub": "x" * 256}])
def test_an_identity_without_issuer_or_subject_is_nobodys(
    open_work: OpenWork, sato: User, said: dict[str, object]
) -> None:
    assert come(open_work, identity(**said)) == "account_missing"  # type: ignore[arg-type]


def test_who_has_no_account_any_more_comes_in_by_no_identity(open_work: OpenWork, sato: User) -> None:
    assert come(open_work, identity()) == "sato"
    with open_work() as work:
        change_roles(work, OPERATOR, "sato", sato.roles, False, NOON)
    assert come(open_work, identity()) == "account_missing"


def test_an_administrator_links_and_unlinks_by_hand_and_nobody_else(open_work: OpenWork, sato: User) -> None:
    issuer = "https://provider.example"
    with open_work() as work:
        add_user(work, OPERATOR, "mori", "three owls read slowly", (Role.ADMIN,), NOON)
        with pytest.raises(RoleRefused):
            link_account(work, sato, "sato", issuer, "9", NOON)
    with open_work() as work:
        link_account(work, OPERATOR, "sato", issuer, "9", NOON)
    assert come(open_work, identity("9", email="")) == "sato"
    assert come(open_work, identity("1")) == "account_missing"
    with open_work() as work, pytest.raises(RuleRefused, match="identity_taken"):
        link_account(work, OPERATOR, "mori", issuer, "9", NOON)
    with open_work() as work:
        unlink_account(work, OPERATOR, "sato", NOON)
    assert come(open_work, identity("9", email="")) == "account_missing"
    assert come(open_work, identity("1")) == "sato"


@pytest.mark.parametrize(
    ("said", "comes"),
    [
        ({"acr": "phr", "amr": ["pwd", "otp"]}, "sato"),
        ({"acr": "phr", "amr": ["pwd"]}, "proof_weak"),
        ({"acr": "0", "amr": ["otp"]}, "proof_weak"),
        ({"acr": "phr", "amr": "otp"}, "proof_weak"),
        ({}, "proof_weak"),
    ],
)
def test_a_second_factor_that_is_asked_for_has_to_be_proved(
    open_work: OpenWork, sato: User, said: dict[str, object], comes: str
) -> None:
    asking = Oidc(*OIDC_PARTS, acr=("phr", "phrh"), amr=("otp", "hwk"))
    assert come(open_work, identity(**said), asking) == comes  # type: ignore[arg-type]


def test_who_signs_proves_anew_at_the_provider_that_it_is_they(open_work: OpenWork, sato: User) -> None:
    with open_work() as work:
        token = sign_in_elsewhere(work, identity(), OIDC, SECRET, NOON)
        other = identity("2", email="mori@clinic.example")
        add_user(
            work, OPERATOR, "mori", "three owls read slowly", (Role.EDITOR,), NOON, email=str(other["email"])
        )
    assert come(open_work, other) == "mori"

    def confirm(said: Mapping[str, object], with_token: str = token) -> str:
        with open_work() as work:
            try:
                confirm_elsewhere(work, said, OIDC, with_token, SECRET, NOON)
            except SignInRefused as refused:
                return refused.code
        return "proved"

    def sign(minutes: int) -> str:
        with open_work() as work:
            try:
                return sign_by_provider(work, sato, token, SECRET, make_moment(minutes)).proved_by.value
            except SignInRefused as refused:
                return refused.code

    now = int(NOON.timestamp())
    assert sign(0) == "proof_missing"
    assert confirm(identity()) == "proof_old", "a provider that does not say when it asked"
    assert confirm(identity(auth_time=now - 3_600)) == "proof_old"
    assert confirm(identity("2", auth_time=now)) == "proof_of_another"
    assert confirm(identity(auth_time=now), "no token") == "sign_in_ended"
    assert sign(0) == "proof_missing"
    said = identity(auth_time=now)
    assert [confirm(said), confirm(said)] == ["proved", "identity_used"]
    assert [sign(minutes) for minutes in (0, 5, 6)] == ["provider", "provider", "proof_missing"]


OIDC_PARTS = (OIDC.metadata_url, OIDC.client_id, OIDC.public_url, OIDC.client_secret)
