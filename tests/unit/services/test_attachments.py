"""A file is stored before its fact, added once, read back and copied whole; verification holds it to its fact."""

import hashlib
import shutil
from pathlib import Path

import pytest

from app import bootstrap
from app.domain import file_types
from app.domain.electronic_file import ElectronicFile, likely_source, state
from app.domain.errors import (
    AlreadyAnnulled,
    EmptyFile,
    FileDamaged,
    FileTooLarge,
    FileUnreadable,
    ProgramRefused,
    TooManyFiles,
    UnknownEntry,
)
from app.domain.terms import AttachmentSource, Channel, MomentCode, VerifyCode
from app.services import attachments, book
from app.services.attachments import Adding
from app.services.case_details import Attachment, attachments_of
from tests.town import TestVillage, Town

CONTENT = b"%PDF-1.7\n" + bytes(range(256)) * 40


def file(folder: Path, content: bytes = CONTENT, name: str = "скан 0001.pdf") -> Path:
    """Put a file where a scanner would."""
    made = folder / name
    made.write_bytes(content)
    return made


def attach(village: TestVillage, entry: bytes, path: Path) -> Attachment:
    """Add a file to an entry, as the sheet does."""
    stored = attachments.store_file(village.store, entry, path)
    return attachments.add(village.store, entry, stored, Adding(village.new_id(), 2, AttachmentSource.SCAN))


def shown(village: TestVillage, entry: bytes) -> book.EntryDetails:
    """Return an entry as it stands."""
    with village.store.ledger.reading() as connection:
        return book.details(connection, entry)


def files(village: TestVillage) -> list[Path]:
    """Return what lies in the vault."""
    folder = village.store.files.folder
    return sorted(folder.iterdir()) if folder.is_dir() else []


def codes(village: TestVillage) -> list[VerifyCode]:
    """Return what the verification finds."""
    return [one.code for one in bootstrap.verify_station_store(village.store)]


def test_a_file_stands_on_its_entry_and_in_its_history_and_reaches_the_town_by_name(town: Town, tmp_path: Path) -> None:
    village, entry = town.village, town.village.register().entry
    added = attach(village, entry, file(tmp_path))
    assert shown(village, entry).attachments == (added,)
    assert (added.name, added.media, added.size) == ("скан 0001.pdf", "application/pdf", len(CONTENT))
    assert added.digest == hashlib.sha256(CONTENT).digest()
    assert attachments.content(village.store, added.digest) == CONTENT
    with village.store.ledger.reading() as connection:
        (held,) = attachments.held(connection, entry)
        assert held.attachment == added
        assert held.actor
        assert book.timeline(connection, entry)[-1].code is MomentCode.ATTACHED
    assert codes(village) == []
    village.exchange()
    town.centre_exchange()
    with town.centre.ledger.reading() as connection:
        assert attachments_of(connection, entry) == (added,)


def test_the_same_content_is_added_to_an_entry_once_and_lies_there_once_for_two(town: Town, tmp_path: Path) -> None:
    village = town.village
    one, other = village.register().entry, village.register().entry
    first = attach(village, one, file(tmp_path))
    assert attach(village, one, file(tmp_path, name="същият под друго име.pdf")) == first
    attach(village, other, file(tmp_path))
    assert len(shown(village, one).attachments) == len(shown(village, other).attachments) == 1
    assert len(files(village)) == 1
    assert codes(village) == []


def test_no_name_of_a_file_stands_outside_the_encrypted_store(town: Town, tmp_path: Path) -> None:
    village, entry = town.village, town.village.register().entry
    attach(village, entry, file(tmp_path, name="Молба Абаджиев.pdf"))
    for one in village.store.folder.rglob("*"):
        assert "абаджиев" not in one.name.lower()
        if one.is_file():
            octets = one.read_bytes()
            assert "Абаджиев".encode() not in octets
            assert CONTENT[:30] not in octets


@pytest.mark.parametrize(
    ("content", "name", "error"),
    [
        (b"", "празен.pdf", EmptyFile),
        (b"MZ\x90\x00" + bytes(100), "снимка.jpg", ProgramRefused),
        (b"%PDF-" + bytes(file_types.MOST_OCTETS), "голям.pdf", FileTooLarge),
    ],
    ids=["empty", "program", "large"],
)
def test_what_is_not_taken_leaves_nothing(
    town: Town, tmp_path: Path, content: bytes, name: str, error: type[Exception]
) -> None:
    village, entry = town.village, town.village.register().entry
    with pytest.raises(error):
        attachments.store_file(village.store, entry, file(tmp_path, content, name))
    assert files(village) == []
    assert shown(village, entry).attachments == ()


def test_how_far_a_large_file_is_stored_is_told_on_the_way(town: Town, tmp_path: Path) -> None:
    village, entry = town.village, town.village.register().entry
    told: list[int] = []
    content = b"%PDF-" + bytes(3_000_000)
    attachments.store_file(village.store, entry, file(tmp_path, content), told.append)
    assert told == sorted(told)
    assert told[-1] == len(content)
    assert len(told) > 5


def test_an_original_goes_only_while_it_is_the_one_that_was_stored_whole(town: Town, tmp_path: Path) -> None:
    village, entry = town.village, town.village.register().entry
    path = file(tmp_path)
    stored = attachments.store_file(village.store, entry, path)
    path.write_bytes(CONTENT + b"scanned again")
    assert not attachments.remove_original(village.store, stored, path)
    file(tmp_path)
    (one,) = files(village)
    octets = one.read_bytes()
    one.write_bytes(octets[:-1])
    assert not attachments.remove_original(village.store, stored, path)
    assert path.exists()
    one.write_bytes(octets)
    assert attachments.remove_original(village.store, stored, path)
    assert not path.exists()
    with pytest.raises(FileUnreadable):
        attachments.remove_original(village.store, stored, path)


def test_what_cannot_be_read_is_told_as_such(town: Town, tmp_path: Path) -> None:
    entry = town.village.register().entry
    for path in (tmp_path / "няма.pdf", tmp_path):
        with pytest.raises(FileUnreadable):
            attachments.store_file(town.village.store, entry, path)


def test_an_annulled_entry_and_one_that_is_not_there_take_no_file(town: Town, tmp_path: Path) -> None:
    village, entry = town.village, town.village.register().entry
    stored = attachments.store_file(village.store, entry, file(tmp_path))
    village.annul(entry)
    with pytest.raises(AlreadyAnnulled):
        attachments.add(village.store, entry, stored, Adding(village.new_id(), 1, AttachmentSource.SCAN))
    with pytest.raises(AlreadyAnnulled):
        attachments.store_file(village.store, entry, file(tmp_path))
    with pytest.raises(UnknownEntry):
        attachments.store_file(village.store, bytes(16), file(tmp_path))


def test_an_entry_takes_so_many_files_and_no_more(town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    village, entry = town.village, town.village.register().entry
    monkeypatch.setattr(file_types, "MOST_FILES", 2)
    first = attach(village, entry, file(tmp_path, CONTENT + b"1"))
    stored = attachments.store_file(village.store, entry, file(tmp_path, CONTENT + b"2"))
    attach(village, entry, file(tmp_path, CONTENT + b"3"))
    with pytest.raises(TooManyFiles):
        attachments.add(village.store, entry, stored, Adding(village.new_id(), 1, AttachmentSource.SCAN))
    with pytest.raises(TooManyFiles):
        attachments.store_file(village.store, entry, file(tmp_path))
    assert shown(village, entry).attachments[0] == first


# --- a copy in clear --------------------------------------------------------------------------------------------------


def test_a_copy_is_the_same_content(town: Town, tmp_path: Path) -> None:
    village, entry = town.village, town.village.register().entry
    added = attach(village, entry, file(tmp_path))
    told: list[int] = []
    attachments.save_copy(village.store, added, tmp_path / "копие.pdf", told.append)
    assert (tmp_path / "копие.pdf").read_bytes() == CONTENT
    assert told[-1] == len(CONTENT)
    with pytest.raises(FileUnreadable):
        attachments.save_copy(village.store, added, tmp_path / "няма" / "копие.pdf")


def test_a_damaged_content_gives_no_copy_and_the_one_that_stood_there_stays(town: Town, tmp_path: Path) -> None:
    village, entry = town.village, town.village.register().entry
    added = attach(village, entry, file(tmp_path))
    (one,) = files(village)
    one.write_bytes(one.read_bytes()[:-1])
    copy = file(tmp_path, b"before", "копие.pdf")
    with pytest.raises(FileDamaged):
        attachments.save_copy(village.store, added, copy)
    assert copy.read_bytes() == b"before"
    assert list(tmp_path.glob("*.new")) == []


# --- verification and tidying -----------------------------------------------------------------------------------------


def test_the_verification_finds_a_content_that_is_missing_or_damaged(town: Town, tmp_path: Path) -> None:
    village, entry = town.village, town.village.register().entry
    attach(village, entry, file(tmp_path))
    attach(village, entry, file(tmp_path, CONTENT + b"."))
    one, other = files(village)
    other.unlink()
    octets = bytearray(one.read_bytes())
    octets[60] ^= 1
    one.write_bytes(octets)
    assert sorted(codes(village)) == [VerifyCode.FILE_MISSING, VerifyCode.FILE_DAMAGED]


def test_what_was_cut_off_before_its_fact_is_tidied_at_a_later_start_and_nothing_else(
    town: Town, tmp_path: Path
) -> None:
    village, entry = town.village, town.village.register().entry
    added = attach(village, entry, file(tmp_path))
    attachments.store_file(village.store, entry, file(tmp_path, CONTENT + b"cut off"))
    assert attachments.tidy(village.store) == 0
    village.reopen()
    assert codes(village) == []
    assert attachments.tidy(village.store) == 1
    assert attachments.tidy(village.store) == 0
    assert attachments.content(village.store, added.digest) == CONTENT


def test_a_store_that_was_moved_takes_its_files_along(town: Town, tmp_path: Path) -> None:
    village, entry = town.village, town.village.register().entry
    added = attach(village, entry, file(tmp_path))
    village.close()
    moved = shutil.copytree(village.store.folder, tmp_path / "moved")
    village.store = bootstrap.open_station(moved, "селска парола", village.store.world)
    assert attachments.content(village.store, added.digest) == CONTENT
    assert codes(village) == []


# --- the electronic file ----------------------------------------------------------------------------------------------

STATES = [
    (Channel.BY_HAND, [], ElectronicFile.AWAITS_SCAN),
    (Channel.ORAL, [AttachmentSource.FILE], ElectronicFile.AWAITS_SCAN),
    (Channel.POST, [AttachmentSource.FILE, AttachmentSource.SCAN], ElectronicFile.AWAITS_CERTIFYING),
    (Channel.E_MAIL, [], ElectronicFile.ELECTRONIC),
    (Channel.OTHER_REGISTRY, [AttachmentSource.FILE], ElectronicFile.ELECTRONIC),
    (Channel.E_MAIL, [AttachmentSource.SCAN], ElectronicFile.AWAITS_CERTIFYING),
]


@pytest.mark.parametrize(("channel", "sources", "expected"), STATES)
def test_apk_29a_the_electronic_file_waits_for_a_scan_then_for_the_centre(
    channel: Channel, sources: list[AttachmentSource], expected: ElectronicFile
) -> None:
    assert state(channel, sources) is expected


def test_a_picture_on_a_paper_entry_is_its_scan_and_a_document_is_a_file() -> None:
    assert likely_source(Channel.BY_HAND, file_types.JPEG) is AttachmentSource.SCAN
    assert likely_source(Channel.BY_HAND, file_types.DOCX) is AttachmentSource.FILE
    assert likely_source(Channel.E_MAIL, file_types.PDF) is AttachmentSource.FILE
