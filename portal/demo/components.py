"""In the demo: each component of the pages drawn once, for whoever designs or changes them."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, DateField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import DataRequired, InputRequired

from portal.doors.child.forms.screens import TOPICS
from portal.people.access import needs, open_to_all
from portal.people.roles import Permission
from portal.web.forms import LongTextField, PortalForm, choices
from portal.web.public_form import PublicForm

components = Blueprint("components", __name__)
FEW = {"one": "One", "two": "Another", "three": "A third, with more words in it than the others"}


class EveryField(PortalForm):
    """One field of each kind. Sent empty, each says what is missing."""

    line = StringField("One line", validators=[DataRequired("Write something")])
    words = LongTextField("Words", validators=[DataRequired("Write some words")])
    day = DateField("A day", validators=[InputRequired("Write the day")])
    one = RadioField("One of these", choices=choices(FEW), validators=[InputRequired("Choose one")])
    listed = SelectField(
        "One of a list", choices=choices({"": "Choose one"} | FEW), validators=[InputRequired("Choose one")]
    )
    tick = BooleanField("A box to tick")
    several = SelectMultipleField("Any of these", choices=choices(FEW))


class ChildsFields(PublicForm):
    """What a child's page is made of."""

    topics = SelectMultipleField("What is it about?", choices=choices(TOPICS))


@components.route("/staff/components", methods=["GET", "POST"])
@needs(Permission.LOG)
def all_components() -> ResponseReturnValue:
    """Those of the pages for colleagues and adults; the button shows them with errors."""
    form = EveryField()
    form.validate_on_submit()
    return render_template("demo/components.html", form=form)


@components.get("/components/child")
@open_to_all
def childs_components() -> ResponseReturnValue:
    """Those of a child's pages, in the language that was chosen."""
    return render_template("demo/childs_components.html", form=ChildsFields(), keeps=bool(request.args.get("keeps")))
