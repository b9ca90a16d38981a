"""Pieces of queries that several kinds of report share."""

from __future__ import annotations

from amends.reports.headers import cells_meaning
from amends.reports.table import Table

IS_ASIN = "regexp_full_match(asin, '[A-Z0-9]{10}')"
IS_ORDER = "order_no > 0"  # an id of another form is counted, but has a negative number and is not shown


def whole(column: str) -> str:
    """SQL for a cell as a whole number ("3", "3.0", "3,00"), NULL if it is none."""
    return f"try_cast(regexp_replace({column}, '[.,]0+$', '') AS BIGINT)"


def trimmed(cell: str) -> str:
    """SQL for a cell without spaces around it; the engine's own trim costs more than reading the cell."""
    return f"CASE WHEN starts_with({cell}, ' ') OR ends_with({cell}, ' ') THEN trim({cell}) ELSE {cell} END"


def means(column: str, meaning: str) -> str:
    """SQL that is true where a cell means `meaning` in one of the languages of `cells`, never NULL."""
    words = ", ".join("'" + text.replace("'", "''") + "'" for text in cells_meaning(meaning))
    return f"lower(coalesce({column}, '')) IN ({words})"


def asin_of(table: Table) -> dict[str, str]:
    """SKU to ASIN, for the SKUs that stand with one ASIN only."""
    if not table.has("sku", "asin"):
        return {}
    rows = table.ask(
        f"""SELECT sku, min(asin) FROM data WHERE sku <> '' AND {IS_ASIN}
            GROUP BY sku HAVING count(DISTINCT asin) = 1"""
    )
    return dict(rows)
