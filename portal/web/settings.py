"""The settings of the app that is answering."""

from flask import Flask, current_app

from portal.config import Council, Settings


def keep_settings(app: Flask, settings: Settings) -> None:
    """Keep the settings where `settings()` finds them."""
    app.extensions["your_say_settings"] = settings


def settings() -> Settings:
    """The settings."""
    kept: Settings = current_app.extensions["your_say_settings"]
    return kept


def council() -> Council:
    """What the council says of itself."""
    return settings().council
