"""C14, coming back: what each form asks, in the words of the screen."""

from wtforms import RadioField, StringField
from wtforms.validators import DataRequired, InputRequired

from portal.doors.child.forms.screens import LINE_TOO_LONG, MAX_WORDS_LENGTH, TOO_LONG, ChildForm
from portal.languages.phrase import phrase
from portal.web.forms import LongTextField, NotTooLong, choices, line

NOT_FOUND = phrase("We can't find those words. Check each word and try again.")
WAIT_A_MINUTE = phrase("Wait a minute and try again. You have done nothing wrong. Your words are still here.")


class BackForm(ChildForm):
    """The secret words."""

    words = StringField(
        phrase("Type your secret words"),
        validators=[DataRequired(phrase("Type your four secret words")), line(said=LINE_TOO_LONG)],
    )
    too_old_here = phrase("This page was open a long time. Your words are still here. Type your secret words again.")
    kept = LongTextField(
        validators=[NotTooLong(MAX_WORDS_LENGTH, TOO_LONG)]
    )  # typed when the words had to be asked for again
    kept_at = StringField(validators=[line(60)])


class ReplyForm(ChildForm):
    """Saying something back."""

    limited_as, is_typed_into = "reply", True

    words = LongTextField(
        phrase("Do you want to say something back?"),
        validators=[DataRequired(phrase("Type some words first")), NotTooLong(MAX_WORDS_LENGTH, TOO_LONG)],
    )


class SortedForm(ChildForm):
    """Whether it got sorted."""

    limited_as = "reply"

    sorted = RadioField(
        phrase("Did it get sorted?"),
        choices=choices({"yes": phrase("Yes"), "partly": phrase("A bit"), "no": phrase("No")}),
        validators=[InputRequired(phrase("Pick one"))],
    )


class NotSortedForm(ChildForm):
    """What should happen when it did not get sorted."""

    limited_as = "reply"

    then = RadioField(
        phrase("What do you want now?"),
        choices=choices({"again": phrase("The same team looks again"), "someone_new": phrase("Someone new looks at it")}),
        validators=[InputRequired(phrase("Pick one"))],
    )
    words = LongTextField(phrase("What is still wrong?"), validators=[NotTooLong(MAX_WORDS_LENGTH, TOO_LONG)])


class TreatedForm(ChildForm):
    """Whether anyone treated them badly because they told us."""

    limited_as = "reply"

    badly = RadioField(
        phrase("Did anyone treat you badly because you told us?"),
        choices=choices({"yes": phrase("Yes"), "no": phrase("No")}),
        validators=[InputRequired(phrase("Pick one"))],
    )


class BadlyForm(ChildForm):
    """What they did."""

    limited_as = "reply"

    words = LongTextField(
        phrase("What did they do?"),
        validators=[DataRequired(phrase("Type some words first")), NotTooLong(MAX_WORDS_LENGTH, TOO_LONG)],
    )


MAY_KNOW = {"all": phrase("What I said"), "name": phrase("Just my name"), "nothing": phrase("Tell them nothing")}


class SideForm(ChildForm):
    """What an advocate may know."""

    limited_as = "reply"

    may_know = RadioField(
        phrase("What can we tell your advocate?"),
        choices=choices(MAY_KNOW),
        validators=[InputRequired(phrase("Pick one"))],
    )


class WishForm(ChildForm):
    """Taking it back, or asking us to delete it."""

    limited_as = "reply"

    wish = RadioField(
        phrase("What do you want us to do?"),
        choices=choices({"take_back": phrase("Stop. I take it back"), "delete": phrase("Delete what I said")}),
        validators=[InputRequired(phrase("Pick one"))],
    )
