"""What a report on our own letter says: that it did not arrive, or only that it takes longer (RFC 3464 section 2.3.3)."""

from email.message import Message

from portal.incoming_email.parsing.message import ParsedEmail


def says_it_failed(letter: ParsedEmail) -> bool:
    """Whether a returned email says that a letter of ours was not delivered. One that gives no action is taken for that."""
    actions = [action for part in letter.headers.walk() for action in _actions(part)]
    return not actions or "failed" in actions


def _actions(part: Message) -> list[str]:
    blocks = part.get_payload() if part.get_content_type() == "message/delivery-status" else None
    if not isinstance(blocks, list):
        return []
    said = [str(block.get("Action") or "").strip().lower() for block in blocks if isinstance(block, Message)]
    return [action.split()[0] for action in said if action]
