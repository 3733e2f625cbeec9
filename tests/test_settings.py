"""The settings: where they come from, which wins, and what a wrong one is told."""

from pathlib import Path

import pytest

from truceline.settings import Settings, SettingsError, load_settings


def test_without_file_and_variables_the_defaults_hold(tmp_path: Path) -> None:
    assert load_settings(tmp_path, {}) == Settings()
    assert Settings().allow_private_addresses is False


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "truceline.toml").write_text("threads = 2\nfetch_timeout_seconds = 5\n", encoding="utf-8")
    settings = load_settings(tmp_path, {"TRUCELINE_THREADS": "3", "TRUCELINE_ALLOW_PRIVATE_ADDRESSES": "yes"})
    assert settings == Settings(threads=3, fetch_timeout_seconds=5.0, allow_private_addresses=True)
    assert isinstance(settings.fetch_timeout_seconds, float)


def test_the_short_name_of_a_variable_means_the_same(tmp_path: Path) -> None:
    assert load_settings(tmp_path, {"TRUCELINE_DB": "talks.db"}).database == "talks.db"
    both = {"TRUCELINE_DB": "talks.db", "TRUCELINE_DATABASE": "talks.db"}
    assert load_settings(tmp_path, both).database == "talks.db"
    with pytest.raises(SettingsError, match="TRUCELINE_DB and TRUCELINE_DATABASE are one setting and differ"):
        load_settings(tmp_path, {**both, "TRUCELINE_DB": "other.db"})


def test_a_variable_names_another_file(tmp_path: Path) -> None:
    (tmp_path / "truceline.toml").write_text("threads = 2", encoding="utf-8")
    (tmp_path / "team.toml").write_text("threads = 7", encoding="utf-8")
    assert load_settings(tmp_path, {"TRUCELINE_CONFIG": "team.toml"}).threads == 7
    with pytest.raises(SettingsError, match=r"missing\.toml cannot be read"):
        load_settings(tmp_path, {"TRUCELINE_CONFIG": "missing.toml"})


def test_an_unknown_key_is_an_error_that_names_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "truceline.toml").write_text("fetch_timeout = 5", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"'fetch_timeout' .*'fetch_timeout_seconds'"):
        load_settings(tmp_path, {})
    with pytest.raises(SettingsError, match=r"'TRUCELINE_THREAD' .*'TRUCELINE_THREADS'"):
        load_settings(tmp_path / "elsewhere", {"TRUCELINE_THREAD": "1"})


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ('threads = "two"', "a whole number, 0 or more"),
        ("threads = true", "a whole number, 0 or more"),
        ("threads = -1", "a whole number, 0 or more"),
        ("report_limit_bytes = 0", "a whole number above 0"),
        ("report_limit_bytes = 1.5", "a whole number above 0"),
        ("fetch_timeout_seconds = nan", "a number above 0"),
        ("allow_private_addresses = 1", "true or false"),
    ],
)
def test_a_wrong_value_in_the_file_is_an_error(tmp_path: Path, line: str, wanted: str) -> None:
    (tmp_path / "truceline.toml").write_text(line, encoding="utf-8")
    with pytest.raises(SettingsError, match=wanted):
        load_settings(tmp_path, {})


@pytest.mark.parametrize(
    ("variable", "text"),
    [
        ("TRUCELINE_THREADS", "many"),
        ("TRUCELINE_ALLOW_PRIVATE_ADDRESSES", "perhaps"),
        ("TRUCELINE_FETCH_TIMEOUT_SECONDS", "inf"),
        ("TRUCELINE_FETCH_LIMIT_BYTES", "0"),
    ],
)
def test_a_wrong_value_in_the_environment_is_an_error(tmp_path: Path, variable: str, text: str) -> None:
    with pytest.raises(SettingsError, match="must be"):
        load_settings(tmp_path, {variable: text})


@pytest.mark.parametrize("content", [b"threads =", b"\xff\xfe", b"threads = 1\nthreads = 2"])
def test_a_file_that_is_not_toml_is_an_error(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "truceline.toml").write_bytes(content)
    with pytest.raises(SettingsError, match="is not valid TOML"):
        load_settings(tmp_path, {})
