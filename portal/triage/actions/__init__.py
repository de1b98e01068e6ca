"""What can be done before a stage begins, and to cases that belong together."""

from portal.cases.actions import CaseAction
from portal.triage.actions import deciding, together

ACTIONS: tuple[CaseAction, ...] = (*deciding.ACTIONS, *together.ACTIONS)
