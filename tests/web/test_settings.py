"""Settings: safe by default, and clear about what is missing."""

from datetime import timedelta

import pytest

from portal.app import create_app
from portal.config import Council, Settings, read_settings
from portal.safe_start import DEMO_SEALING_KEY, DEMO_SECRET
from portal.secrets_given import SettingMissing
from tests.conftest import settings_for
from tests.real_settings import KEY, REAL, SECRETS

VAULT = "from-the-vault-with-many-letters-in-it"


@pytest.mark.parametrize("given", [{}, {"PORTAL_SECRET_KEY": "x"}, {"PORTAL_DEMO": "0"}])
def test_outside_the_demo_a_missing_secret_stops_the_start_in_words(given, tmp_path):
    with pytest.raises(SettingMissing, match="is not set"):
        read_settings(given, tmp_path)


@pytest.mark.parametrize(
    "given",
    [
        {"PORTAL_SEALING_KEYS": "abc"},
        {"PORTAL_SEALING_KEYS": ","},
        {"PORTAL_MAIL_PORT": "abc"},
        {"PORTAL_MAIL_TLS": "maybe"},
    ],
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


@pytest.mark.parametrize("address", ["", "  "])
def test_outside_the_demo_it_does_not_start_without_a_duty_desk(tmp_path, address):
    with pytest.raises(SettingMissing, match="nobody would be told of a child in danger"):
        read_settings({**SECRETS, "PORTAL_COUNCIL_DUTY_EMAIL": address}, tmp_path)


@pytest.mark.parametrize(
    ("given", "rungs"),
    [
        ({"PORTAL_COUNCIL_DUTY_EMAIL": "none"}, ()),
        ({"PORTAL_COUNCIL_DUTY_EMAIL": "a@b.org"}, ("a@b.org",)),
        (
            {"PORTAL_COUNCIL_DUTY_EMAIL": "a@b.org", "PORTAL_COUNCIL_DUTY_NEXT": "c@d.org, e@f.org"},
            ("a@b.org", "c@d.org", "e@f.org"),
        ),
    ],
)
def test_the_ladder_is_the_desk_and_whoever_is_named_after_it(tmp_path, given, rungs):
    ladder = read_settings({**SECRETS, **given}, tmp_path).council.duty
    assert (ladder.rungs, ladder.again_after) == (rungs, timedelta(minutes=30))


@pytest.mark.parametrize("minutes", ["0", "soon", "-5"])
def test_after_how_long_the_alert_goes_up_is_a_number_of_minutes(tmp_path, minutes):
    with pytest.raises(SettingMissing, match="number of minutes"):
        read_settings({"PORTAL_DEMO": "1", "PORTAL_COUNCIL_DUTY_AGAIN_AFTER": minutes}, tmp_path)


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


def test_secrets_come_from_a_file_or_a_command(tmp_path):
    (tmp_path / "keys").write_text(f"{KEY}\n{KEY}\n")
    (tmp_path / "keys").chmod(0o600)
    given = {"PORTAL_SEALING_KEYS_FILE": str(tmp_path / "keys"), "PORTAL_SECRET_KEY_COMMAND": f"printf {VAULT}"}
    given |= {name: REAL[name] for name in ("PORTAL_COUNCIL_DUTY_EMAIL", "PORTAL_SITE_ADDRESS")}
    settings = read_settings(given, tmp_path)
    assert (settings.secret_key, settings.sealing_keys) == (VAULT, (KEY,) * 2)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"PORTAL_SECRET_KEY": "x", "PORTAL_SECRET_KEY_COMMAND": "echo y"}, "are both set"),
        ({"PORTAL_SECRET_KEY_FILE": "/nowhere/at/all"}, "cannot be read"),
        ({"PORTAL_SECRET_KEY_FILE": "{open}"}, "chmod 600"),
        ({"PORTAL_SECRET_KEY_COMMAND": "false"}, "gave no secret"),
        ({"PORTAL_SECRET_KEY_COMMAND": "no-such-command-here"}, "gave no secret"),
        ({"PORTAL_SECRET_KEY_COMMAND": "true"}, "printed nothing"),
        ({"PORTAL_SECRET_KEY_COMMAND": "echo 'unclosed"}, "gave no secret"),
    ],
)
def test_a_secret_that_cannot_be_had_is_told_without_the_secret(tmp_path, given, sentence):
    (tmp_path / "open").write_text("the-secret-itself")
    (tmp_path / "open").chmod(0o644)
    with pytest.raises(SettingMissing, match=sentence) as told:
        read_settings({name: value.format(open=tmp_path / "open") for name, value in given.items()}, tmp_path)
    assert "the-secret-itself" not in str(told.value)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"PORTAL_SECRET_KEY": DEMO_SECRET}, "the published one"),
        ({"PORTAL_SEALING_KEYS": f"{KEY},{DEMO_SEALING_KEY}"}, "the published one"),
        ({"PORTAL_SEALING_KEYS": DEMO_SEALING_KEY[:-2] + "F="}, "the published one"),  # the same bytes
        ({"PORTAL_SECRET_KEY": "x" * 31}, "fewer than 32"),
        ({"PORTAL_SECRET_KEY": "x" * 40}, "no random one"),
        ({"PORTAL_SEALING_KEYS": "A" * 43 + "="}, "no random one"),
        ({"PORTAL_SITE_ADDRESS": "https://"}, "https://"),
        ({"PORTAL_SECRET_KEY": KEY}, "are the same"),
        ({"PORTAL_SITE_ADDRESS": ""}, "https://"),
        ({"PORTAL_SITE_ADDRESS": "HTTP://your-say.example"}, "https://"),
        ({"FLASK_DEBUG": "1"}, "FLASK_DEBUG"),
        ({"FLASK_DEBUG": "true", "PORTAL_SECRET_KEY": "x"}, "(?s)fewer than 32.*FLASK_DEBUG"),
        ({"PORTAL_COUNCIL_DUTY_EMAIL": ""}, "nobody would be told"),
        ({"PORTAL_OIDC_ISSUER": "http://login.example/"}, "PORTAL_OIDC_ISSUER"),
        ({"PORTAL_OIDC_ISSUER": "https://login.microsoftonline.com/common/v2.0"}, "the council's tenant"),
        ({"PORTAL_MAIL_SERVER": "mail.council.example", "PORTAL_MAIL_TLS": "0"}, "words would travel open"),
        ({"PORTAL_MAILBOX_SERVER": "mail.council.example", "PORTAL_MAILBOX_TLS": "0"}, "PORTAL_MAILBOX_TLS is 0"),
        ({"PORTAL_AUDIT_HEADS": "/nowhere/at/all/heads"}, "is not there"),
        *(
            ({"PORTAL_DATABASE_URL": f"postgresql+psycopg://{address}"}, "sslmode=verify-full")
            for address in (
                "portal@db.council.example/portal",
                "@/say?host=db.council.example",
                "@localhost/say?host=db.council.example",
                "@/say?service=council",
                "@db.council.example/say?sslmode=disable&application_name=sslmode=verify-full",
            )
        ),
    ],
)
def test_a_real_portal_does_not_start_with_what_anybody_could_open(tmp_path, given, sentence):
    with pytest.raises(SettingMissing, match=sentence):
        read_settings(REAL | given, tmp_path)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql+psycopg://say@localhost/say",
        "postgresql+psycopg://say@/say?host=/run/postgresql",
        "postgresql+psycopg://say@db.council.example/say?sslmode=verify-full&sslrootcert=/etc/ssl/db.pem",
        "sqlite:////var/lib/say/portal.db",
    ],
)
def test_a_database_on_this_machine_or_behind_a_certificate_is_fine(tmp_path, address):
    assert read_settings(REAL | {"PORTAL_DATABASE_URL": address}, tmp_path).database_url == address


@pytest.mark.parametrize("address", ["https://your-say.example", "HTTPS://Your-Say.example/"])
def test_a_real_portal_keeps_its_cookies_to_itself(tmp_path, address):
    told = read_settings(REAL | {"PORTAL_SITE_ADDRESS": address, "FLASK_DEBUG": "0"}, tmp_path).for_flask()
    assert (told["SESSION_COOKIE_SECURE"], told["SESSION_COOKIE_NAME"]) == (True, "__Host-session")
    assert told["TRUSTED_HOSTS"][0] == "your-say.example"


@pytest.mark.parametrize("name", ["PORTAL_MAIL_SERVER", "PORTAL_MAILBOX_SERVER"])
def test_a_demo_has_no_real_post(tmp_path, name):
    with pytest.raises(SettingMissing, match=name):
        read_settings({"PORTAL_DEMO": "1", name: "mail.council.example"}, tmp_path)
    assert read_settings({"PORTAL_DEMO": "1", name: "localhost"}, tmp_path).demo


def test_a_portal_is_known_by_its_own_name_only(tmp_path):
    settings = settings_for(f"sqlite:///{tmp_path / 'none.db'}", site_address="https://your-say.example")
    client = create_app(settings).test_client()
    assert client.get("/help", base_url="https://your-say.example").status_code == 200
    answer = client.get("/help", base_url="https://evil.example")
    assert answer.status_code == 400
    assert "evil.example" not in answer.get_data(as_text=True)
