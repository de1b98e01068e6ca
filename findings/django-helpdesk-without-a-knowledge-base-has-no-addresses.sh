#!/usr/bin/env bash
# One would guess: django-helpdesk's documented setting HELPDESK_KB_ENABLED = False leaves the knowledge base out, and everything else,
# such as the form by which anybody submits a ticket, is as before.
# What happens (2.6.1): no page answers at all. The list of addresses imports the views of the knowledge base only where it is enabled,
# and names them in any case, so loading the addresses ends in a NameError. Whoever compares help desks, or wants a small one, must
# leave the knowledge base on.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check django-helpdesk==2.6.1 django==5.2.19
for enabled in True False; do
"$folder/venv/bin/python" - "$enabled" <<'PY'
import sys
from importlib.metadata import version

import django
from django.conf import settings

enabled = sys.argv[1] == "True"
names = ("auth", "contenttypes", "sessions", "sites", "humanize", "messages", "staticfiles", "admin")
settings.configure(
    SECRET_KEY="x",
    INSTALLED_APPS=[*(f"django.contrib.{name}" for name in names), "helpdesk"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    SITE_ID=1,
    HELPDESK_TEAMS_MODE_ENABLED=False,
    HELPDESK_KB_ENABLED=enabled,
)
django.setup()
print("django-helpdesk", version("django-helpdesk"), "django", django.get_version(), "knowledge base:", enabled)
try:
    from helpdesk import urls

    told = f"{len(urls.urlpatterns)} addresses"
except NameError as trouble:
    told = f"NameError: {trouble}"
print(told)
assert enabled == told.endswith("addresses"), f"changed: {told}"
PY
done
