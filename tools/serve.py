"""`make run`: migrate, load the demo year when the database is empty, say where everything is, and serve."""

import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))
os.chdir(ROOT)
if not any(os.environ.get(f"PORTAL_SECRET_KEY{source}") for source in ("", "_FILE", "_COMMAND")):
    os.environ.setdefault("PORTAL_DEMO", "1")


def flask(*words: str) -> None:
    """Run a command of the portal and stop when it fails."""
    done = subprocess.run([sys.executable, "-m", "flask", "--app", "wsgi", *words], check=False)
    if done.returncode:
        sys.exit(done.returncode)


def work(app: Any) -> None:
    """What `flask worker` does, beside serving: wipe old drafts and post what waits."""
    from portal.clock import now
    from portal.worker import EVERY_SECONDS, do_every_job, draw_ahead

    while True:
        due = time.monotonic() + EVERY_SECONDS
        with app.app_context():
            draw_ahead(now(), until=due)
        time.sleep(max(due - time.monotonic(), 0))
        with app.app_context():
            do_every_job(now())


def main() -> None:
    """Set up and serve."""
    (ROOT / "instance").mkdir(exist_ok=True)
    print("Preparing the database ...", flush=True)
    flask("db", "upgrade")
    is_demo = os.environ.get("PORTAL_DEMO") == "1"
    if is_demo:
        flask("demo", "load", "--if-empty")
    if shutil.which("espeak-ng"):
        flask("sound", "make", "--language", "en")
    address = f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"
    print(f"\nYour Say is at  {address}/\nFor children    {address}/y/\nFor staff       {address}/staff/", flush=True)
    if is_demo:
        print("\nThis is a demo: made-up people, made-up cases. Sign in as", flush=True)
        flask("demo", "sign-ins")
    print("\nStop with Ctrl-C.", flush=True)
    if shutil.which("espeak-ng") and not os.environ.get("WITHOUT_FILM"):  # the tests make their own
        film = [sys.executable, "-m", "flask", "--app", "wsgi", "film", "make", "--if-missing"]
        subprocess.Popen(film, stdout=subprocess.DEVNULL)  # takes half a minute; the site is whole without it
    from waitress import serve

    from wsgi import app

    threading.Thread(target=work, args=(app,), daemon=True).start()
    serve(app, host="127.0.0.1", port=int(os.environ.get("PORT", "8000")), threads=8, ident=None)


if __name__ == "__main__":
    main()
