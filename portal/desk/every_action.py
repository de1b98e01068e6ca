"""Every action on a case, whichever room declares it. Their order here is that of the links on its page."""

from portal.cases.actions import CaseAction
from portal.changing_road import actions as changing_road
from portal.closing import actions as closing
from portal.coming_back import actions as coming_back
from portal.correspondence import actions as correspondence
from portal.desk import actions as desk
from portal.later_stages import actions as later_stages
from portal.other_routes import actions as other_routes
from portal.parties import actions as parties
from portal.stage_1 import actions as stage_1
from portal.triage import actions as triage

ON_CASES: tuple[CaseAction, ...] = (
    *triage.ACTIONS,
    *desk.ACTIONS,
    *parties.ACTIONS,
    *correspondence.ACTIONS,
    *closing.ACTIONS,
    *stage_1.ACTIONS,
    *later_stages.ACTIONS,
    *other_routes.ACTIONS,
    *changing_road.ACTIONS,
    *coming_back.ACTIONS,
)
BY_SLUG = {one.slug: one for one in ON_CASES}
