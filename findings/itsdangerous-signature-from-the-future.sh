#!/usr/bin/env bash
# One would guess: `loads(token, max_age=3600)` refuses what is older than an hour, and nothing else. A signature that is one second
# ahead of the clock, because two web machines differ or the time was corrected, is younger than any age.
# What happens: from itsdangerous 2.0 on it is refused as expired ("Signature age -30 < 0 seconds"). Flask reads its session cookie in
# this way, so setting a clock back by half a minute signs everyone out, silently, until the clock has caught up.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check itsdangerous==2.2.0 flask==3.1.3
"$folder/venv/bin/python" - <<'PY'
import time
from importlib.metadata import version

from flask import Flask, session
from itsdangerous import SignatureExpired, URLSafeTimedSerializer

print("itsdangerous", version("itsdangerous"), "flask", version("flask"))
real = time.time
signer = URLSafeTimedSerializer("a secret")
token = signer.dumps("hello")
time.time = lambda: real() - 30
try:
    signer.loads(token, max_age=3600)
    raise SystemExit("changed: a signature from 30 seconds ahead is taken")
except SignatureExpired as told:
    print("30 seconds ahead:", told)
    assert "< 0 seconds" in str(told), told
print("without max_age:", signer.loads(token))

time.time = real
app = Flask(__name__)
app.secret_key = "a secret"


@app.get("/in")
def sign_in():
    session["who"] = "Pat"
    return "in"


@app.get("/")
def who():
    return session.get("who", "nobody")


visitor = app.test_client()
visitor.get("/in")
before = visitor.get("/").text
time.time = lambda: real() - 30
after = visitor.get("/").text
print("session before the clock is set back:", before, "- after:", after)
assert (before, after) == ("Pat", "nobody"), "changed: the session outlives a clock that is set back"
PY
