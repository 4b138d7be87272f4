"""`huddle migrate | backup | restore | rotate-keys`: the database made current, copied, kept, its tokens sealed."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from bot.errors import KeysError, SettingsError, StorageError
from bot.logs import configure
from bot.settings import OAuth, Settings, load
from storage.address import Address, parse

if TYPE_CHECKING:
    from bot.many import Rotated

out = Console(highlight=False, soft_wrap=True)


def register(cli: typer.Typer) -> None:
    """Make the commands known."""
    for command in (migrate, backup, restore):
        cli.command()(command)
    cli.command("rotate-keys")(rotate_keys)


def migrate(
    copy: Annotated[
        tuple[str, str] | None,
        typer.Option("--copy", metavar="FROM TO", help="Copy one database into another, empty one, and compare them."),
    ] = None,
) -> None:
    """Bring the database to this version's tables; `run` does the same when it starts. Or copy it elsewhere."""
    from storage.migrate import migrate as upgrade

    settings = _ready()
    if copy is not None:
        _copy(_address(copy[0]), _address(copy[1]))
        return
    before, after = upgrade(settings.database)
    moved = f"Migrated from {before} to {after}." if before else f"Made the database at revision {after}."
    out.print(f"The database is at revision {after}." if before == after else moved)


def backup(
    file: Annotated[Path, typer.Argument(help="Where to keep it: one file.", dir_okay=False)],
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Keep all there is in one file, checked. The coach may go on working; either kind of database can be kept."""
    from storage import backup as backups

    checked = backups.backup(_ready().database, file, force=force)
    _rows("Kept", checked.rows)
    out.print(f"{file} is whole, at revision {checked.revision}. It has people's words in it: keep it as safe.")


def restore(
    file: Annotated[Path, typer.Argument(help="The file that `huddle backup` wrote.", exists=True, dir_okay=False)],
) -> None:
    """Put a backup in the place of the database. A file that was there is kept beside it; a server must be empty."""
    from storage import backup as backups

    where = _ready().database
    checked, former = backups.restore(file, where)
    _rows("Restored", checked.rows)
    out.print(f"{where} is as it was in {file}.", markup=False)
    if former is not None:
        out.print(f"What was there before is in {former}.", markup=False)


def rotate_keys() -> None:
    """Seal every workspace's tokens anew with the first key of HUDDLE_KEYS; the others can be taken out then."""
    settings = _ready()
    oauth = settings.oauth()
    if oauth is None:
        raise SettingsError("SLACK_CLIENT_ID is not set, so no workspace's token is kept and no key is in use.")
    rotated = asyncio.run(_rotated(settings.database, oauth))
    some = "1 installation" if rotated.count == 1 else f"{rotated.count} installations"
    if rotated.busy:
        raise KeysError(
            f"{some} sealed with the first key; the token of {', '.join(rotated.busy)} is being renewed. "
            "Run it again in a minute, and keep the old key until then."
        )
    out.print(f"{some} sealed with the first key. The other keys can be taken out of HUDDLE_KEYS.", markup=False)


async def _rotated(where: Address, oauth: OAuth) -> Rotated:
    from bot.adapters.keys import FernetKeys
    from bot.clock import system_clock
    from bot.many import rotate
    from storage.open import open_existing

    keys, storage = FernetKeys(oauth.keys), open_existing(where)
    try:
        return await rotate(storage, keys, system_clock())
    finally:
        storage.close()


def _copy(source: Address, target: Address) -> None:
    from storage.copy import copy

    copied = copy(source, target)
    table = Table("Table", "Rows", "Checksum on both sides")
    for one in copied:
        table.add_row(one.table, f"{one.rows:,}", one.checksum)
    out.print(table)
    out.print(f"{target} has all that is in {source}. Set HUDDLE_DATABASE to it before the next start.", markup=False)


def _rows(did: str, rows: Mapping[str, int]) -> None:
    some = ", ".join(f"{name} {count:,}" for name, count in sorted(rows.items()) if count)
    out.print(f"{did}: {some or 'nothing yet, the tables are empty'}.", markup=False)


def _address(text: str) -> Address:
    try:
        return parse(text)
    except StorageError as error:
        raise SettingsError(f"That is no database: {error}.") from None


def _ready() -> Settings:
    settings = load()
    configure(settings.huddle_log_level, settings.huddle_log_format)
    return settings
