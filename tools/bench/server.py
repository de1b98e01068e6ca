"""One build of one subject, prepared and served: run as a program, so that an older checkout can be served beside this one.

    server.py prepare|serve|work portal|bare|page CHECKOUT DATABASE_URL [SOCKET]

The portal is served as an installation is: every submission is durable when it is confirmed, limits are on (wide, so that
one machine may play a county), and secret words wait as the worker leaves them. The bare form does one equally durable
insert.
"""

import dataclasses
import gc
import logging
import os
import socket
import sys
import time
from typing import Any

CONTENT, THREADS, READY = "a password of the bench", 8, 3_000
SECRET, SEALING_KEY = "a secret of the bench", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="


def bare_app(url: str) -> Any:
    """The smallest form that Flask, Flask-WTF and Flask-SQLAlchemy make: one field, one token, one insert."""
    from flask import Flask, redirect, render_template_string
    from flask_sqlalchemy import SQLAlchemy
    from flask_wtf import FlaskForm
    from sqlalchemy import Engine, event, text
    from wtforms import StringField

    app, db = Flask("bare"), SQLAlchemy()
    app.config.update(SECRET_KEY="bare", SQLALCHEMY_DATABASE_URI=url)

    @event.listens_for(Engine, "connect")
    def _durable(connection: Any, record: object) -> None:
        if url.startswith("sqlite"):
            for pragma in ("journal_mode=WAL", "busy_timeout=15000", "synchronous=FULL"):
                connection.execute(f"PRAGMA {pragma}")

    db.init_app(app)

    class OneField(FlaskForm):
        words = StringField()

    @app.route("/", methods=["GET", "POST"])
    def form() -> Any:
        one = OneField()
        if one.validate_on_submit():
            db.session.execute(text("insert into bare (words) values (:words)"), {"words": one.words.data})
            db.session.commit()
            return redirect("/")
        return render_template_string(
            "<form method=post>{{ form.csrf_token }}{{ form.words }}<button>Send</button></form>", form=one
        )

    app.db = db  # type: ignore[attr-defined]
    return app


def bare_page(url: str) -> Any:
    """A page of one heading: what the line and the browser alone take."""
    from flask import Flask

    app = Flask("bare page")
    app.add_url_rule("/", view_func=lambda: "<!doctype html><title>Bare</title><h1>Tell us what you think</h1>")
    return app


def prepare_bare(url: str) -> None:
    """Make its one table."""
    from sqlalchemy import text

    app = bare_app(url)
    number = "integer primary key" if url.startswith("sqlite") else "serial primary key"
    with app.app_context():
        app.db.session.execute(text(f"create table bare (id {number}, words text)"))
        app.db.session.commit()


def portal_app(url: str) -> Any:
    """The portal as an installation has it, but for wide limits, no second factor, and no wait before a form may be sent."""
    from limits import parse_many

    from portal.app import create_app
    from portal.config import Settings
    from portal.web import public_form

    wide = tuple(parse_many("10000000 per day"))
    for name, limit in public_form.LIMITS.items():
        public_form.LIMITS[name] = dataclasses.replace(limit, from_one=wide, from_all=wide)
    return create_app(Settings(url, SECRET, (SEALING_KEY,), second_factor=False, seconds_before_sending=0))


def prepare_portal(url: str) -> None:
    """Its tables, a colleague, and words that are drawn ahead, as many as a day could use."""
    from flask_migrate import upgrade
    from flask_security import hash_password

    from portal.people.roles import Role
    from portal.people.services import add_hashed_person

    app = portal_app(url)
    with app.app_context():
        upgrade()
        add_hashed_person("o@example.org", "O", [Role.CUSTOMER_RELATIONS], password_hash=hash_password(CONTENT))
        _stock_words()


def _stock_words() -> None:
    """What the worker does by night, with hashes that are made up: nobody of the bench comes back for an answer."""
    try:
        from portal.cases.services import stock_of_words
    except ImportError:  # an older build draws ahead in memory
        return
    vars(stock_of_words)["slow_hash"] = lambda *what: os.urandom(32)
    stock_of_words.fill_stock(READY)


def serve(app: Any, listening: int) -> None:
    """Serve as the handbook says, on a socket that other processes may share."""
    from waitress import serve as serve_by_waitress

    logging.getLogger("waitress").setLevel(logging.ERROR)  # that visitors wait in line is what is measured
    serve_by_waitress(app, sockets=[socket.socket(fileno=listening)], threads=THREADS, ident=None, _quiet=True)


def work(app: Any) -> None:
    """Do what the worker does, a little more often."""
    from portal.clock import now
    from portal.worker import do_every_job

    while True:
        with app.app_context():
            do_every_job(now())
        time.sleep(10)


def main(what: str, subject: str, checkout: str, url: str, *listening: str) -> None:
    """Prepare the database of a subject, or serve it."""
    sys.path[0] = checkout
    os.chdir(checkout)
    if what == "prepare":
        {"portal": prepare_portal, "bare": prepare_bare}[subject](url)
    elif what == "work":
        work(portal_app(url))
    else:
        app = {"portal": portal_app, "bare": bare_app, "page": bare_page}[subject](url)
        gc.collect()
        gc.freeze()  # as wsgi.py does, for the bare form too
        serve(app, int(listening[0]))


if __name__ == "__main__":
    main(*sys.argv[1:])
