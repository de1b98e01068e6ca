"""The desk's address."""

from flask import Blueprint

casework = Blueprint("casework", __name__, url_prefix="/staff")
