"""Settings: safe by default, and clear about what is missing."""

import pytest

from portal.app import create_app
from portal.config import Council, SettingMissing, Settings, read_settings
from tests.conftest import settings_for


@pytest.mark.parametrize("given", [{}, {"PORTAL_SECRET_KEY": "x"}, {"PORTAL_DEMO": "0"}])
def test_outside_the_demo_a_missing_secret_stops_the_start_in_words(given, tmp_path):
    with pytest.raises(SettingMissing, match="is not set"):
        read_settings(given, tmp_path)


@pytest.mark.parametrize(
    "given", [{"PORTAL_SEALING_KEYS": "abc"}, {"PORTAL_SEALING_KEYS": ","}, {"PORTAL_MAIL_PORT": "abc"}]
)
def test_a_setting_that_is_no_good_stops_the_start_in_words(given, tmp_path):
    with pytest.raises(SettingMissing, match=next(iter(given))):
        read_settings({"PORTAL_DEMO": "1", **given}, tmp_path)


def test_a_database_that_is_no_address_stops_the_start_in_words():
    with pytest.raises(SettingMissing, match="PORTAL_DATABASE_URL"):
        create_app(settings_for("bogus"))


def test_without_tables_a_command_says_what_to_do(tmp_path):
    app = create_app(settings_for(f"sqlite:///{tmp_path / 'none.db'}"))
    done = app.test_cli_runner().invoke(args=["audit", "verify"])
    assert done.exit_code == 1
    assert "flask db upgrade" in done.output


def test_the_demo_needs_nothing(tmp_path):
    settings = read_settings({"PORTAL_DEMO": "1"}, tmp_path)
    assert settings.demo
    assert settings.database_url.endswith("portal.db")
    assert settings.council.name == "Exampleshire Council"


def test_a_council_says_of_itself_what_it_wants(tmp_path):
    given = {"PORTAL_DEMO": "1", "PORTAL_COUNCIL_NAME": "Our Council", "PORTAL_COUNCIL_DAY_PHONE": "", "PORT": "9000"}
    settings = read_settings(given, tmp_path)
    assert (settings.council.name, settings.council.day_phone) == ("Our Council", "")
    assert settings.site_address == "http://127.0.0.1:9000"


def test_over_https_the_cookie_travels_only_there():
    secure = Settings("sqlite://", "x", (), site_address="https://yoursay.example.gov.uk").for_flask()
    assert secure["SESSION_COOKIE_SECURE"] is True
    assert secure["SESSION_COOKIE_HTTPONLY"] is True


def test_a_number_that_is_not_set_is_not_shown():
    app = create_app(Settings("sqlite://", "x", settings_for("").sealing_keys, council=Council()))
    page = app.test_client().get("/help").get_data(as_text=True)
    assert "Want to talk to us?" not in page
    assert "0800 1111" in page


def test_outside_the_demo_no_sign_in_is_shown(client):
    page = client.get("/staff/sign-in").get_data(as_text=True)
    assert "demo" not in page
