"""The one pass over a delimited file: its chosen columns go through the engine's reader into a slim table on disk."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from amends.errors import InputError, SetupError
from amends.reports.layout import Layout

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


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
    import duckdb

    source, beyond = _source(layout), f"c{len(layout.header)}"
    chosen = ", ".join(_expression(name, index, words) for name, index in columns.items())
    try:
        connection.execute(
            f"CREATE TABLE kept AS SELECT {chosen}, {beyond} AS beyond FROM {source}", [str(layout.path)]
        )
        longer = connection.execute("SELECT count(*) FROM kept WHERE trim(beyond) <> ''").fetchall()[0][0]
        if longer:
            raise _broken(file, _first_longer(connection, layout))
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        raise SetupError(f"There is no room to read {file}.", hint="Free some space for temporary files.") from error
    except duckdb.Error as error:  # the engine's message quotes the row, and a row may name a buyer
        if "CSV" not in str(error):
            raise
        line = re.search(r"[Ll]ine:? (\d+)", str(error))
        raise _broken(file, int(line[1]) if line else None) from None


def _source(layout: Layout, *, parallel: bool = True) -> str:
    """The engine's reader over the file; one column more than the header has, to catch rows that are too long."""
    quote = '"' if layout.quoted else ""
    names = {f"c{i}": "VARCHAR" for i in range(len(layout.header) + 1)}
    return f"""read_csv(?, auto_detect=false, header=false, skip={layout.header_line}, delim='{layout.delimiter}',
        quote='{quote}', escape='{quote}', columns={names},
        null_padding=true, parallel={parallel and not layout.quoted})"""


def _first_longer(connection: DuckDBPyConnection, layout: Layout) -> int:
    """The row, as a spreadsheet counts, of the first row with too many cells; read again in the file's order."""
    beyond = f"c{len(layout.header)}"
    query = f"""SELECT min(at) FROM (SELECT row_number() OVER () AS at, {beyond} FROM {_source(layout, parallel=False)})
        WHERE trim({beyond}) <> ''"""
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
        digits = f"try_cast(replace({cell}, '-', '') AS BIGINT)"
        return f"coalesce({digits}, -CAST(hash(nullif(trim({cell}), '')) >> 2 AS BIGINT)) AS order_no"
    if name == "comments":
        seen = ", ".join(
            f"CASE WHEN regexp_matches(lower({cell}), '{_any_of(said)}') THEN '{key}' END"
            for key, said in words.items()
        )
        return f"concat_ws(' ', {seen}) AS comment_words"
    if name.endswith("date"):
        dated = rf"trim(regexp_replace({cell}, '[ ,T]*\d{{1,2}}:\d\d.*$', ''))"
        return f"CASE WHEN substr({cell}, 11, 1) = 'T' THEN left({cell}, 10) ELSE {dated} END AS {name}"
    return f"trim({cell}) AS {name}"


def _any_of(words: Sequence[str]) -> str:
    parts = [rf"\b{re.escape(w)}\b" if w.isascii() else re.escape(w) for w in words]
    return "|".join(parts).replace("'", "''")
