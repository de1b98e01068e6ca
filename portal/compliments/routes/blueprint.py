"""The blueprint of the room."""

from flask import Blueprint

compliments = Blueprint("compliments", __name__, url_prefix="/staff/compliments")
