"""`flask intake …`: what comes in by email and in tables."""

from portal.doors.staff_log.commands import import_command
from portal.incoming_email.commands import fetch_email_command
from portal.web.commands import CommandGroup

intake_commands = CommandGroup("intake", help="What comes in by email and in tables.")
intake_commands.add_command(fetch_email_command)
intake_commands.add_command(import_command)
