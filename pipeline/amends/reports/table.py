"""A delimited report in a columnar engine: only the columns asked for are read, the file is never held in memory.

The rows go once through DuckDB's reader into a slim table on disk (order ids as numbers, days as texts that repeat, no
free text), and every figure is a query on that table. The folder with it is deleted on leaving.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amends.errors import InputError, SetupError
from amends.reports.cells import Days, read_days
from amends.reports.headers import folded, known_headers

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: What the engine may hold; the process stays below 300 MB with it, whatever the file's size (issue 3).
MEMORY_LIMIT = "100MB"
_MOST_DAYS = 20_000
_HEAD = 1 << 18


@dataclass(frozen=True)
class Layout:
    """How a delimited file is written: its header, the line number of the header, its delimiter and quoting."""

    path: Path
    header: tuple[str, ...]
    header_line: int
    delimiter: str
    quoted: bool


def layout_of(path: Path) -> Layout:
    """The layout of the UTF-8 file at `path`. The header is the line of the first 20 with the most known names."""
    with path.open(encoding="utf-8-sig", errors="replace", newline=None) as file:
        lines = file.read(_HEAD).splitlines()[:20]
    read = [(line, max((_cells(line, d) for d in "\t;,"), key=lambda found: len(found[1]))) for line in lines]
    known = [sum(folded(cell) in known_headers() for cell in cells) for _, (_, cells) in read]
    wide = [sum(bool(c.strip()) for c in cells) > 1 for _, (_, cells) in read]
    filled = [bool(line.strip()) for line in lines]
    at = known.index(max(known)) if any(known) else wide.index(True) if any(wide) else filled.index(True)
    line, (delimiter, cells) = read[at]
    quoted = delimiter != "\t" or line.lstrip().startswith('"')
    return Layout(path, tuple(c.strip() for c in cells), at + 1, delimiter, quoted)


def _cells(line: str, delimiter: str) -> tuple[str, list[str]]:
    quoted = delimiter != "\t" or line.lstrip().startswith('"')
    return delimiter, next(rows_of([line], delimiter, quoted), [])


def rows_of(lines: Iterable[str], delimiter: str, quoted: bool) -> Iterator[list[str]]:
    """The rows of some lines, without the engine: for headers, samples and small lists."""
    return iter(csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE))


@dataclass(frozen=True)
class Table:
    """The rows asked for. In queries: `data` with texts, days, `order_no` and `row`, counted as a spreadsheet does."""

    connection: DuckDBPyConnection
    file: str
    rows: int
    columns: frozenset[str]
    ambiguous: tuple[str, ...] = ()
    unread: Mapping[str, int] | None = None

    def ask(self, query: str, *parameters: object) -> list[tuple[Any, ...]]:
        """The rows of a query over `data`."""
        return self.connection.execute(query, list(parameters)).fetchall()

    def one(self, query: str, *parameters: object) -> tuple[Any, ...]:
        """The only row of a query over `data`."""
        return self.ask(query, *parameters)[0]

    def has(self, *columns: str) -> bool:
        """Whether the file has all these columns."""
        return self.columns.issuperset(columns)

    def at(self, row: int) -> str:
        """The origin of a fact that stands in one row."""
        return f"{self.file}: row {row}"


@contextmanager
def opened(
    layout: Layout,
    columns: Mapping[str, int],
    file: str,
    folder: Path,
    *,
    days: Sequence[str] = (),
    words: Mapping[str, Sequence[str]] | None = None,
    day_first: bool | None = None,
) -> Iterator[Table]:
    """Open the columns (our name to index) of a delimited file. Of a `comments` column only the `words` seen are kept.

    Raises:
        SetupError: the engine is not installed, or there is no room for its temporary table.
        InputError: a row has more cells than the header, or the file cannot be read as a table.
    """
    connection = _connect(folder)
    try:
        _fill(connection, layout, columns, file, words or {})
        rows = connection.execute("SELECT count(*) FROM kept").fetchall()[0][0]
        read = {c: _days(connection, c, day_first) for c in days if c in columns}
        _view(connection, layout, columns, read)
        yield Table(
            connection,
            file,
            rows,
            frozenset(columns),
            tuple(c for c, d in read.items() if d.ambiguous),
            {c: len(d.unread) for c, d in read.items() if d.unread},
        )
    finally:
        connection.close()


def _connect(folder: Path) -> DuckDBPyConnection:
    try:
        import duckdb
    except ImportError as error:
        raise SetupError(
            "Reading reports needs the engine DuckDB, which is not installed.",
            hint="Run: pip install 'amends[reports]'",
        ) from error
    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY_LIMIT,
        "threads": 2,
        "temp_directory": str(folder / "spill"),
        "autoinstall_known_extensions": False,
    }
    connection = duckdb.connect(str(folder / "report.duckdb"), config=settings)
    connection.execute("SET enable_progress_bar = false")  # the engine would draw it on stdout, into our results
    return connection


def _fill(
    connection: DuckDBPyConnection,
    layout: Layout,
    columns: Mapping[str, int],
    file: str,
    words: Mapping[str, Sequence[str]],
) -> None:
    import duckdb

    width = len(layout.header)
    chosen = ", ".join(_expression(name, index, words) for name, index in columns.items())
    quote = '"' if layout.quoted else ""
    names = {f"c{i}": "VARCHAR" for i in range(width + 1)}  # one more than the header, to catch rows that are too long
    query = f"""
        CREATE TABLE kept AS SELECT {chosen}, c{width} AS beyond
        FROM read_csv(?, auto_detect=false, header=false, skip={layout.header_line}, delim='{layout.delimiter}',
        quote='{quote}', escape='{quote}', columns={names}, null_padding=true, parallel={not layout.quoted})"""
    try:
        connection.execute(query, [str(layout.path)])
        beyond = connection.execute("SELECT min(rowid) FROM kept WHERE trim(beyond) <> ''").fetchall()[0][0]
    except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
        raise SetupError(f"There is no room to read {file}.", hint="Free some space for temporary files.") from error
    except duckdb.Error as error:  # the engine's message quotes the row, and a row may name a buyer
        if "CSV" not in str(error):
            raise
        line = re.search(r"[Ll]ine:? (\d+)", str(error))
        raise _broken(file, int(line[1]) if line else None) from None
    if beyond is not None:
        raise _broken(file, beyond + layout.header_line + 1)


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


def _days(connection: DuckDBPyConnection, column: str, day_first: bool | None) -> Days:
    """Read the column's days; each text once, so that any number of rows costs only its number of days."""
    texts = [
        t for (t,) in connection.execute(f"SELECT DISTINCT {column} FROM kept LIMIT {_MOST_DAYS + 1}").fetchall() if t
    ]
    days = read_days(texts, day_first=day_first) if len(texts) <= _MOST_DAYS else Days(unread=tuple(texts))
    connection.execute(
        f"CREATE TABLE days_of_{column} AS SELECT unnest(?::VARCHAR[]) AS text, unnest(?::DATE[]) AS day",
        [list(days.of), list(days.of.values())],
    )
    return days


def _view(connection: DuckDBPyConnection, layout: Layout, columns: Mapping[str, int], days: Mapping[str, Days]) -> None:
    as_kept = {"order_id": "order_no", "comments": "comment_words"}
    names = [f"k.{as_kept.get(name, name)}" for name in columns]
    names += [f"d_{name}.day AS {name}_day" for name in days]
    joins = " ".join(f"LEFT JOIN days_of_{n} d_{n} ON k.{n} = d_{n}.text" for n in days)
    connection.execute(
        f"CREATE VIEW data AS SELECT k.rowid + {layout.header_line + 1} AS row, {', '.join(names)} FROM kept k {joins}"
    )
