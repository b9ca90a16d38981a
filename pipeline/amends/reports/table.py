"""A delimited report in a columnar engine: only the columns asked for are read, the file is never held in memory.

The rows go once through DuckDB's reader into a slim table on disk (order ids as numbers, days as texts that repeat, no
free text), and every figure is a query on that table. The folder with it is deleted on leaving. Reports of all orders,
the only large ones, are summed instead: `order_sums`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amends.errors import SetupError
from amends.reports.cells import Days, read_days
from amends.reports.layout import Layout
from amends.reports.loading import load

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

#: What the engine may hold; the process stays below 300 MB with it, whatever the file's size (issue 3).
MEMORY_LIMIT = "100MB"
_MOST_DAYS = 20_000


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
    connection = connect(folder, in_order=True)
    try:
        load(connection, layout, columns, file, words or {})
        rows = connection.execute("SELECT count(*) FROM kept").fetchall()[0][0]
        read = {c: keep_days(connection, c, f"SELECT {c} FROM kept", [], day_first) for c in days if c in columns}
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


def connect(folder: Path, *, in_order: bool) -> DuckDBPyConnection:
    """The engine with its files in `folder`. Without `in_order` it may mix the rows, twice as fast.

    Raises:
        SetupError: the engine is not installed.
    """
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
        "preserve_insertion_order": in_order,
        "autoinstall_known_extensions": False,
    }
    connection = duckdb.connect(str(folder / "report.duckdb"), config=settings)
    connection.execute("SET enable_progress_bar = false")  # the engine would draw it on stdout, into our results
    return connection


def keep_days(
    connection: DuckDBPyConnection, column: str, texts_of: str, parameters: list[str], day_first: bool | None
) -> Days:
    """Read the days that the query `texts_of` gives; each text once, so that rows cost nothing.

    They are kept as the table `days_of_` and `column`.
    """
    rows = connection.execute(f"SELECT DISTINCT * FROM ({texts_of}) LIMIT {_MOST_DAYS + 1}", parameters).fetchall()
    texts = [t for (t,) in rows if t]
    days = read_days(texts, day_first=day_first) if len(texts) <= _MOST_DAYS else Days(unread=tuple(texts))
    connection.execute(
        f"CREATE TABLE days_of_{column} AS SELECT unnest(?::VARCHAR[]) AS text, unnest(?::DATE[]) AS day",
        [list(days.of), list(days.of.values())],
    )
    return days


def _view(connection: DuckDBPyConnection, layout: Layout, columns: Mapping[str, int], days: Mapping[str, Days]) -> None:
    as_kept = {"order_id": "order_no", "comments": "comment_words"}
    names = [f"k.rowid + {layout.header_line + 1} AS row"]
    names += [f"k.{as_kept.get(name, name)}" for name in columns]
    names += [f"d_{name}.day AS {name}_day" for name in days]
    joins = " ".join(f"LEFT JOIN days_of_{n} d_{n} ON k.{n} = d_{n}.text" for n in days)
    connection.execute(f"CREATE VIEW data AS SELECT {', '.join(names)} FROM kept k {joins}")
