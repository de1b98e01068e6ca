"""`make dev`: the demo with reload and debug; the mail that would go out can be read at /dev/mail."""

import os
import sys
from pathlib import Path

from flask import Blueprint, Flask, render_template_string
from sqlalchemy import select

ROOT = Path(__file__).parents[1]
os.chdir(ROOT)
sys.path.insert(0, str(ROOT))
os.environ |= {"PORTAL_DEMO": "1", "PORTAL_DATABASE_URL": f"sqlite:///{ROOT / 'instance' / 'dev.db'}"}
MAIL = """{% extends "public_base.html" %}{% block title %}Mail{% endblock %}{% block main %}<h1>Mail that would go out</h1>
{% for one in mail %}<article class="panel"><h2>{{ one.subject }}</h2><p>To {{ one.recipient }}, {{ one.queued_at | moment }}
</p><pre>{{ one.body }}</pre></article>{% else %}<p>None yet.</p>{% endfor %}{% endblock %}"""


def dev_app() -> Flask:
    """The portal with one page more, which is nowhere but here."""
    from portal.app import create_app
    from portal.database import db
    from portal.outbox.models import OutgoingEmail
    from portal.people.access import open_to_all

    app, dev = create_app(), Blueprint("dev", __name__)

    @dev.get("/dev/mail")
    @open_to_all
    def mail() -> str:
        newest = db.session.scalars(select(OutgoingEmail).order_by(OutgoingEmail.id.desc()).limit(50)).all()
        return render_template_string(MAIL, mail=newest)

    app.register_blueprint(dev)
    return app


def main() -> None:
    """Bring the database of development up to date, once, and serve with reload."""
    app = dev_app()
    if os.environ.get("WERKZEUG_RUN_MAIN") != "true":
        run = app.test_cli_runner().invoke
        for words in (["db", "upgrade"], ["demo", "load", "--if-empty"]):
            run(args=words, catch_exceptions=False)
        print("Sign in as officer@demo.example, password your-say-demo. Mail: /dev/mail", flush=True)
    app.run(port=int(os.environ.get("PORT", "8000")), debug=True)


if __name__ == "__main__":
    main()
