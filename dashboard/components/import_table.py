"""Step 2 of an import: is this how the table reads? Every guess can be corrected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import streamlit as st

from dashboard import frames, state
from dashboard.components import answer, errors, import_state
from dashboard.components.import_state import Upload
from dashboard.components.markdown import cut, plain
from data.importer import Question, Table, TableGuess
from data.table import ENCODINGS
from portfolio.errors import InputError
from portfolio.wording import count

PREVIEW = 10
MOST_COLUMNS = 60
_SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "vertical bar"}
_WAYS = {"rows": "A row for each project", "columns": "A column for each project"}
_MARKS = {".": "1,234.50", ",": "1.234,50"}
_ORDERS = {"day": "3 April 2026", "month": "4 March 2026"}


def look_at_table(sent: Upload) -> Table | None:
    """Show ten rows and how they were read; None where nothing can be read."""
    try:
        read = import_state.table(sent)
    except InputError as error:
        answer.answer("This file could not be read.", "Correct how it is read, or choose another.")
        errors.show(error)
        _corrections(sent, import_state.told(), None)
        _buttons(ready=False)
        return None
    projects = count(len(read.rows), "project")
    answer.answer(
        f"{projects} under {count(len(read.header), 'header')}.",
        f"Is this how {plain(cut(sent.name))} reads?",
    )
    for note in read.notes:
        st.caption(plain(note))
    _corrections(sent, read.guess, read)
    st.dataframe(
        frames.rows(
            read.header[:MOST_COLUMNS], [row[:MOST_COLUMNS] for row in read.rows[:PREVIEW]]
        ),
        key=state.widget("import", "preview"),
        alt=f"The first {PREVIEW} projects of the file as they are read",
        hide_index=True,
    )
    if len(read.header) > MOST_COLUMNS:
        st.caption(f"The first {MOST_COLUMNS} of {len(read.header):,} columns are shown.")
    _buttons(ready=True)
    return read


def _corrections(sent: Upload, guess: TableGuess, read: Table | None) -> None:
    """One choice for each guess. Its key holds the guess, so that a new guess shows."""
    with st.grid(3, min_column_width=240):
        if read is not None and len(read.sheets) > 1:
            _choice(sent, "sheet", "Sheet", read.sheets, guess.sheet)
        if guess.sheet is None:
            _choice(sent, "encoding", "Encoding", ENCODINGS, guess.encoding)
            _choice(sent, "separator", "Cells are parted by", _SEPARATORS, guess.separator)
        _choice(sent, "orientation", "Direction", _WAYS, guess.orientation)
        _header_row(sent, guess)
        _choice(sent, "decimal", "Amounts are written as", _MARKS, guess.decimal)
        if guess.date_order is not None:
            _choice(sent, "date_order", "03/04/2026 is", _ORDERS, guess.date_order)
    for question in read.questions if read else ():
        _ask(sent, question)


def _choice(
    sent: Upload, name: str, label: str, options: Sequence[str] | dict[str, str], now: Any
) -> None:
    words = options if isinstance(options, dict) else {each: each for each in options}
    values = list(words)
    key = state.widget("import", name, f"{sent.digest}.{now}")
    st.selectbox(
        label,
        values,
        index=values.index(now) if now in values else None,
        placeholder="As guessed",
        format_func=lambda each: words.get(each, each),
        key=key,
        on_change=lambda: import_state.tell(name, st.session_state[key]),
    )


def _header_row(sent: Upload, guess: TableGuess) -> None:
    columns = guess.orientation == "columns"
    key = state.widget("import", "header_row", f"{sent.digest}.{guess.header_row}")

    def tell() -> None:
        import_state.tell("first_row", None)
        import_state.tell("header_row", int(st.session_state[key]))

    st.number_input(
        "Headers stand in column" if columns else "Headers stand in row",
        min_value=1,
        max_value=100_000,
        value=guess.header_row or 1,
        key=key,
        on_change=tell,
    )


def _ask(sent: Upload, question: Question) -> None:
    """A guess that the file leaves open, with an example of what each answer makes of it."""
    words = dict(question.answers)
    now = getattr(import_state.told(), question.about)
    key = state.widget("import", f"ask.{question.about}", f"{sent.digest}.{now}")
    st.radio(
        f"**{plain(question.text)}**",
        list(words),
        index=list(words).index(now) if now in words else None,
        format_func=lambda each: words.get(each, each),
        horizontal=True,
        key=key,
        on_change=lambda: import_state.tell(question.about, st.session_state[key]),
    )


def _buttons(*, ready: bool) -> None:
    with st.container(horizontal=True):
        st.button(
            "Choose another file",
            key=state.widget("import", "other"),
            on_click=import_state.back_to,
            args=(1,),
        )
        if ready:
            st.button(
                "Match the columns",
                type="primary",
                key=state.widget("import", "to3"),
                on_click=import_state.go,
                args=(3,),
            )
