#!/usr/bin/env bash
# One would guess: reading a PDF that anybody may read, and that is only locked for changes (an owner's password, an empty user's
# password, as banks and scanners write them), needs the bytes of the file and nothing else. Decrypting draws no random numbers.
# What happens: qpdf looks for its source of random numbers when it opens such a file, and only then. In a process that may open no
# more files (RLIMIT_NOFILE 0, a common way to shut a sandbox before a file from a stranger is parsed) a plain PDF opens and this one
# raises "unable to find device in /dev for generating random numbers". Opened once before the sandbox is shut, it opens ever after.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pikepdf==10.17.0
cat > "$folder/read.py" <<'PY'
import io
import resource
import sys
from importlib.metadata import version

import pikepdf


def pages(content):
    try:
        with pikepdf.open(io.BytesIO(content)) as found:
            return f"{len(found.pages)} page"
    except Exception as trouble:
        return f"{type(trouble).__name__}: {trouble}"


plain, locked = (open(name, "rb").read() for name in sys.argv[1:3])
print("pikepdf", version("pikepdf"), "qpdf", pikepdf.__libqpdf_version__, sys.argv[3])
pages(plain)
if sys.argv[3] == "rehearse":
    pages(locked)
resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
print("  plain: ", pages(plain))
print("  locked:", pages(locked))
wanted = "1 page" if sys.argv[3] == "rehearse" else "random numbers"
if pages(plain) != "1 page" or wanted not in pages(locked):
    sys.exit("the behaviour has changed")
PY
cat > "$folder/make.py" <<'PY'
import sys

import pikepdf

for name, more in ((sys.argv[1], {}), (sys.argv[2], {"encryption": pikepdf.Encryption(owner="x", user="")})):
    new = pikepdf.new()
    new.add_blank_page(page_size=(200, 200))
    new.save(name, **more)
PY
"$folder/venv/bin/python" "$folder/make.py" "$folder/plain.pdf" "$folder/locked.pdf"
"$folder/venv/bin/python" "$folder/read.py" "$folder/plain.pdf" "$folder/locked.pdf" straight
"$folder/venv/bin/python" "$folder/read.py" "$folder/plain.pdf" "$folder/locked.pdf" rehearse
