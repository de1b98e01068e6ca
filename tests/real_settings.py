"""The settings of a portal for real people, as the tests have it."""

import base64

SECRET = "a long secret of nobody but the tests"
KEY = base64.urlsafe_b64encode(bytes(range(32))).decode()
SECRETS = {"PORTAL_SECRET_KEY": SECRET, "PORTAL_SEALING_KEYS": KEY, "PORTAL_SITE_ADDRESS": "https://your-say.example"}
REAL = SECRETS | {"PORTAL_COUNCIL_DUTY_EMAIL": "none"}
