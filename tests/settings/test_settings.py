"""Settings come from the environment or from .env, and a wrong one is named."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from claims.errors import SettingsError
from reviewer.settings import ENTREZ_URL, load_settings, require_email
from reviewer.smtp_settings import Security


def test_without_any_setting_everything_has_its_default(tmp_path: Path) -> None:
    settings = load_settings({"HOME": str(tmp_path)}, tmp_path)
    assert settings.entrez_url == ENTREZ_URL
    assert settings.database_url == f"sqlite:///{settings.home / 'konkyo.db'}"
    assert settings.ncbi_email == ""


def test_a_file_in_the_working_folder_is_read_and_the_environment_wins(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("NCBI_EMAIL=file@example.org\nNCBI_API_KEY=from-file\n", encoding="utf-8")
    settings = load_settings({"NCBI_EMAIL": "environment@example.org"}, tmp_path)
    assert settings.ncbi_email == "environment@example.org"
    assert settings.ncbi_api_key == "from-file"


def test_effort_is_measured_unless_the_settings_say_not_to(tmp_path: Path) -> None:
    assert load_settings({"HOME": str(tmp_path)}, tmp_path).measure_effort
    assert not load_settings({"KONKYO_MEASURE_EFFORT": "0"}, tmp_path).measure_effort


@pytest.mark.parametrize(
    ("asked", "level", "is_json"),
    [
        *(("", "warning", False), ("INFO", "info", False), ("json", "info", True)),
        *(("json,debug", "debug", True), ("warning, json", "warning", True)),
    ],
)
def test_the_log_has_a_level_and_a_form(tmp_path: Path, asked: str, level: str, is_json: bool) -> None:
    settings = load_settings({"HOME": str(tmp_path), "KONKYO_LOG": asked}, tmp_path)
    assert (settings.log_level, settings.log_json) == (level, is_json)


@pytest.mark.parametrize("asked", ["loud", "json,loud", "info,debug", ","])
def test_a_log_of_no_known_level_is_refused(tmp_path: Path, asked: str) -> None:
    with pytest.raises(SettingsError) as refused:
        load_settings({"KONKYO_LOG": asked}, tmp_path)
    assert refused.value.code == "log_level_unknown"


def test_a_token_for_metrics_that_could_be_guessed_is_refused_and_none_is_shown(tmp_path: Path) -> None:
    with pytest.raises(SettingsError) as refused:
        load_settings({"KONKYO_METRICS_TOKEN": "short"}, tmp_path)
    assert refused.value.code == "metrics_token_short"
    settings = load_settings({"KONKYO_METRICS_TOKEN": "t" * 32}, tmp_path)
    assert settings.metrics_token == "t" * 32
    assert "t" * 32 not in repr(settings)


def test_how_long_a_sign_in_may_be_unused_is_set_within_bounds(tmp_path: Path) -> None:
    assert load_settings({"HOME": str(tmp_path)}, tmp_path).idle == timedelta(hours=1)
    assert load_settings({"KONKYO_IDLE_MINUTES": "15"}, tmp_path).idle == timedelta(minutes=15)
    for minutes in ("4", "721", "0", "-1", "1e2", "１５", "an hour"):
        with pytest.raises(SettingsError) as refused:
            load_settings({"KONKYO_IDLE_MINUTES": minutes}, tmp_path)
        assert (refused.value.code, refused.value.values) == ("idle_unusable", {"fewest": 5, "most": 720})


def test_proxies_are_addresses_or_networks_and_never_everybody(tmp_path: Path) -> None:
    assert load_settings({}, tmp_path).trusted_proxies == ("127.0.0.1",)
    named = {"KONKYO_TRUSTED_PROXIES": "10.0.0.1, 2001:db8::/32,"}
    assert load_settings(named, tmp_path).trusted_proxies == ("10.0.0.1", "2001:db8::/32")
    for proxy in ("*", "proxy.example", "0.0.0.0/0", "::/0", "10.0.0.1/8"):
        with pytest.raises(SettingsError) as refused:
            load_settings({"KONKYO_TRUSTED_PROXIES": f"10.0.0.1,{proxy}"}, tmp_path)
        assert (refused.value.code, refused.value.values) == ("trusted_proxies_unusable", {"proxy": proxy})


def test_an_empty_value_counts_as_missing(tmp_path: Path) -> None:
    settings = load_settings({"KONKYO_ENTREZ_URL": "  ", "KONKYO_HOME": ""}, tmp_path)
    assert settings.entrez_url == ENTREZ_URL


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080/entrez/eutils", "http://localhost:1/entrez/eutils/"])
def test_a_loopback_address_serves_as_entrez(tmp_path: Path, url: str) -> None:
    settings = load_settings({"KONKYO_ENTREZ_URL": url}, tmp_path)
    assert settings.entrez_url == url.rstrip("/") + "/"


@pytest.mark.parametrize(
    "url", ["ftp://example.org/entrez/eutils/", "https://example.org/", "entrez/eutils/"]
)
def test_an_address_that_is_none_of_entrez_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingsError) as refused:
        load_settings({"KONKYO_ENTREZ_URL": url}, tmp_path)
    assert refused.value.code == "entrez_url_unusable"


def test_a_missing_address_is_asked_for_only_by_pubmed(tmp_path: Path) -> None:
    settings = load_settings({"KONKYO_HOME": str(tmp_path)}, tmp_path)
    with pytest.raises(SettingsError) as refused:
        require_email(settings)
    assert refused.value.code == "email_missing"


def test_the_key_does_not_show_when_the_settings_are_printed(tmp_path: Path) -> None:
    settings = load_settings({"NCBI_API_KEY": "secret-key"}, tmp_path)
    assert "secret-key" not in repr(settings)


def test_library_and_queue_are_chosen_and_what_is_no_queue_is_refused(tmp_path: Path) -> None:
    chosen = {"KONKYO_LIBRARY": str(tmp_path / "nlm"), "KONKYO_QUEUE": "workers"}
    settings = load_settings({**chosen, "KONKYO_DATABASE_URL": "postgresql://db/konkyo"}, tmp_path)
    assert (settings.library_folder, settings.queue) == (tmp_path / "nlm", "workers")
    plain = load_settings({"KONKYO_HOME": str(tmp_path)}, tmp_path)
    assert (plain.library_folder, plain.queue) == (tmp_path / "library", "process")
    for asked, code in (("redis", "queue_unknown"), ("workers", "workers_need_postgresql")):
        with pytest.raises(SettingsError) as refused:
            load_settings({"KONKYO_HOME": str(tmp_path), "KONKYO_QUEUE": asked}, tmp_path)
        assert refused.value.code == code


def test_papers_are_looked_at_again_once_a_day_unless_the_settings_say_how_often(tmp_path: Path) -> None:
    home = {"KONKYO_HOME": str(tmp_path)}
    assert load_settings(home, tmp_path).recheck_hours == 24
    assert load_settings({**home, "KONKYO_RECHECK_HOURS": "0"}, tmp_path).recheck_hours == 0
    for wrong in ("-1", "745", "nightly", "１２"):
        with pytest.raises(SettingsError, match="recheck_hours_unusable"):
            load_settings({**home, "KONKYO_RECHECK_HOURS": wrong}, tmp_path)


def test_the_address_of_retraction_watch_is_one(tmp_path: Path) -> None:
    named = {"KONKYO_HOME": str(tmp_path), "KONKYO_RETRACTION_WATCH_URL": "https://example.org/table.csv"}
    assert load_settings(named, tmp_path).retraction_watch == "https://example.org/table.csv"
    for wrong in ("table.csv", "file:///table.csv", "https://"):
        with pytest.raises(SettingsError, match="retraction_watch_unusable"):
            load_settings({**named, "KONKYO_RETRACTION_WATCH_URL": wrong}, tmp_path)


def test_an_article_is_reviewed_again_after_a_year_unless_the_settings_say_when(tmp_path: Path) -> None:
    assert load_settings({}, tmp_path).review_months == 12
    assert load_settings({"KONKYO_REVIEW_MONTHS": "0"}, tmp_path).review_months == 0
    for wrong in ("-1", "121", "soon", "１２"):
        with pytest.raises(SettingsError, match="review_months_unusable"):
            load_settings({"KONKYO_REVIEW_MONTHS": wrong}, tmp_path)


MAIL = {
    "KONKYO_SMTP_HOST": "mail.clinic.example",
    "KONKYO_MAIL_FROM": "konkyo@clinic.example",
    "KONKYO_ROOM_URL": "https://konkyo.clinic.example/",
}


def test_mails_are_sent_encrypted_by_the_server_that_is_named(tmp_path: Path) -> None:
    assert load_settings({}, tmp_path).smtp is None
    smtp = load_settings({**MAIL, "KONKYO_SMTP_PASSWORD": "secret-word"}, tmp_path).smtp
    assert smtp is not None
    assert (smtp.port, smtp.security, smtp.digest_hour) == (587, Security.STARTTLS, 7)
    assert smtp.room == "https://konkyo.clinic.example"
    assert "secret-word" not in repr(smtp)
    tls = load_settings({**MAIL, "KONKYO_SMTP_SECURITY": "tls", "KONKYO_MAIL_HOUR": "18"}, tmp_path).smtp
    assert tls is not None
    assert (tls.port, tls.digest_hour) == (465, 18)
    here = load_settings({**MAIL, "KONKYO_SMTP_HOST": "localhost", "KONKYO_SMTP_SECURITY": "none"}, tmp_path)
    assert here.smtp is not None
    assert here.smtp.port == 25


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"KONKYO_MAIL_FROM": ""}, "smtp_incomplete"),
        ({"KONKYO_ROOM_URL": ""}, "smtp_incomplete"),
        ({"KONKYO_MAIL_FROM": "Konkyo <konkyo@clinic.example>"}, "smtp_sender_unusable"),
        ({"KONKYO_SMTP_SECURITY": "ssl"}, "smtp_security_unknown"),
        ({"KONKYO_SMTP_SECURITY": "none"}, "smtp_unencrypted"),
        ({"KONKYO_ROOM_URL": "konkyo.clinic.example"}, "room_url_unusable"),
        ({"KONKYO_SMTP_PORT": "0"}, "number_unusable"),
        ({"KONKYO_SMTP_PORT": "65536"}, "number_unusable"),
        ({"KONKYO_MAIL_HOUR": "24"}, "number_unusable"),
        ({"KONKYO_MAIL_HOUR": "７"}, "number_unusable"),
    ],
)
def test_what_would_send_no_mail_is_refused_at_the_start(
    tmp_path: Path, wrong: dict[str, str], code: str
) -> None:
    with pytest.raises(SettingsError, match=code):
        load_settings({**MAIL, **wrong}, tmp_path)


def test_the_room_is_where_the_provider_leads_unless_the_settings_say_otherwise(tmp_path: Path) -> None:
    names = ("METADATA_URL", "CLIENT_ID", "CLIENT_SECRET")
    oidc = {f"KONKYO_OIDC_{name}": "x" for name in names} | {
        "KONKYO_OIDC_PUBLIC_URL": "https://room.example/"
    }
    smtp = load_settings({**MAIL, "KONKYO_ROOM_URL": "", **oidc}, tmp_path).smtp
    assert smtp is not None
    assert smtp.room == "https://room.example"


def test_days_before_a_review_and_the_file_of_its_rules_are_set(tmp_path: Path) -> None:
    own = str(tmp_path / "rules.tsv")
    read = load_settings({"KONKYO_REVIEW_SOON_DAYS": "14", "KONKYO_REVIEW_RULES": own}, tmp_path)
    assert (read.review_soon_days, str(read.review_rules)) == (14, own)
    default = load_settings({"KONKYO_HOME": str(tmp_path)}, tmp_path)
    assert (default.review_soon_days, default.review_rules) == (30, None)
    assert (default.living_days, load_settings({"KONKYO_LIVING_DAYS": "7"}, tmp_path).living_days) == (30, 7)
    with pytest.raises(SettingsError, match="living_days_unusable"):
        load_settings({"KONKYO_LIVING_DAYS": "367"}, tmp_path)
    for wrong in ("0", "366", "soon"):
        with pytest.raises(SettingsError, match="review_soon_unusable"):
            load_settings({"KONKYO_REVIEW_SOON_DAYS": wrong}, tmp_path)
    with pytest.raises(SettingsError) as refused:
        load_settings({"KONKYO_REVIEW_RULES": "~nobody-at-all/x.tsv"}, tmp_path)
    assert refused.value.values["setting"] == "KONKYO_REVIEW_RULES"
