"""The recovery code (код за възстановяване): opens only "reset a named account", is recorded, rekeys the store."""

from pathlib import Path

from sqlcipher3 import dbapi2

from app.domain.errors import UnknownAccount, WrongPassword
from app.domain.facts import RecoveryUsed
from app.ledger import driver, keyslots
from app.ledger import engine as engines
from app.ledger.keyslots import KeyFile
from app.store import station as stations
from app.store.station import DATABASE, KEYS, NEXT_KEYS, StationStore, World


def reset_account(folder: Path, code: str, account: int, new_password: str, world: World) -> str:
    """Give an account a new password by the recovery code; return the next recovery code, shown once.

    The act is recorded, the database gets a new key, the code used is worth nothing any more.

    Raises:
        WrongPassword: not the code.
        UnknownAccount: no such account has a slot.

    """
    disk, random = world.disk, world.randomness.bytes
    settle(folder, code, world, keyslots.RECOVERY)
    file = keyslots.read(disk.read(str(folder / KEYS)))
    _, old = keyslots.unlock(file, code, keyslots.RECOVERY)
    if str(account) not in {slot.name for slot in file.slots}:
        raise UnknownAccount
    engine = engines.open_engine(folder / DATABASE, old)
    stations.migrate_all(engine)
    with StationStore(folder, engine, account, world) as store, store.bookkeeping() as act:
        act.record(RecoveryUsed(account))
    new, next_code = random(keyslots.KEY_BYTES), keyslots.recovery_code(random)
    fresh = keyslots.with_slot(file, str(account), new_password, old, random, world.cost)
    fresh = keyslots.with_slot(fresh, keyslots.RECOVERY, next_code, old, random, world.cost)
    disk.write(str(folder / NEXT_KEYS), keyslots.write(keyslots.with_master(fresh, old, new, random)))
    world.milestone("before_rekey")
    _rekey(folder / DATABASE, old, new)
    world.milestone("after_rekey")
    _settled(folder, world)
    return next_code


def settle(folder: Path, password: str, world: World, slot: str | None = None) -> None:
    """Finish or undo a change of the database key that was cut off: the key file that opens the database stands.

    Raises:
        WrongPassword: the database has its new key, and the password is one of before.

    """
    try:
        file = keyslots.read(world.disk.read(str(folder / NEXT_KEYS)))
    except FileNotFoundError:
        return
    if _opens(folder / DATABASE, file, password, slot):
        _settled(folder, world)
    elif _opens(folder / DATABASE, keyslots.read(world.disk.read(str(folder / KEYS))), password, slot):
        world.disk.remove(str(folder / NEXT_KEYS))
    else:
        keyslots.unlock(file, password, slot)


def _settled(folder: Path, world: World) -> None:
    world.disk.write(str(folder / KEYS), world.disk.read(str(folder / NEXT_KEYS)))
    world.disk.remove(str(folder / NEXT_KEYS))


def _opens(database: Path, file: KeyFile, password: str, slot: str | None) -> bool:
    try:
        _, key = keyslots.unlock(file, password, slot)
    except WrongPassword:
        return False
    try:
        connection = driver.connect(database, key)
    except dbapi2.DatabaseError:
        return False
    connection.close()
    return True


def _rekey(database: Path, old: bytes, new: bytes) -> None:
    """Change the key of every page; the WAL is switched off meanwhile, so that one transaction holds it all."""
    with engines.translated():
        connection = driver.connect(database, old)
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute(f"PRAGMA rekey = \"x'{new.hex()}'\"")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.close()
