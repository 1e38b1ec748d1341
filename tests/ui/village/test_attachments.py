"""Attachments by keys: from dialogue, drag and scanner, looked at, turned, copied out; what fails is told there."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from app.domain.errors import DiskFull
from app.domain.terms import AttachmentSource, Channel
from app.services import attachments, book, book_rules
from app.services.case_details import Attachment
from app.system import SystemFreshFile
from app.ui.village.attachments import AttachmentsSheet
from app.ui.village.doubt import DoubtSheet
from app.ui.village.entries import EntriesPage
from app.ui.village.window import VillageWindow
from tests.town import PASSWORD, Town
from tests.ui.hands import press, quiet, settle, type_text, until
from tests.ui.shown import keyboard, texts
from tests.ui.village.office import laid, open_window
from tests.unit.preview.samples import pdf, picture

Filed = list[Attachment]


@contextmanager
def on_the_files(town: Town, channel: Channel = Channel.BY_HAND) -> Iterator[tuple[VillageWindow, AttachmentsSheet]]:
    """Open the window over one entry and lay the sheet of its attachments by its key."""
    town.village.register(channel=channel)
    with open_window(town.village) as window:
        yield window, sheet_of(window)


def sheet_of(window: VillageWindow) -> AttachmentsSheet:
    """Press the key of the attachments on the entry that is chosen."""
    quiet(window)
    press(window, "Ctrl+B")
    sheet = laid(window)
    assert isinstance(sheet, AttachmentsSheet)
    quiet(window)
    return sheet


def filed(town: Town, number: int = 1) -> Filed:
    """Return what is attached to an entry."""
    with town.village.store.ledger.reading() as connection:
        entry = book_rules.entry_by_number(connection, 17, town.clock.now().year, number)
        return list(book.details(connection, entry).attachments)


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What the clerk chooses in the system's own dialogues."""
    files: list[Path] = []
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a, **_k: ([str(one) for one in files], ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(files[0]) if files else "", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a, **_k: str(files[0]) if files else "")
    return files


def put(folder: Path, name: str, content: bytes) -> Path:
    """Put a file into a folder."""
    made = folder / name
    made.write_bytes(content)
    return made


def test_a_file_is_chosen_stored_listed_and_its_pages_are_turned_by_keys(
    town: Town, tmp_path: Path, chosen: list[Path]
) -> None:
    chosen.append(put(tmp_path, "молба.pdf", pdf(2)))
    with on_the_files(town) as (window, sheet):
        assert "Чака сканиране" in texts(window)
        press(window, "Ctrl+O")
        until(lambda: sheet.picture.image is not None, "for the first page")
        quiet(window)
        shown = texts(window)
        assert "Чака заверка в центъра" in shown
        assert "Приложен е „молба.pdf“" in shown
        assert any(one.startswith("молба.pdf, PDF, ") and "2 стр." in one for one in shown)
        assert sheet.which.text() == "Страница 1 от 2"
        standing = sheet.picture.image
        press(window, "PgDown")
        until(lambda: sheet.picture.image is not standing, "for the second page")
        lying = sheet.picture.image
        assert standing is not None
        assert lying is not None
        assert standing.height() > standing.width()
        assert lying.width() > lying.height()
        press(window, "PgDown", "PgUp")
        until(lambda: sheet.which.text() == "Страница 1 от 2", "for the first page again")
        press(window, "Escape")
        until(lambda: "1 файл" in texts(window), "for the details")
        assert "чака заверка в центъра" in texts(window)
    (one,) = filed(town)
    assert (one.name, one.source, one.sheets) == ("молба.pdf", AttachmentSource.SCAN, 2)


def test_enter_gives_the_page_the_whole_sheet_and_escape_the_list_its_place(
    town: Town, tmp_path: Path, chosen: list[Path]
) -> None:
    chosen.append(put(tmp_path, "молба.pdf", pdf(1)))
    with on_the_files(town) as (window, sheet):
        press(window, "Ctrl+O")
        until(lambda: sheet.picture.image is not None, "for the page")
        sheet.list.view.setFocus()
        narrow = sheet.picture.image
        assert narrow is not None
        press(window, "Return")
        assert not sheet.list.isVisible()
        assert window.focusWidget() is sheet.picture
        until(lambda: (image := sheet.picture.image) is not None and image.width() > narrow.width(), "for a wider page")
        press(window, "Down")
        assert sheet.picture._down > 0
        press(window, "Escape")
        assert sheet.list.isVisible()
        assert window.cover.sheet is sheet
        press(window, "Escape")
        assert window.cover.sheet is None


def test_several_files_come_one_after_another_and_what_is_refused_holds_up_nothing(
    town: Town, tmp_path: Path, chosen: list[Path]
) -> None:
    chosen += [
        put(tmp_path, "снимка.jpg", picture("JPEG")),
        put(tmp_path, "вирус.jpg", b"MZ\0" + bytes(90)),
        put(tmp_path, "празен.pdf", b""),
        tmp_path / "няма го.pdf",
        put(tmp_path, "бележка.txt", "До кмета".encode()),
    ]
    with on_the_files(town) as (window, sheet):
        press(window, "Ctrl+O")
        until(lambda: len(sheet._held) == 2, "for two files")
        quiet(window)
        assert "Този вид файл не се показва тук. Запишете копие и го отворете с друга програма." in sheet.picture.text()
        chosen[:] = [tmp_path / "вирус.jpg"]
        press(window, "Ctrl+O")
        until(lambda: any("program_refused" in one for one in texts(window)), "for the refusal")
        assert sheet.note.title.text() == "„вирус.jpg“: Файлът е програма или съдържа такава."
    assert [(one.name, one.sheets) for one in filed(town)] == [("снимка.jpg", 1), ("бележка.txt", 0)]


def test_a_damaged_file_says_so_and_the_window_goes_on(town: Town, tmp_path: Path, chosen: list[Path]) -> None:
    chosen.append(put(tmp_path, "счупен.pdf", b"%PDF-1.7 and nothing"))
    with on_the_files(town) as (window, sheet):
        press(window, "Ctrl+O")
        until(lambda: "не може да се покаже" in sheet.picture.text(), "for the sentence")
        (one,) = (town.village.store.folder / "files").iterdir()
        one.write_bytes(one.read_bytes()[:50])
        chosen[:] = [tmp_path / "копие.pdf"]
        press(window, "Ctrl+S")
        until(lambda: any("file_damaged" in one for one in texts(window)), "for the damage")
        assert not (tmp_path / "копие.pdf").exists()
        press(window, "Escape")
        assert window.current.name == "entries"


def test_a_copy_is_written_where_the_clerk_says_and_nowhere_else(
    town: Town, tmp_path: Path, chosen: list[Path]
) -> None:
    content = pdf()
    chosen.append(put(tmp_path, "молба.pdf", content))
    with on_the_files(town) as (window, sheet):
        press(window, "Ctrl+O")
        until(lambda: sheet._held, "for the file")
        chosen[:] = [tmp_path / "копие.pdf"]
        press(window, "Ctrl+S")
        until(lambda: "Копието е записано: „копие.pdf“" in texts(window), "for the copy")
        assert (tmp_path / "копие.pdf").read_bytes() == content
        chosen.clear()
        press(window, "Ctrl+S")
        settle()
    clear = [one for one in tmp_path.rglob("*") if one.is_file() and content[:200] in one.read_bytes()]
    assert sorted(one.name for one in clear) == ["копие.pdf", "молба.pdf"]


def test_a_copy_that_is_over_after_the_sheet_is_gone_is_told_by_the_window(
    town: Town, tmp_path: Path, chosen: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen.append(put(tmp_path, "молба.pdf", pdf()))
    goes_on, save = threading.Event(), attachments.save_copy
    monkeypatch.setattr(attachments, "save_copy", lambda *said: (goes_on.wait(10), save(*said)))
    with on_the_files(town) as (window, sheet):
        press(window, "Ctrl+O")
        until(lambda: sheet._held, "for the file")
        for name, word in (("копие.pdf", "Копието е записано: „копие.pdf“"), ("няма/копие.pdf", "file_unreadable")):
            chosen[:] = [tmp_path / name]
            goes_on.clear()
            press(window, "Ctrl+S", "Escape")
            goes_on.set()
            until(lambda word=word: any(word in one for one in texts(window)), "for the word about it")  # type: ignore[misc]
            press(window, "Escape")
            sheet_of(window)


# --- the scanner ------------------------------------------------------------------------------------------------------


@pytest.fixture
def scanner(tmp_path: Path) -> Path:
    """The folder in which a scanner puts its files."""
    folder = tmp_path / "Сканирани"
    folder.mkdir()
    QSettings().setValue("scanner_folder", str(folder))
    return folder


@pytest.mark.parametrize(("answer", "stays"), [(("Return",), False), (("Tab", "Return"), True)], ids=["yes", "no"])
def test_the_newest_scan_is_attached_by_one_key_and_its_original_goes_by_the_next(
    town: Town, scanner: Path, answer: tuple[str, ...], *, stays: bool
) -> None:
    older = put(scanner, "scan0001.pdf", pdf(1))
    os.utime(older, (1_000_000_000, 1_000_000_000))
    with on_the_files(town) as (window, sheet):
        original = put(scanner, "scan0002.pdf", pdf(2))
        put(scanner, "бележки.txt", b"no scan")
        until(lambda: "scan0002.pdf" in sheet.scanner.words.text(), "for the newest scan")
        press(window, "F9")
        until(lambda: keyboard(window) == "Изтрий го оттам", "for the question")
        press(window, *answer)
        until(lambda: "scan0001.pdf" in sheet.scanner.words.text(), "for the older one")
        assert original.exists() is stays
        assert older.exists()
    assert [(one.name, one.source) for one in filed(town)] == [("scan0002.pdf", AttachmentSource.SCAN)]


def test_a_name_that_the_scanner_uses_again_is_not_deleted(town: Town, scanner: Path) -> None:
    original = put(scanner, "scan.pdf", pdf(1))
    with on_the_files(town) as (window, sheet):
        until(sheet.scanner.take_button.isVisible, "for the scan")
        press(window, "F9")
        until(lambda: keyboard(window) == "Изтрий го оттам", "for the question")
        again = pdf(3)
        original.write_bytes(again)
        press(window, "Return")
        until(lambda: "scan.pdf" in sheet.scanner.words.text() and sheet.scanner.take_button.isVisible(), "for the new")
        assert original.read_bytes() == again


def test_a_scan_that_still_grows_is_not_offered(town: Town, scanner: Path) -> None:
    with on_the_files(town) as (_window, sheet):
        growing = put(scanner, "scan.pdf", b"%PDF-")
        for _ in range(3):
            sheet.scanner.look()
            settle(0.1)
            with growing.open("ab") as file:
                file.write(b"more")
            assert not sheet.scanner.take_button.isVisible()


def test_the_folder_is_chosen_once_and_kept_on_this_computer(town: Town, tmp_path: Path, chosen: list[Path]) -> None:
    with on_the_files(town) as (window, sheet):
        assert "Посочете папката" in sheet.scanner.words.text()
        chosen.append(tmp_path)
        press(window, "F8")
        assert tmp_path.name in sheet.scanner.words.text()
        press(window, "Escape")
        assert tmp_path.name in sheet_of(window).scanner.words.text()


# --- drag -------------------------------------------------------------------------------------------------------------


def drop(target: QWidget, at: QPoint, *files: Path) -> bool:
    """Drag files over a widget and let them go; return whether it wanted them."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(one)) for one in files])
    action, button, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at, action, data, button, none)
    enter.ignore()
    QApplication.sendEvent(target, enter)
    if enter.isAccepted():
        QApplication.sendEvent(target, QDropEvent(QPointF(at), action, data, button, none))
    return enter.isAccepted()


def test_a_file_dropped_on_the_sheet_is_attached_and_dragged_words_are_not(town: Town, tmp_path: Path) -> None:
    file = put(tmp_path, "молба.pdf", pdf())
    with on_the_files(town, Channel.E_MAIL) as (_window, sheet):
        assert not drop(sheet, QPoint(50, 50))
        assert drop(sheet, QPoint(50, 50), file)
        until(lambda: sheet._held, "for the file")
        assert sheet.state.title.text() == "Електронна преписка"
    assert [one.source for one in filed(town)] == [AttachmentSource.FILE]


def test_a_file_dropped_on_a_row_of_the_register_is_attached_to_that_entry(town: Town, tmp_path: Path) -> None:
    file = put(tmp_path, "молба.pdf", pdf())
    town.village.register()
    town.village.register()
    with open_window(town.village) as window:
        quiet(window)
        page = window.current
        assert isinstance(page, EntriesPage)
        view = page.list.view
        older = view.model().index(view.model().rowCount() - 1, 0)
        assert drop(view.viewport(), view.visualRect(older).center(), file)
        sheet = laid(window)
        assert isinstance(sheet, AttachmentsSheet)
        until(lambda: sheet._held, "for the file")
    assert (len(filed(town, 1)), len(filed(town, 2))) == (1, 0)


# --- what stands in the way -------------------------------------------------------------------------------------------


def test_an_annulled_entry_shows_its_files_and_takes_none(town: Town, tmp_path: Path, chosen: list[Path]) -> None:
    chosen.append(put(tmp_path, "молба.pdf", pdf()))
    registered = town.village.register()
    town.village.annul(registered.entry)
    with open_window(town.village) as window:
        sheet = sheet_of(window)
        assert "Вписването е анулирано; файлове не се добавят" in texts(window)
        assert not sheet.adds.isVisible()
        assert not sheet.scanner.isVisible()
        assert keyboard(window) == "Назад"
        press(window, "Ctrl+O")
        quiet(window)
        assert sheet._held == ()


def test_a_full_disk_is_told_on_the_sheet_and_the_file_is_attached_once_there_is_room(
    town: Town, scanner: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_self: SystemFreshFile, _content: bytes) -> None:
        raise DiskFull

    put(scanner, "scan.pdf", pdf())
    with on_the_files(town) as (window, sheet):
        until(sheet.scanner.take_button.isVisible, "for the scan")
        with monkeypatch.context() as patch:
            patch.setattr(SystemFreshFile, "write", full)
            press(window, "F9")
            until(lambda: any("disk_full" in one for one in texts(window)), "for the error")
        assert list((town.village.store.folder / "files").iterdir()) == []
        until(sheet.scanner.take_button.isVisible, "for the scan to be offered again")
        press(window, "F9")
        until(lambda: sheet._held, "for the file")


def test_a_doubt_about_the_clock_is_settled_and_the_file_is_attached(
    town: Town, tmp_path: Path, chosen: list[Path]
) -> None:
    chosen.append(put(tmp_path, "молба.pdf", pdf()))
    with on_the_files(town) as (window, _sheet):
        today = town.clock.now().date()
        town.clock.tick(days=-30)
        press(window, "Ctrl+O")
        until(lambda: isinstance(window.cover.sheet, DoubtSheet), "for the question about the day")
        type_text(window, f"{today:%d.%m.%Y}")
        press(window, "Return")
        until(lambda: any("Приложен е „молба.pdf“" in one for one in texts(window)), "for the word about it")
    assert [one.name for one in filed(town)] == ["молба.pdf"]


def test_what_was_cut_off_before_its_act_is_gone_after_the_next_start(town: Town, tmp_path: Path) -> None:
    entry = town.village.register().entry
    kept = put(tmp_path, "молба.pdf", pdf())
    attachments.store_file(town.village.store, entry, kept)
    town.village.reopen()
    folder = town.village.store.folder / "files"
    assert len(list(folder.iterdir())) == 1
    with open_window(town.village):
        until(lambda: not list(folder.iterdir()), "for the rest to be tidied")


def test_a_lock_in_the_middle_ends_the_preview_and_hides_the_names(
    town: Town, tmp_path: Path, chosen: list[Path]
) -> None:
    chosen.append(put(tmp_path, "Молба Абаджиев.pdf", pdf()))
    with on_the_files(town) as (window, sheet):
        press(window, "Ctrl+O")
        until(lambda: sheet.picture.image is not None, "for the page")
        viewer = sheet._looking._viewer
        press(window, "Ctrl+L")
        assert viewer is not None
        assert viewer.closed
        assert not any("Молба Абаджиев" in one for one in texts(window))
        type_text(window, PASSWORD)
        press(window, "Return")
        until(lambda: window.current.name == "entries", "for the register")


def test_everything_on_the_sheet_has_a_name(
    town: Town, tmp_path: Path, chosen: list[Path], named: Callable[[QWidget], list[str]]
) -> None:
    chosen.append(put(tmp_path, "молба.pdf", pdf()))
    with on_the_files(town) as (window, sheet):
        press(window, "Ctrl+O")
        until(lambda: sheet.picture.image is not None, "for the page")
        assert named(window) == []
