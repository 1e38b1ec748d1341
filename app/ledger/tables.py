"""The tables of a ledger, as SQLAlchemy Core describes them.

``REPLAYED`` tables are what the facts say: a replay into an empty ledger gives them row for row. ``POSTAL`` tables are
the state of the road: sealed bytes out and in, and acknowledgements; they are no record and are not replayed.

Numbers are indexed by each side for itself: unique at a station, which never gives one twice; not at a centre, where
two stores may claim the same one and a person must see both.

Ids are octets, dates ISO text (it sorts as dates do), times UTC seconds, money integer minor units.
"""

import sqlalchemy as sa

metadata = sa.MetaData()


def _id(name: str, *, key: bool = False, empty: bool = False) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary, primary_key=key, nullable=empty)


def _int(name: str, *, key: bool = False, empty: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, primary_key=key, nullable=empty, autoincrement=False)


def _position(name: str = "position") -> sa.Column[int]:
    """Return the place in the local order of facts; INTEGER, so that SQLite makes it the row's own id."""
    return sa.Column(name, sa.Integer, primary_key=True, autoincrement=False)


def _text(name: str, *, key: bool = False, empty: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, primary_key=key, nullable=empty)


# --- the journal ------------------------------------------------------------------------------------------------

streams = sa.Table(
    "streams",
    metadata,
    _id("stream", key=True),
    _id("station"),
    _text("author"),
    _id("genesis"),
    _int("sequence"),
    _id("digest"),
    _int("recorded_at"),
    _text("office_date"),
)
"""Потоци: each chain with its head. ``author`` is "village" or "centre"."""

journal = sa.Table(
    "journal",
    metadata,
    _position(),
    _id("stream"),
    _int("sequence"),
    _text("kind"),
    _id("digest"),
    _id("canonical"),
    sa.UniqueConstraint("stream", "sequence"),
)
"""Дневник: every fact, in the order in which this side recorded it."""

# --- what the facts say -----------------------------------------------------------------------------------------

stations = sa.Table(
    "stations",
    metadata,
    _id("station", key=True),
    _text("name"),
    _id("epoch"),
    _id("enrolment"),
    _id("signing_key"),
    _id("receiving_key"),
    _int("revoked_from_batch", empty=True),
    _int("revoked_from_sequence", empty=True),
)

accounts = sa.Table(
    "accounts",
    metadata,
    _id("stream", key=True),
    _int("account", key=True),
    _text("name"),
    _text("role"),
    _int("recovered"),
)

registers = sa.Table(
    "registers",
    metadata,
    _int("register", key=True),
    _id("station"),
    _text("spares"),
    _text("mayoralty"),
    _text("name"),
)

tills = sa.Table(
    "tills",
    metadata,
    _int("till", key=True),
    _id("station"),
    _text("mayoralty"),
    _text("open_day", empty=True),
    _text("last_day", empty=True),
    _int("gross"),
    _int("storno"),
    _int("balance"),
)

series = sa.Table(
    "series",
    metadata,
    _text("kind", key=True),
    _int("number_index", key=True),
    _int("year", key=True),
    _int("last"),
)

DUE = "standing <> 'annulled' AND due_on IS NOT NULL AND ended IS NULL"
UNDECIDED = "standing <> 'annulled' AND town <> 'accepted' AND ended IS NULL"
UNPAID = "standing <> 'annulled' AND fee_cents > 0 AND paid_by IS NULL"
STOPPED = "standing <> 'annulled' AND stopped IS NOT NULL AND ended IS NULL"
"""What the lists of a desk ask for: each has an index of those few entries only. A query must say it in these words."""

LATER = "case_file <> entry"
"""Later papers of a case that another entry opened. A query must say it in these words."""

entries = sa.Table(
    "entries",
    metadata,
    _position(),
    _id("entry"),
    _id("stream"),
    _int("sequence"),
    _int("register"),
    _int("year"),
    _int("number"),
    _id("case_file"),
    _text("kind"),
    _text("channel"),
    _int("recorded_at"),
    _text("office_date"),
    _int("clock_doubt"),
    _int("actor"),
    _text("subject"),
    _int("service", empty=True),
    _text("speed", empty=True),
    _int("sheets"),
    _int("signed"),
    _text("result_way", empty=True),
    _text("sender_number"),
    _text("sender_date", empty=True),
    _text("received_on", empty=True),
    _text("received_reason", empty=True),
    _text("due_on", empty=True),
    _text("due_article", empty=True),
    _int("due_rules", empty=True),
    _int("fee_cents", empty=True),
    _text("fee_currency", empty=True),
    _int("fee_tariff", empty=True),
    _text("fee_article", empty=True),
    _text("standing"),
    _text("annulled_because", empty=True),
    _id("replaced_by", empty=True),
    _text("town"),
    _text("central_number"),
    _text("decided_by", empty=True),
    _text("dispute_reason", empty=True),
    _text("dispute_note", empty=True),
    _int("decided_at", empty=True),
    _int("content_at"),
    _int("noticed"),
    _id("paid_by", empty=True),
    _text("stopped", empty=True),
    _text("ended", empty=True),
    _id("ended_by", empty=True),
    _int("particulars_at", empty=True),
    _int("before_closing", empty=True),
    sa.UniqueConstraint("entry"),
    sa.Index("entries_by_road", "stream", "sequence"),
    sa.Index("entries_by_town", "town"),
    sa.Index("entries_by_day", "register", "office_date", "position"),
    sa.Index("entries_by_due", "register", "due_on", sqlite_where=sa.text(DUE)),
    sa.Index("entries_undecided", "register", "position", "due_on", sqlite_where=sa.text(UNDECIDED)),
    sa.Index("entries_unpaid", "register", "position", sqlite_where=sa.text(UNPAID)),
    sa.Index("entries_noticed", "noticed", sqlite_where=sa.text("noticed > 0")),
    sa.Index("entries_by_payment", "paid_by", sqlite_where=sa.text("paid_by IS NOT NULL")),
    sa.Index("entries_stopped", "register", "stopped", sqlite_where=sa.text(STOPPED)),
    sa.Index("entries_by_case", "case_file", sqlite_where=sa.text(LATER)),
    sa.Index("entries_by_ending", "ended_by", sqlite_where=sa.text("ended_by IS NOT NULL")),
    sa.Index("entries_by_sender_number", "sender_number", sqlite_where=sa.text("sender_number <> ''")),
)
"""Входящ регистър. ``content_at`` is the position of the fact whose content stands here: the registration, or the last
correction; correspondents and findings stand under it (``noticed`` of them), those of before stay under theirs.
``paid_by`` is the last receipt in force that names the entry. ``stopped`` is until when the applicant mends what is
wanting, empty where the notice did not reach him yet, none while the term runs. ``ended`` is an ``Ending`` once the
office owes nothing more, ``ended_by`` the result, or the entry itself where it ended without one. ``particulars_at`` is
the position of the fact with what its kind and service ask for, under which they stand; ``before_closing`` is 1 where
the person came before the office hours ended.
"""

term_acts = sa.Table(
    "term_acts",
    metadata,
    _int("position", key=True),
    _id("entry"),
    _text("act"),
    _text("due_on", empty=True),
    _text("due_article", empty=True),
    _text("told_on", empty=True),
    _text("code"),
    _text("text"),
    sa.Index("term_acts_by_entry", "entry", "position"),
)
"""Действия по срока: ``act`` is a ``TermAct``, ``due_on`` what it told: the office's term, or until when the applicant
mends what is wanting. ``told_on`` is the day of the notice or of the repair. The last one says how a term stands.
"""

entry_particulars = sa.Table(
    "entry_particulars",
    metadata,
    _int("position", key=True),
    _int("place", key=True),
    _text("name"),
    _text("value"),
)
"""Данни по вида, under the position of the fact that says them (``entries.particulars_at``)."""

entry_papers = sa.Table(
    "entry_papers",
    metadata,
    _int("position", key=True),
    _int("place", key=True),
    _text("paper"),
    _text("state"),
)
"""Документи от списъка към услугата, under the same position."""

attachments = sa.Table(
    "attachments",
    metadata,
    _position(),
    _id("attachment"),
    _id("entry"),
    _id("digest"),
    _text("name"),
    _text("media"),
    _int("size"),
    _int("sheets"),
    _text("source"),
    _int("recorded_at"),
    _int("actor"),
    sa.UniqueConstraint("attachment"),
    sa.Index("attachments_by_entry", "entry", "position"),
    sa.Index("attachments_by_digest", "digest"),
)
"""Приложения. The octets lie beside the store; the digest is that of their content."""

UNDELIVERED = "standing = 'in_force' AND (state IS NULL OR state IN ('sent', 'returned'))"
"""Results that did not reach anybody yet. A query must say it in these words."""

results = sa.Table(
    "results",
    metadata,
    _position(),
    _id("result"),
    _id("entry"),
    _id("stream"),
    _int("sequence"),
    _int("register"),
    _int("year"),
    _int("number"),
    _text("book_number"),
    _text("outcome"),
    _text("title"),
    _text("reason"),
    _int("copies"),
    _int("sheets"),
    _int("recorded_at"),
    _text("office_date"),
    _int("actor"),
    _text("standing"),
    _text("annulled_because", empty=True),
    _text("state", empty=True),
    _text("way", empty=True),
    _text("moved_on", empty=True),
    _text("receiver"),
    _text("identifier"),
    _text("tracking"),
    _text("note"),
    sa.UniqueConstraint("result"),
    sa.Index("results_by_entry", "entry", "position"),
    sa.Index("results_by_number", "register", "year", "number"),
    sa.Index("results_undelivered", "register", "position", sqlite_where=sa.text(UNDELIVERED)),
)
"""Издадени резултати (изходящи), with the newest of their delivery; all of it stands in the journal."""

endings = sa.Table(
    "endings",
    metadata,
    _position(),
    _id("entry"),
    _text("ending"),
    _text("addressee"),
    _int("with_envelope"),
    _text("told_on", empty=True),
    _text("reason"),
    _text("office_date"),
    sa.Index("endings_by_entry", "entry", "position"),
)
"""Приключвания без резултат."""

entry_correspondents = sa.Table(
    "entry_correspondents",
    metadata,
    _int("position", key=True),
    _int("place", key=True),
    _text("kind"),
    _text("name"),
    _text("role"),
    _text("identifier_kind", empty=True),
    _text("identifier"),
    _text("settlement"),
    _text("address"),
    _text("phone"),
    _text("e_mail"),
)
"""Кореспонденти, under the position of the fact that names them (``entries.content_at``)."""

findings = sa.Table(
    "findings",
    metadata,
    _int("position", key=True),
    _int("place", key=True),
    _id("subject"),
    _text("code"),
    _text("field"),
    sa.Index("findings_by_subject", "subject"),
)

receipts = sa.Table(
    "receipts",
    metadata,
    _position(),
    _id("receipt"),
    _id("stream"),
    _int("sequence"),
    _int("till"),
    _int("year"),
    _int("number"),
    _text("kind"),
    _id("voids", empty=True),
    _text("payer"),
    _text("payer_identifier_kind", empty=True),
    _text("payer_identifier"),
    _text("currency"),
    _int("cents"),
    _int("given"),
    _int("change"),
    _int("tariff", empty=True),
    _int("recorded_at"),
    _text("office_date"),
    _text("day"),
    _int("actor"),
    _text("standing"),
    _text("reason", empty=True),
    sa.UniqueConstraint("receipt"),
    sa.Index("receipts_by_day", "till", "day"),
    sa.Index("receipts_by_till", "till", "position"),
    sa.Index("receipts_by_road", "stream", "sequence"),
)
"""Квитанции и сторно: one series; a storno's ``cents`` are negative."""

receipt_lines = sa.Table(
    "receipt_lines",
    metadata,
    _int("position", key=True),
    _int("place", key=True),
    _id("entry", empty=True),
    _int("service", empty=True),
    _text("speed", empty=True),
    _text("text"),
    _int("quantity"),
    _int("unit_cents"),
    _int("cents"),
    sa.Index("receipt_lines_by_entry", "entry"),
)

till_days = sa.Table(
    "till_days",
    metadata,
    _int("till", key=True),
    _text("day", key=True),
    _id("stream"),
    _text("state"),
    _text("currency"),
    _int("opening"),
    _int("receipts"),
    _int("taken"),
    _int("voids"),
    _int("paid_back"),
    _int("computed"),
    _int("counted"),
    _int("difference"),
    _text("reason"),
    _int("first"),
    _int("last"),
    _id("documents", empty=True),
    _text("notes"),
    _int("gross"),
    _int("storno"),
    _int("balance"),
)
"""Касови дни."""

mentions = sa.Table(
    "mentions",
    metadata,
    _id("subject", key=True),
    _int("position", key=True),
    sqlite_with_rowid=False,
)
"""Споменавания: which facts concern an entry or a receipt; a receipt's lines mention their entries too."""

known_stations = sa.Table(
    "known_stations",
    metadata,
    _id("stream", key=True),
    _id("station", key=True),
    _text("name"),
    _id("signing_key"),
    _text("tills"),
)
"""Познати работни места: whose key signs the receipts of which tills, as told in an answer stream."""

answers = sa.Table(
    "answers",
    metadata,
    _id("stream", key=True),
    _int("sequence"),
    _id("digest"),
)
"""Up to where the town's answers are applied."""

REPLAYED = (
    streams,
    journal,
    stations,
    accounts,
    registers,
    tills,
    series,
    entries,
    term_acts,
    entry_particulars,
    entry_papers,
    attachments,
    results,
    endings,
    entry_correspondents,
    findings,
    receipts,
    receipt_lines,
    till_days,
    mentions,
    known_stations,
    answers,
)

PROJECTED = tuple(table for table in REPLAYED if table not in {streams, journal})
"""What the projection makes of the journal, and a rebuild makes again."""

# --- the road ---------------------------------------------------------------------------------------------------

outbox = sa.Table(
    "outbox",
    metadata,
    sa.Column("place", sa.Integer, primary_key=True),
    _id("envelope"),
    _id("recipient"),
    _id("stream", empty=True),
    _int("number"),
    _int("first"),
    _int("last"),
    _id("digest", empty=True),
    _id("sealed"),
    _text("state"),
    _int("sealed_at"),
    _int("attempts"),
    _int("changed_at", empty=True),
    sa.UniqueConstraint("envelope"),
    sa.Index("outbox_by_state", "state"),
    sa.Index("outbox_by_batch", "stream", "number"),
    sa.Index("outbox_by_facts", "stream", "last"),
)
"""Изходящи пликове: sealed bytes, kept before the first attempt to send them. ``changed_at`` is when the state changed;
unknown for what an older program sent.
"""

inbox = sa.Table(
    "inbox",
    metadata,
    sa.Column("place", sa.Integer, primary_key=True),
    _id("envelope"),
    _id("sender"),
    _id("stream", empty=True),
    _int("number"),
    _int("first", empty=True),
    _int("last", empty=True),
    _id("digest", empty=True),
    _text("state"),
    _text("code", empty=True),
    _text("road"),
    _int("arrived_at"),
    _id("sealed", empty=True),
    sa.UniqueConstraint("envelope"),
    sa.Index("inbox_by_batch", "stream", "number"),
    sa.Index("inbox_by_state", "state"),
)
"""Входящи пликове: ``state`` is recorded, waiting (an earlier batch is missing) or set_aside."""

acknowledgements = sa.Table(
    "acknowledgements",
    metadata,
    _id("stream", key=True),
    _int("number", key=True),
    _text("kind", key=True),
    _int("sequence"),
    _id("digest"),
    _id("signature"),
)
"""Потвърждения, made (at the centre) or held (in the village); their memory never expires."""

releases = sa.Table(
    "releases",
    metadata,
    _id("envelope", key=True),
)
"""Envelopes that are recorded here and that the relay may forget."""

replies = sa.Table(
    "replies",
    metadata,
    _id("recipient", key=True),
    _id("stream", key=True),
    _int("number", key=True),
)
"""Acknowledgements that go into the next letter."""

POSTAL = (outbox, inbox, acknowledgements, releases, replies)
