"""What is filled in when a part takes another road."""

from wtforms import DateField, SelectField
from wtforms.validators import InputRequired, Optional

from portal.cases.fields import road, words
from portal.cases.forms import CaseForm, codes
from portal.changing_road.services.moving import CAN_MOVE_TO, Move
from portal.procedure.grounds import Ground
from portal.procedure.routes import Route
from portal.web.forms import choices
from portal.wording import label


class MoveForm(CaseForm):
    """Where a part goes now, and why."""

    route = SelectField(
        "Where it goes now",
        choices=choices({"": "Choose one"} | {one.value: label(one.value) for one in Route if one in CAN_MOVE_TO}),
        validators=[InputRequired("Choose where it goes")],
    )
    road = road("The plainest")
    ground = SelectField("Ground, where it is not heard", choices=codes(Ground, blank=True), validators=[Optional()])
    reasons = words("Why, as the person will read it", "Give your reasons. The person is told them")
    review_on = DateField("If it is held: when to look at it again", validators=[Optional()])

    def move(self) -> Move:
        """What is filled in, as plain data."""
        return Move(
            route=Route(self.route.data),
            road=self.road.data or "",
            ground=Ground(self.ground.data) if self.ground.data else None,
            reasons=self.reasons.data or "",
            review_on=self.review_on.data,
        )
