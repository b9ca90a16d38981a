"""The seller's list of invoices: one line per invoice and product, as CSV or YAML."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import Field

from amends.errors import InputError
from amends.reports.cells import read_days, whole_number
from amends.reports.encoding import as_utf8
from amends.reports.headers import columns_of, folded, rules, seen
from amends.reports.layout import layout_of, rows_of
from amends.schemas import Frozen


class Invoice(Frozen):
    """One line of an invoice. What the list does not give is None and is asked for, never assumed."""

    origin: str
    number: str | None = None
    issued: date | None = None
    supplier: str | None = None
    phone: str | None = None
    address: str | None = None
    website: str | None = None
    asin: str | None = None
    sku: str | None = None
    upc: str | None = None
    quantity: int | None = Field(None, ge=0, description="Units invoiced")
    buyer: str | None = None
    file: str | None = None

    @property
    def name(self) -> str:
        """How a message names the invoice."""
        return f"invoice {self.number}" if self.number else self.file or self.origin


def read_invoices(path: Path, *, day_first: bool | None = None) -> tuple[Invoice, ...]:
    """The invoice list at `path`: CSV (any delimiter), or YAML with a list of mappings.

    Raises:
        InputError: unreadable, without a known column, or with a date or quantity that is none; the row is named.
    """
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="amends-") as folder:
        text = as_utf8(path, Path(folder))[0]
        rows = (
            _yaml_rows(text, path.name)
            if path.suffix.lower() in (".yaml", ".yml", ".json")
            else _csv_rows(text, path.name)
        )
    if not rows:
        raise InputError(
            f"{path.name} lists no invoice.", hint="One line per invoice and product: date, supplier, quantity, asin …"
        )
    texts = [row["date"] for _, row in rows if row.get("date")]
    days = read_days(texts, day_first=day_first)
    if days.ambiguous:
        raise InputError(
            f"{path.name}: the invoice dates may be day/month or month/day.", hint="Write them as 2026-11-03."
        )
    return tuple(_invoice(origin, row, days.of) for origin, row in rows)


def _invoice(origin: str, row: Mapping[str, str], days: Mapping[str, date]) -> Invoice:
    values: dict[str, Any] = {key: text for key, text in row.items() if text}
    if "date" in values:
        if values["date"] not in days:
            raise InputError(f"{origin}: “{values['date']}” is no date.", hint="Write it as 2026-11-03.")
        values["issued"] = days[values.pop("date")]
    if "quantity" in values:
        units = whole_number(values["quantity"])
        if units is None or units < 0:
            raise InputError(
                f"{origin}: “{values['quantity']}” is no quantity.", hint="Give the units as a whole number."
            )
        values["quantity"] = units
    if "asin" in values:
        values["asin"] = values["asin"].upper()
    return Invoice(origin=origin, **values)


def _csv_rows(text: Path, file: str) -> list[tuple[str, dict[str, str]]]:
    layout = layout_of(text)
    columns = columns_of(layout.header, rules()["invoices"])
    if not {"date", "quantity"} & set(columns):
        raise InputError(
            f"{file} is no list of invoices. {seen(layout.header)}", hint=f"Columns: {', '.join(rules()['invoices'])}."
        )
    lines = text.read_text(encoding="utf-8-sig").splitlines(keepends=True)[layout.header_line :]
    read = rows_of(lines, layout.delimiter, layout.quoted)
    return [
        (f"{file}: row {number}", {key: row[at].strip() if at < len(row) else "" for key, at in columns.items()})
        for number, row in enumerate(read, layout.header_line + 1)
        if any(cell.strip() for cell in row)
    ]


def _yaml_rows(text: Path, file: str) -> list[tuple[str, dict[str, str]]]:
    import yaml

    try:
        tree = yaml.load(text.read_text(encoding="utf-8-sig"), Loader=yaml.BaseLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise InputError(
            f"{file} is no YAML{f' at line {mark.line + 1}' if mark else ''}.",
            hint="Put text that holds “: ” in quotes.",
        ) from None
    entries = tree.get("invoices") if isinstance(tree, Mapping) else tree
    if not isinstance(entries, list) or not all(isinstance(e, Mapping) for e in entries):
        raise InputError(
            f"{file} must be a list of invoices.", hint="Begin each with “- ” and give date, supplier, quantity, asin …"
        )
    return [(f"{file}: invoices[{n}]", _entry(entry, f"{file}: invoices[{n}]")) for n, entry in enumerate(entries)]


def _entry(entry: Mapping[str, Any], where: str) -> dict[str, str]:
    names = {
        folded(spelling): ours for ours, spellings in rules()["invoices"].items() for spelling in (ours, *spellings)
    }
    found = {}
    for key, value in entry.items():
        if folded(str(key)) not in names:
            raise InputError(
                f"{where} has the unknown key “{key}”.", hint=f"Known keys: {', '.join(rules()['invoices'])}."
            )
        if not isinstance(value, str):
            raise InputError(f"{where}.{key} must be text or a number.")
        found[names[folded(str(key))]] = value.strip()
    return found
