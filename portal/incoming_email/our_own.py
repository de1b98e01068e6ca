"""Which addresses and domains are ours, from the settings."""

from portal.incoming_email.services.who_wrote import OurOwn
from portal.web.settings import council, settings


def our_own() -> OurOwn:
    """The addresses and domains that are ours, from the settings."""
    ours = settings()
    users = [user for user in ours.mailboxes.users.values() if "@" in user]
    addresses = frozenset(one.lower() for one in (*users, ours.mail_sender, council().email) if one)
    domains = frozenset(address.rpartition("@")[2] for address in addresses if "@" in address)
    return OurOwn(addresses, domains, ours.clamav, ours.mail_checked_by)
