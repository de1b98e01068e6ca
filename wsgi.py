"""The WSGI application."""

from portal.app import create_app, settled

app = settled(create_app())
