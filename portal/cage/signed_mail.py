"""What lies inside an email that is signed so that only some programs show it (S/MIME, RFC 8551, 3.5.2)."""

from asn1crypto import cms

from portal.cage.refusal import NotTaken, Reason


def decode(content: bytes) -> tuple[dict[str, bool], bytes]:
    """The email inside it; nobody asks here whether the signature is good. Raises NotTaken for what is encrypted."""
    envelope = cms.ContentInfo.load(content)
    if envelope["content_type"].native != "signed_data":
        raise NotTaken(Reason.LOCKED)
    inside = envelope["content"]["encap_content_info"]["content"].native
    if not isinstance(inside, bytes):
        raise NotTaken(Reason.NOTHING_IN_IT)
    return {}, inside
