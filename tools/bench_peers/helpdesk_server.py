"""django-helpdesk, prepared and served as an installation of it would be: run by the Python that it is installed in.

    helpdesk_server.py prepare|serve DATABASE_FILE [SOCKET]

SQLite with WAL and `synchronous=FULL`, no debug, one public queue, no mail. Anybody can submit a ticket.
"""

import socket
import sys
from pathlib import Path

THREADS = 8


APPS = ("auth", "contenttypes", "sessions", "sites", "humanize", "messages", "staticfiles", "admin")
CONTEXT = ("template.context_processors.request", "contrib.auth.context_processors.auth")
SETTINGS = {
    "SECRET_KEY": "of the bench",
    "ALLOWED_HOSTS": ["*"],
    "INSTALLED_APPS": [*(f"django.contrib.{app}" for app in APPS), "helpdesk"],
    "MIDDLEWARE": [
        "django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
    ],
    "TEMPLATES": [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "APP_DIRS": True,
            "OPTIONS": {"context_processors": [f"django.{one}" for one in CONTEXT]},
        }
    ],
    "ROOT_URLCONF": __name__,
    "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
    "SITE_ID": 1,
    "STATIC_URL": "/static/",
    "EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
    "USE_TZ": True,
    "HELPDESK_TEAMS_MODE_ENABLED": False,
}
DURABLE = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"


def configure(database: str) -> None:
    """Its settings, as its own guide says them."""
    import django
    from django.conf import settings

    options = {"timeout": 15, "transaction_mode": "IMMEDIATE", "init_command": DURABLE}
    kept = {"ENGINE": "django.db.backends.sqlite3", "NAME": database, "OPTIONS": options, "CONN_MAX_AGE": 600}
    settings.configure(**SETTINGS, DATABASES={"default": kept}, MEDIA_ROOT=str(Path(database).parent / "media"))
    django.setup()


def main(what: str, database: str, *listening: str) -> None:
    """Prepare, or serve."""
    configure(database)
    if what == "prepare":
        from django.core.management import call_command
        from helpdesk.models import Queue

        call_command("migrate", verbosity=0)
        Queue.objects.create(title="Complaints", slug="complaints", allow_public_submission=True)
        return
    from django.core.handlers.wsgi import WSGIHandler
    from waitress import serve

    serve(WSGIHandler(), sockets=[socket.socket(fileno=int(listening[0]))], threads=THREADS, ident=None, _quiet=True)


def __getattr__(name: str) -> object:
    """The addresses, asked for by Django once it is there."""
    if name != "urlpatterns":
        raise AttributeError(name)
    from django.urls import include, path

    return [path("", include("helpdesk.urls", namespace="helpdesk"))]


if __name__ == "__main__":
    main(*sys.argv[1:])
