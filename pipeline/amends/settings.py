"""Everything that can be set from outside, in one frozen model: options, environment, TOML file, defaults.

Read with `tomllib` and pydantic alone: importing pydantic-settings costs more than pydantic itself, on every start.
"""

from __future__ import annotations

import difflib
import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import Field, SecretStr, ValidationError

from amends.errors import InputError
from amends.schemas import Frozen

ENV_PREFIX = "AMENDS_"
#: Tables of the config file that another module reads: `check` is amends.check.config's.
_OTHERS = ("check",)


class Price(Frozen):
    """What a model costs, in USD per million tokens."""

    input: float = Field(ge=0)
    output: float = Field(ge=0)


class Settings(Frozen):
    """All settings. Each field `x` is also `AMENDS_X` in the environment and `x` in the config file."""

    model: str = Field("offline", description="`offline`, or `provider:name` such as openai:NAME")
    base_url: str | None = Field(
        None, description="Of any OpenAI-compatible server, with its /v1; also OPENAI_BASE_URL"
    )
    api_key: SecretStr | None = Field(None, description="For whichever provider `model` names")
    openai_api_key: SecretStr | None = Field(None, description="From OPENAI_API_KEY; only ever given to `openai:`")
    temperature: float | None = Field(None, ge=0, le=2)
    max_output_tokens: int | None = Field(None, ge=1, description="Per answer; None leaves it to the provider")
    max_attempts: int = Field(5, ge=1, le=20, description="Requests per question, the first included")
    max_seconds: float = Field(120, gt=0, description="For one question, its retries and its repair round together")
    call_timeout_s: float = Field(60, gt=0, description="For one request, until its last byte")
    backoff_initial_s: float = Field(0.5, ge=0, description="Wait before the second attempt; doubles from there")
    backoff_max_s: float = Field(20, ge=0, description="Longest wait that is not the server's own Retry-After")
    concurrency: int = Field(8, ge=1, le=512, description="Questions asked at the same time")
    embedding_model: str | None = Field(None, description="`provider:name`; None ranks patterns by words alone")
    languagetool_url: str | None = Field(None, description="A running LanguageTool server")
    cache_dir: Path = Field(default_factory=lambda: _xdg(os.environ, "CACHE", ".cache") / "amends")
    prices: dict[str, Price] = Field(default_factory=dict, description="By model name; wins over the shipped table")
    max_input_bytes: int = Field(10_000_000, ge=1, description="Largest notice, facts file or report that is read")

    def key_for(self, provider: str) -> SecretStr | None:
        """Return the API key for `provider`, None if there is none. OpenAI's key goes to no other provider."""
        return self.api_key or (self.openai_api_key if provider == "openai" else None)


def load_settings(
    overrides: Mapping[str, Any] | None = None,
    *,
    environ: Mapping[str, str] | None = None,
    directory: Path | None = None,
) -> Settings:
    """Return the settings from `overrides` (None values are skipped), environment and config file, in this order.

    Raises:
        InputError: a key or value is wrong (says which, where, and the nearest right key), or the file cannot be read.
    """
    environ = os.environ if environ is None else environ
    path = config_path(environ, directory or Path.cwd())
    values = _from_file(path) if path else {}
    values = {"cache_dir": _xdg(environ, "CACHE", ".cache") / "amends", **values}
    values |= _from_environment(environ)
    values |= {key: value for key, value in (overrides or {}).items() if value is not None}
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        raise InputError(_explain(error, path, environ)) from None


def config_path(environ: Mapping[str, str], directory: Path) -> Path | None:
    """Return the config file to read: `$AMENDS_CONFIG`, else amends.toml in `directory`, else the user's; None if none.

    Raises:
        InputError: `$AMENDS_CONFIG` names no file.
    """
    if named := environ.get(f"{ENV_PREFIX}CONFIG"):
        if not (path := Path(named).expanduser()).is_file():
            raise InputError(f"AMENDS_CONFIG names {named}, which is not a file.", hint="Correct the path or unset it.")
        return path
    candidates = (directory / "amends.toml", _xdg(environ, "CONFIG", ".config") / "amends" / "amends.toml")
    return next((path for path in candidates if path.is_file()), None)


def cache_folder() -> Path:
    """Return the folder for what can be fetched or made again: AMENDS_CACHE_DIR, else `amends` in the user's cache."""
    own = os.environ.get(f"{ENV_PREFIX}CACHE_DIR")
    return (Path(own).expanduser() if own else _xdg(os.environ, "CACHE", ".cache") / "amends").absolute()


def _xdg(environ: Mapping[str, str], kind: str, default: str) -> Path:
    if given := environ.get(f"XDG_{kind}_HOME"):
        return Path(given)
    return Path(environ.get("HOME") or Path.home()) / default


def _from_file(path: Path) -> dict[str, Any]:
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path} is not valid TOML: {error}.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read: {error}.") from None
    for table in _OTHERS:
        values.pop(table, None)
    for key in values:
        if key not in Settings.model_fields:
            near = difflib.get_close_matches(key, Settings.model_fields, n=1, cutoff=0.5)
            hint = f"Did you mean {near[0]!r}?" if near else f"Known keys: {', '.join(Settings.model_fields)}."
            raise InputError(f"{path}: unknown key {key!r}.", hint=hint)
    return values


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for ours, theirs in (("openai_api_key", "OPENAI_API_KEY"), ("base_url", "OPENAI_BASE_URL")):
        if environ.get(theirs):
            values[ours] = environ[theirs]
    for name in Settings.model_fields:
        if raw := environ.get(ENV_PREFIX + name.upper()):
            values[name] = _table(raw) if name == "prices" else raw
    return values


def _table(raw: str) -> Any:
    """Read a table written on one line, as TOML: `{"some-model" = {input = 1, output = 2}}`."""
    try:
        return tomllib.loads(f"value = {raw}")["value"]
    except tomllib.TOMLDecodeError:
        return raw


def _explain(error: ValidationError, path: Path | None, environ: Mapping[str, str]) -> str:
    """Say where each wrong value came from; never the value itself, which may be a key."""
    faults = []
    for fault in error.errors(include_input=False, include_url=False, include_context=False):
        key = ".".join(str(part) for part in fault["loc"])
        variable = ENV_PREFIX + str(fault["loc"][0]).upper()
        where = f"environment variable {variable}" if environ.get(variable) else str(path or "options")
        faults.append(f"{where}: {key}: {fault['msg']}.")
    return "Settings cannot be used. " + " ".join(faults)
