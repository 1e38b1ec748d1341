"""A document that was begun and put aside (започнат документ): the register says so until it is done with."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.office_date import moment
from app.ui.look.signs import Sign
from app.ui.village.form_draft import NEW, FormDraft, decode
from app.ui.village.session import Session
from app.ui.village.ways import Ways
from app.ui.widgets.button import Button
from app.ui.widgets.marks import Banner


class FormBar(QWidget):
    """Hidden while no document waits. ``refresh`` asks the store."""

    def __init__(self, session: Session, ways: Ways) -> None:
        super().__init__()
        self._session, self._ways = session, ways
        self.banner = Banner()
        self.back = Button(session.speech.say("village.form.go_back"), key="F2", run=ways.to_new_document)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 0, 24, 10)
        row.setSpacing(12)
        row.addWidget(self.banner, 1)
        row.addWidget(self.back, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def refresh(self) -> None:
        """Ask whether a document waits."""
        self._session.kept(NEW, self._found, self._ways.fail)

    def _found(self, kept: list[tuple[bytes, bytes]]) -> None:
        drafts = [draft for draft in (decode(content) for _id, content in kept) if draft is not None]
        self.setVisible(bool(drafts))
        if drafts:
            self._say(drafts[0], self._session.now())

    def _say(self, draft: FormDraft, now: datetime) -> None:
        speech = self._session.speech
        name = next((" ".join(one.name.split()) for one in draft.people if one.name.strip()), "")
        title = speech.say("village.form.waiting", name=name) if name else speech.say("village.form.waiting_nameless")
        since = speech.say("village.form.waiting_since", when=speech.moment(moment(draft.began_at), now))
        self.banner.say(Sign.WAITS, title, since, "grey")
