"""What can be done at stages 2 and 3 and for the Ombudsman."""

from portal.cases.actions import CaseAction
from portal.later_stages.actions import ombudsman, stage_2, stage_3

ACTIONS: tuple[CaseAction, ...] = (*stage_2.ACTIONS, *stage_3.ACTIONS, *ombudsman.ACTIONS)
