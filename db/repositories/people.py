"""Accounts by name, and the sign-ins in force."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from claims.errors import NotFound, VersionConflict
from claims.records.people import Credentials, Role, SignIn, User
from db.mapping import read_record
from db.models import AccountRow, IdentityRow, SignInRow, UsedIdentityRow
from db.repositories.inserting import insert_into

_WORTH_KEEPING = timedelta(minutes=1)


class PeopleRepository:
    """Keeps accounts and sign-ins. Names and e-mail addresses are compared in lower case."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add_user(
        self,
        name: str,
        full_name: str,
        roles: tuple[Role, ...],
        password_hash: str,
        qualification: str = "",
        email: str = "",
        password_given: bool = False,
    ) -> User:
        """The new account. Raises ``VersionConflict`` when the name is taken, by an inactive one too."""
        if self._find_row(name) is not None:
            raise VersionConflict("name_taken", name=name)
        row = AccountRow(
            name=name.lower(),
            full_name=full_name,
            roles=roles,
            qualification=qualification,
            email=email.lower(),
            password_hash=password_hash,
            active=True,
            password_given=password_given,
        )
        self._session.add(row)
        self._session.flush()
        return read_record(User, row)

    def list_users(self) -> tuple[User, ...]:
        """All accounts by name, the inactive ones among them."""
        return tuple(
            read_record(User, row)
            for row in self._session.scalars(select(AccountRow).order_by(AccountRow.name))
        )

    def get_user(self, name: str) -> User:
        """The account of this name. Raises ``NotFound``."""
        return read_record(User, self._get_row(name))

    def find_user(self, name: str) -> User | None:
        """The account of this name, active or not, ``None`` where there never was one."""
        row = self._find_row(name)
        return None if row is None else read_record(User, row)

    def find_by_email(self, email: str) -> User | None:
        """The one active account with this address; ``None`` where none or several have it."""
        rows = self._session.scalars(
            select(AccountRow).where(AccountRow.email == email.lower(), AccountRow.active)
        ).all()
        return read_record(User, rows[0]) if email and len(rows) == 1 else None

    def find_by_identity(self, issuer: str, subject: str) -> User | None:
        """The account, active or not, to which this identity is linked, ``None`` where it is to none."""
        row = self._session.scalars(
            select(AccountRow)
            .join(IdentityRow, IdentityRow.account_id == AccountRow.id)
            .where(IdentityRow.issuer == issuer, IdentityRow.subject == subject)
        ).one_or_none()
        return None if row is None else read_record(User, row)

    def has_identity(self, user: User) -> bool:
        """Whether some identity is linked to the account."""
        linked = select(IdentityRow.subject).where(IdentityRow.account_id == user.id)
        return self._session.scalars(linked).first() is not None

    def link_identity(self, user: User, issuer: str, subject: str, at: datetime) -> bool:
        """Whether the identity is this account's from now on; not where either is linked already."""
        row = insert_into(self._session, IdentityRow).values(
            issuer=issuer, subject=subject, account_id=user.id, linked_at=at
        )
        linked = row.on_conflict_do_nothing().returning(IdentityRow.account_id)
        return self._session.scalar(linked) is not None

    def forget_identities(self, user: User) -> None:
        """No identity is linked to the account any more."""
        self._session.execute(delete(IdentityRow).where(IdentityRow.account_id == user.id))

    def find_credentials(self, name: str) -> Credentials | None:
        """What a sign-in under this name is checked against, or ``None``."""
        row = self._find_row(name)
        if row is None:
            return None
        return Credentials(read_record(User, row), row.password_hash, row.password_given)

    def change_user(self, name: str, **changes: str | bool | tuple[Role, ...]) -> User:
        """The account with these fields of ``User`` changed. Raises ``NotFound``."""
        row = self._get_row(name)
        for field, value in changes.items():
            setattr(row, field, value)
        self._session.flush()
        return read_record(User, row)

    def find_seen_until(self, name: str) -> datetime | None:
        """Up to when the person knows what was decided, ``None`` who never said so."""
        return self._session.scalar(select(AccountRow.seen_until).where(AccountRow.name == name))

    def note_seen(self, name: str, at: datetime) -> None:
        """The person knows what was decided until then."""
        self._session.execute(
            update(AccountRow).where(AccountRow.name == name).values(seen_until=at),
            execution_options={"synchronize_session": False},
        )

    def hold_accounts(self) -> None:
        """Let nobody else change an account before this unit of work ends."""
        # An update that changes nothing takes the rows on PostgreSQL and the writer's place on SQLite.
        in_order = select(AccountRow.id).order_by(AccountRow.id)
        if self._session.get_bind().dialect.name == "postgresql":
            self._session.execute(in_order.with_for_update())
        else:
            self._session.execute(update(AccountRow).values(active=AccountRow.active))

    def change_password(self, name: str, password_hash: str, given: bool = False) -> None:
        """Keep the new hash of a password that its owner chose, or was ``given``. Raises ``NotFound``."""
        row = self._get_row(name)
        row.password_hash, row.password_given = password_hash, given

    def open_sign_in(
        self, user: User, token_hash: str, at: datetime, ends_at: datetime, provisional: bool = False
    ) -> None:
        """Let this token stand for the person until ``ends_at``; sign-ins that have ended are cleared."""
        self._session.execute(delete(SignInRow).where(SignInRow.ends_at <= at))
        self._session.add(
            SignInRow(
                account_id=user.id,
                token_hash=token_hash,
                opened_at=at,
                ends_at=ends_at,
                provisional=provisional,
                proved_at=None,
            )
        )

    def note_use(self, token_hash: str, at: datetime, idle: timedelta, lasts: timedelta) -> bool:
        """Whether the sign-in, being used, ends later: ``idle`` from now, at most ``lasts`` from its start.

        One that is over stays so, and less than a minute more is not worth a row.
        """
        own = (SignInRow.token_hash == token_hash, SignInRow.ends_at > at)
        found = self._session.execute(
            select(SignInRow.opened_at, SignInRow.ends_at).where(*own)
        ).one_or_none()
        if found is None:
            return False
        ends_at = min(found.opened_at + lasts, at + idle)
        if ends_at - found.ends_at < _WORTH_KEEPING:
            return False
        # Not by the row: another tab may be signing out.
        self._session.execute(update(SignInRow).where(*own).values(ends_at=ends_at))
        return True

    def use_identity(self, identity_hash: str, at: datetime, void_at: datetime) -> bool:
        """Whether the identity is used for the first time; those that are void by now are cleared."""
        self._session.execute(delete(UsedIdentityRow).where(UsedIdentityRow.void_at <= at))
        used = insert_into(self._session, UsedIdentityRow).values(
            identity_hash=identity_hash, void_at=void_at
        )
        first = used.on_conflict_do_nothing().returning(UsedIdentityRow.identity_hash)
        return self._session.scalar(first) is not None

    def settle_sign_in(self, token_hash: str) -> None:
        """The sign-in is provisional no more."""
        self._session.execute(
            update(SignInRow).where(SignInRow.token_hash == token_hash).values(provisional=False)
        )

    def note_proof(self, token_hash: str, at: datetime) -> None:
        """The person of this sign-in proved anew who they are."""
        noted = update(SignInRow).where(SignInRow.token_hash == token_hash).values(proved_at=at)
        self._session.execute(noted)

    def find_proof(self, token_hash: str) -> datetime | None:
        """When the person of this sign-in last proved anew who they are, ``None`` for never."""
        proved = select(SignInRow.proved_at).where(SignInRow.token_hash == token_hash)
        return self._session.scalars(proved).one_or_none()

    def find_signed_in(self, token_hash: str, at: datetime, provisional: bool = False) -> User | None:
        """The active person for whom the token stands at this moment, or ``None``.

        A ``provisional`` sign-in is found by who asks for one alone.
        """
        row = self._session.scalars(
            select(AccountRow)
            .join(SignInRow, SignInRow.account_id == AccountRow.id)
            .where(
                SignInRow.token_hash == token_hash,
                SignInRow.ends_at > at,
                SignInRow.provisional == provisional,
                AccountRow.active,
            )
        ).one_or_none()
        return None if row is None else read_record(User, row)

    def list_sign_ins(self, user: User, at: datetime, here: str) -> tuple[SignIn, ...]:
        """The person's sign-ins in force, the latest first; ``here`` is the hash of the one that asks."""
        rows = self._session.scalars(
            select(SignInRow)
            .where(SignInRow.account_id == user.id, SignInRow.ends_at > at)
            .order_by(SignInRow.id.desc())
        )
        return tuple(SignIn(row.id, row.opened_at, row.ends_at, row.token_hash == here) for row in rows)

    def end_one_sign_in(self, user: User, number: int) -> bool:
        """Whether the person had this sign-in, which is ended now."""
        ending = delete(SignInRow).where(SignInRow.id == number, SignInRow.account_id == user.id)
        return self._session.scalar(ending.returning(SignInRow.id)) is not None

    def end_sign_in(self, token_hash: str) -> None:
        """The token stands for nobody from now on."""
        self._session.execute(delete(SignInRow).where(SignInRow.token_hash == token_hash))

    def end_all_sign_ins(self, user: User, but: str | None = None) -> int:
        """How many sign-ins of the person ended: all of them, ``but`` the one known by this hash."""
        ending = delete(SignInRow).where(SignInRow.account_id == user.id)
        if but is not None:
            ending = ending.where(SignInRow.token_hash != but)
        return len(self._session.scalars(ending.returning(SignInRow.id)).all())

    def _find_row(self, name: str) -> AccountRow | None:
        return self._session.scalars(
            select(AccountRow)
            .where(AccountRow.name == name.lower())
            .execution_options(populate_existing=True)
        ).one_or_none()

    def _get_row(self, name: str) -> AccountRow:
        row = self._find_row(name)
        if row is None:
            raise NotFound("user_not_found", name=name)
        return row
