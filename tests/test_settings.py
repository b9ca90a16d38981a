from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from amends.errors import InputError
from amends.settings import Price, load_settings


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "amends.toml").write_text('model = "openai:from-file"\nconcurrency = 3\nmax_seconds = 9\n')
    return tmp_path


def test_defaults_need_nothing(tmp_path: Path) -> None:
    settings = load_settings(environ={"HOME": str(tmp_path)}, directory=tmp_path)
    assert settings.model == "offline"
    assert (settings.max_attempts, settings.max_seconds, settings.call_timeout_s, settings.concurrency) == (
        5,
        120,
        60,
        8,
    )
    assert settings.cache_dir == tmp_path / ".cache" / "amends"


def test_an_option_wins_over_environment_over_file_over_default(folder: Path) -> None:
    environ = {"HOME": str(folder), "AMENDS_CONCURRENCY": "4", "AMENDS_MAX_ATTEMPTS": "2", "AMENDS_BASE_URL": ""}
    settings = load_settings({"max_attempts": 1, "model": None}, environ=environ, directory=folder)
    assert settings.model == "openai:from-file"
    assert (settings.concurrency, settings.max_attempts, settings.max_seconds) == (4, 1, 9)
    assert settings.base_url is None


def test_the_config_file_is_the_named_one_else_the_folders_else_the_users(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    (other / "amends").mkdir(parents=True)
    (other / "amends" / "amends.toml").write_text('model = "openai:users"')
    environ = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(other)}
    assert load_settings(environ=environ, directory=folder).model == "openai:from-file"
    assert load_settings(environ=environ, directory=other).model == "openai:users"
    named = environ | {"AMENDS_CONFIG": str(other / "amends" / "amends.toml")}
    assert load_settings(environ=named, directory=folder).model == "openai:users"
    with pytest.raises(InputError, match="nowhere"):
        load_settings(environ=environ | {"AMENDS_CONFIG": "nowhere.toml"}, directory=folder)


def test_an_unknown_key_is_named_with_the_nearest_right_one(tmp_path: Path) -> None:
    (tmp_path / "amends.toml").write_text("concurency = 4")
    with pytest.raises(InputError, match=r"amends\.toml: unknown key 'concurency'.*'concurrency'"):
        load_settings(environ={"HOME": str(tmp_path)}, directory=tmp_path)


@pytest.mark.parametrize("content", [b"model = ", b"\xff\xfe"])
def test_an_unreadable_config_file_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "amends.toml").write_bytes(content)
    with pytest.raises(InputError, match=r"amends\.toml"):
        load_settings(environ={"HOME": str(tmp_path)}, directory=tmp_path)


def test_a_wrong_value_says_where_it_came_from_and_never_shows_it(tmp_path: Path) -> None:
    environ = {"HOME": str(tmp_path), "AMENDS_MAX_ATTEMPTS": "secret-value"}
    with pytest.raises(InputError, match="AMENDS_MAX_ATTEMPTS: max_attempts") as caught:
        load_settings(environ=environ, directory=tmp_path)
    assert "secret-value" not in str(caught.value)


def test_keys_do_not_show_and_openais_key_goes_to_openai_only(tmp_path: Path) -> None:
    environ = {"HOME": str(tmp_path), "OPENAI_API_KEY": "sk-open"}
    settings = load_settings(environ=environ, directory=tmp_path)
    assert "sk-open" not in repr(settings)
    assert "sk-open" not in settings.model_dump_json()
    key = settings.key_for("openai")
    assert key is not None
    assert key.get_secret_value() == "sk-open"
    assert settings.key_for("anthropic") is None
    own = load_settings(environ=environ | {"AMENDS_API_KEY": "own"}, directory=tmp_path).key_for("openai")
    assert own is not None
    assert own.get_secret_value() == "own"


def test_prices_can_be_given_in_file_and_environment(tmp_path: Path) -> None:
    (tmp_path / "amends.toml").write_text('[prices."my-model"]\ninput = 1.5\noutput = 3\n')
    environ = {"HOME": str(tmp_path)}
    assert load_settings(environ=environ, directory=tmp_path).prices == {"my-model": Price(input=1.5, output=3)}
    environ["AMENDS_PRICES"] = '{"other" = {input = 1, output = 2}}'
    assert load_settings(environ=environ, directory=tmp_path).prices == {"other": Price(input=1, output=2)}
    with pytest.raises(InputError, match="AMENDS_PRICES"):
        load_settings(environ=environ | {"AMENDS_PRICES": "12"}, directory=tmp_path)


def test_importing_the_settings_loads_no_heavy_library() -> None:
    heavy = ("langchain", "openai", "pydantic_settings", "tenacity", "yaml")
    code = (
        "import sys, amends.settings, amends.model, amends.masking, amends.prompting, amends.testing\n"
        f"print([m for m in {heavy} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
