"""A letter that comes back from a real mail server, to the posted copy with its tick; set-aside mail, to the case."""

import email
import re
import socket
import subprocess
import sys
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from aiosmtpd.controller import Controller
from playwright.sync_api import expect

from tests.factories.emails import plain
from tests.factories.machines import headed
from tests.incoming_email.mail_server import start
from tests.journeys.conftest import ROOT, colleague, serving

KIM = ("Kim Example", "kim@moved.example.org")


class Postbox:
    """A real SMTP server that keeps what it is given."""

    def __init__(self):
        self.got = []

    async def handle_DATA(self, server, session, envelope):
        self.got.append(envelope)
        return "250 OK"


class Mail:
    """Both servers, the portal between them, and a minute of its worker."""

    def __init__(self, imap, postbox, environment, address):
        self.imap, self.postbox, self.environment, self.address = imap, postbox, environment, address

    def a_minute_passes(self):
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "worker", "--once"]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    def sent_to(self, address):
        """The letters that left for someone, newest last."""
        found = [one for one in self.postbox.got if one.rcpt_tos == [address]]
        return [email.message_from_bytes(one.content) for one in found]


@pytest.fixture(scope="module")
def mail(demo_year):
    imap = start()
    if imap is None:
        pytest.skip("Dovecot is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(postbox := Postbox(), hostname="127.0.0.1", port=port)
    controller.start()
    told = {"PORTAL_MAIL_SERVER": "127.0.0.1", "PORTAL_MAIL_PORT": str(port), "PORTAL_MAIL_TLS": "0"}
    told["PORTAL_MAIL_SENDER"] = "your-say@exampleshire.example"
    waitress = (
        sys.executable,
        "-m",
        "waitress",
        "--listen=127.0.0.1:{port}",
        "wsgi:app",
    )  # no worker: the test is its clock
    with serving(demo_year, *waitress, **told, **imap.settings()) as (address, environment):
        yield Mail(imap, postbox, environment, address)
    controller.stop()
    imap.stop()


@pytest.fixture
def officer(browser, mail):
    context, page = colleague(browser, mail.address, "officer")
    yield page
    context.close()


def came_back(letter):
    """The report of a mail server that a letter could not be delivered (RFC 3464), as it stands in our mailbox."""
    report = MIMEMultipart("report", report_type="delivery-status")
    report.attach(MIMEText("I could not deliver your message."))
    told = MIMEBase("message", "delivery-status")
    for rows in ({"Reporting-MTA": "dns; mx.example.org"}, {"Final-Recipient": f"rfc822; {KIM[1]}", "Action": "failed"}):
        told.attach(block := Message())
        for name, value in rows.items():
            block[name] = value
    heads = MIMEBase("text", "rfc822-headers")
    heads.set_payload(f"Message-ID: {letter['Message-ID']}\nTo: {KIM[1]}\n")
    report.attach(told)
    report.attach(heads)
    return headed(report, "Undelivered Mail", "bounce", ("Mail Delivery System", "mailer-daemon@mx.example.org"))


def test_a_letter_that_comes_back_raises_its_case_and_a_copy_is_posted_with_a_tick(mail, officer):
    mail.imap.put(
        "complaints", plain("You said that you would ring. You never did.", "Nobody rings", KIM, key="kim").as_bytes()
    )
    mail.a_minute_passes()
    officer.goto("/staff/queue?find=Kim+Example")
    officer.locator("tbody tr th a").first.click()
    officer.locator("summary", has_text="Write to them").click()
    officer.locator("textarea[name=letter]").fill("We will ring you on Monday.")
    officer.get_by_role("button", name="Send", exact=True).click()
    expect(officer.get_by_text("The letter leaves by email within a minute.")).to_be_visible()
    mail.a_minute_passes()
    officer.reload()
    expect(officer.locator("#messages")).to_contain_text("Emailed")
    letter = mail.sent_to(KIM[1])[-1]

    mail.imap.put("complaints", came_back(letter).as_bytes())
    for _ in ("it is fetched", "the letter follows"):
        mail.a_minute_passes()
    officer.reload()
    expect(officer.locator("#messages")).to_contain_text(
        re.compile("It did not arrive .* nobody reads mail at this address")
    )
    expect(officer.locator("#messages")).not_to_contain_text("Emailed")
    reference = officer.locator("h1").inner_text().split()[0]
    officer.goto(f"/staff/queue?find={reference}")
    expect(officer.locator("tbody")).to_contain_text("A letter did not arrive")

    officer.goto(f"/staff/cases/{reference}")
    officer.locator("#messages").get_by_role("link", name="It reached them now").click()
    officer.get_by_label("How did it reach them?").select_option(label="I posted it")
    officer.locator("main form button").last.click()
    expect(officer.locator("#messages")).to_contain_text("Posted")
    expect(officer.locator("#messages")).not_to_contain_text("It did not arrive")
    count = len(mail.sent_to(KIM[1]))
    officer.locator("summary", has_text="Write to them").click()
    officer.locator("textarea[name=letter]").fill("We rang you today.")
    officer.get_by_role("button", name="Send", exact=True).click()
    mail.a_minute_passes()
    assert len(mail.sent_to(KIM[1])) == count  # the address that failed is not used again


def test_set_aside_mail_stands_on_the_first_page_and_one_press_makes_it_a_case(mail, officer):
    words = "Nobody at the home listens to me about my room."
    sent = plain(words, "A form", ("Web form", "no-reply@forms.example.org"), key="form", Auto_Submitted="auto-generated")
    mail.imap.put("complaints", sent.as_bytes())
    mail.a_minute_passes()
    officer.goto("/staff/queue")
    officer.get_by_role("link", name=re.compile("email.* set aside")).click()
    section = officer.locator("section", has_text=words)
    section.get_by_role("button", name=re.compile("It is a complaint")).click()
    officer.goto("/staff/queue?find=listens")
    officer.locator("tbody tr th a").first.click()
    expect(officer.locator("main")).to_contain_text(words)
    expect(officer.locator("main")).to_contain_text("by email on")
