"""The desk's address."""

from flask import Blueprint

desk = Blueprint("desk", __name__, url_prefix="/staff")
