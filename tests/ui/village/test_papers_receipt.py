"""What a receipt says on paper comes from the store, whole, and signed."""

import io

from pypdf import PdfReader

from app.domain import receipt_codes
from app.domain.terms import ReceiptKind
from app.printing.output import to_pdf
from app.ui.village.papers_receipt import draw_receipt, receipt_content
from app.ui.village.session import Session
from sync import signatures
from tests.town import Town
from tests.ui.village.office import open_window


def text_of(session: Session, receipt: bytes, *, duplicate: bool = False) -> str:
    """Return the text of a receipt's PDF."""
    drawn = draw_receipt(session, receipt, duplicate=duplicate)
    reader = PdfReader(io.BytesIO(to_pdf(drawn.sheets, drawn.number)))
    return "\n".join(page.extract_text() for page in reader.pages).replace("\t", " ")


def test_a_receipt_says_who_paid_for_what_and_is_signed(town: Town) -> None:
    entry = town.village.register()
    paid = town.village.pay(entry.entry, given=500)
    with open_window(town.village) as window:
        assert window.session is not None
        with town.village.store.ledger.reading() as connection:
            content = receipt_content(window.session, connection, paid.receipt)
    assert (content.number, content.cents, content.given, content.change) == ("17-000001/16.11.2026", 102, 500, 398)
    assert content.payer.name == "Иван Стоянов Абаджиев"
    assert [(one.entry, one.cents) for one in content.lines] == [(entry.number, 102)]
    assert content.office.clerk == "Служител"
    claim = receipt_codes.read(content.qr)
    public = signatures.public_key(town.village.store.identity.signing_key)
    keys = {town.village.store.identity.station: {public}}
    assert receipt_codes.verify(claim, keys, signatures.verify) is receipt_codes.ReceiptVerdict.GENUINE


def test_a_storno_names_its_receipt_its_reason_and_what_goes_back(town: Town) -> None:
    paid = town.village.pay(town.village.register().entry)
    storno = town.village.void(paid.receipt, "Взета два пъти")
    with open_window(town.village) as window:
        assert window.session is not None
        with town.village.store.ledger.reading() as connection:
            content = receipt_content(window.session, connection, storno.receipt)
        assert (content.kind, content.cents, content.given) == (ReceiptKind.STORNO, 102, 0)
        assert (content.voids, content.reason) == (paid.number, "Взета два пъти")
        assert content.payer.name == "Иван Стоянов Абаджиев"
        said = text_of(window.session, storno.receipt)
    assert "Сторно на квитанция" in said
    assert "Взета два пъти" in said


def test_only_a_paper_printed_again_is_marked(town: Town) -> None:
    paid = town.village.pay(town.village.register().entry)
    with open_window(town.village) as window:
        assert window.session is not None
        assert "ДУБЛИКАТ" not in text_of(window.session, paid.receipt)
        assert text_of(window.session, paid.receipt, duplicate=True).count("ДУБЛИКАТ") == 2
