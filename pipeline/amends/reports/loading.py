"""The engine's reader over a delimited file, and the slim table on disk into which it reads the chosen columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from amends.errors import InputError, SetupError
from amends.reports.layout import Layout

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: The engine's own 32 MB per thread are a third of what it may hold, and no faster.
_BUFFER_BYTES = 4_000_000


def load(
    connection: DuckDBPyConnection,
    layout: Layout,
    columns: Mapping[str, int],
    file: str,
    words: Mapping[str, Sequence[str]],
) -> None:
    """Make the table `kept`: order ids as numbers, days as texts that repeat, of comments only the `words` seen.

    Raises:
        SetupError: there is no room for the table.
        InputError: a row has more cells than the header, or the file is no table; the row is named where it is known.
    """
    chosen = ", ".join(_expression(name, index, words) for name, index in columns.items())
    with reading(file):
        run(
            connection,
            layout,
            lambda rows: f"CREATE TABLE kept AS SELECT {chosen}, {beyond(layout)} AS beyond FROM {rows}",
        )
        if connection.execute("SELECT count(*) FROM kept WHERE beyond").fetchall()[0][0]:
            raise too_long(connection, layout, file)


@contextmanager
def reading(file: str) -> Iterator[None]:
    """Turn what the engine says of a file into our errors, without the row that it quotes.

    Raises:
        SetupError: there is no room for what is kept of the file.
        InputError: the file is no table.
    """
    import duckdb

    try:
        yield
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        raise SetupError(f"There is no room to read {file}.", hint="Free some space for temporary files.") from error
    except duckdb.Error as error:  # the engine's message quotes the row, and a row may name a buyer
        if "CSV" not in str(error):
            raise
        line = re.search(r"[Ll]ine:? (\d+)", str(error))
        raise _broken(file, int(line[1]) if line else None) from None


def run(connection: DuckDBPyConnection, layout: Layout, query: Callable[[str], str]) -> None:
    """Run a query over the file's rows; in one piece when the engine cannot join the pieces that it read at once."""
    import duckdb

    try:
        connection.execute(query(source(layout)), [str(layout.path)])
    except duckdb.Error as error:
        if "parallel = false" not in str(error):
            raise
        connection.execute(query(source(layout, parallel=False)), [str(layout.path)])


def source(layout: Layout, *, parallel: bool = True) -> str:
    """SQL of the reader over the file, whose path is a parameter: `c0`, `c1` … and one column more than the header."""
    quote = '"' if layout.quoted else ""
    names = {f"c{i}": "VARCHAR" for i in range(len(layout.header) + 1)}
    return f"""read_csv(?, auto_detect=false, header=false, skip={layout.header_line}, delim='{layout.delimiter}',
        quote='{quote}', escape='{quote}', columns={names},
        null_padding=true, buffer_size={_BUFFER_BYTES}, parallel={parallel and not layout.quoted})"""


def beyond(layout: Layout) -> str:
    """SQL that is true for a row with more cells than the header."""
    cell = f"c{len(layout.header)}"
    return f"{cell} <> '' AND trim({cell}) <> ''"


def too_long(connection: DuckDBPyConnection, layout: Layout, file: str) -> InputError:
    """The error for a file that has such rows, naming the first of them."""
    return _broken(file, _first_longer(connection, layout))


def _first_longer(connection: DuckDBPyConnection, layout: Layout) -> int:
    """The row, as a spreadsheet counts, of the first row with too many cells; read again in the file's order."""
    rows = f"SELECT row_number() OVER () AS place, {beyond(layout)} AS beyond FROM {source(layout, parallel=False)}"
    query = f"SELECT min(place) FROM ({rows}) WHERE beyond"
    return int(connection.execute(query, [str(layout.path)]).fetchall()[0][0]) + layout.header_line


def _broken(file: str, row: int | None) -> InputError:
    where = f" at row {row}" if row else ""
    return InputError(
        f"{file} cannot be read as a table{where}: the cells do not fit the header.",
        hint="Download it again, and do not save it from a spreadsheet program in between.",
    )


def _expression(name: str, index: int, words: Mapping[str, Sequence[str]]) -> str:
    """How a column is kept: an order id as its 17 digits, a date without its time, of comments only the words seen."""
    cell = f"c{index}"
    if name == "order_id":
        return f"{order_no(cell)} AS order_no"
    if name == "comments":
        seen = ", ".join(
            f"CASE WHEN regexp_matches(lower({cell}), '{_any_of(said)}') THEN '{key}' END"
            for key, said in words.items()
        )
        return f"concat_ws(' ', {seen}) AS comment_words"
    if name.endswith("date"):
        return f"{day_text(cell)} AS {name}"
    return f"trim({cell}) AS {name}"


def order_no(cell: str) -> str:
    """SQL for an order id as a number: its 17 digits; negative for an id of another form; NULL for none."""
    digits = f"try_cast(replace({cell}, '-', '') AS BIGINT)"
    return f"coalesce({digits}, -CAST(hash(nullif(trim({cell}), '')) >> 2 AS BIGINT))"


def day_text(cell: str) -> str:
    """SQL for the day of a cell as it stands there, without the time of day."""
    dated = rf"trim(regexp_replace({cell}, '[ ,T]*\d{{1,2}}:\d\d.*$', ''))"
    return f"CASE WHEN substr({cell}, 11, 1) = 'T' THEN left({cell}, 10) ELSE {dated} END"


def _any_of(words: Sequence[str]) -> str:
    parts = [rf"\b{re.escape(w)}\b" if w.isascii() else re.escape(w) for w in words]
    return "|".join(parts).replace("'", "''")
