"""What tokens cost, for the models whose price is known."""

from __future__ import annotations

import re
import tomllib
from functools import cache

from amends.prompting import prompt_root
from amends.settings import Price, Settings

_DATED = re.compile(r"-\d{4}-\d{2}-\d{2}$")


def price_of(provider: str, name: str, settings: Settings) -> Price | None:
    """Return the price of the model `name`, from the settings, else from the shipped table, else None.

    The shipped table holds OpenAI's own prices, so it is not used for another provider or another server.
    """
    short = _DATED.sub("", name)
    for key in (f"{provider}:{name}", name, short):
        if key in settings.prices:
            return settings.prices[key]
    at_openai = provider == "openai" and (settings.base_url is None or "//api.openai.com" in settings.base_url)
    return _shipped().get(short) if at_openai else None


def cost_usd(price: Price | None, input_tokens: int, output_tokens: int) -> float | None:
    """Return what these tokens cost at most (no discount for cached input is counted); None without a price."""
    if price is None:
        return None
    return round((input_tokens * price.input + output_tokens * price.output) / 1_000_000, 6)


@cache
def _shipped() -> dict[str, Price]:
    table = tomllib.loads((prompt_root() / "prices.v1.toml").read_text(encoding="utf-8"))
    return {name: Price(input=row["input"], output=row["output"]) for name, row in table["models"].items()}
