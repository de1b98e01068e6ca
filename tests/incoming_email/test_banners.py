"""What a gateway put above or below an email is cut; what a person wrote never is, however much it sounds like one."""

import pytest

from portal.incoming_email.parsing.banners import bare_subject, without_banners, without_marks
from portal.signs.harm import has_sign

BANNERS = (
    "CAUTION: This email originated from outside the organisation. Do not click links unless you "
    "recognise the sender and know the content is safe.",
    "[EXTERNAL EMAIL]",
    "*** EXTERNAL EMAIL: please use caution when opening attachments ***",
    "[You don't often get email from kim@post.example.org. Learn why this is important at https://aka.ms/LearnAbout ]",
    "You don’t often get email from kim@post.example.org. Learn why this is important <https://aka.ms/LearnAbout>",
    "Some people who received this message don't often get email from kim@post.example.org. Learn why this is important",
    "ZjQcmQRYFpfptBannerStart\nThis Message Is From an External Sender\nThis message came from outside your"
    " organization.\nReport Suspicious <https://us-phishalarm.example/x>\nZjQcmQRYFpfptBannerEnd",
    "WARNING\n\nThis message was sent from outside Exampleshire County Council.\n\nPlease do not click links "
    "or open attachments unless you know the sender.",
    "This email has been received from an external sender outside the Exampleshire NHS Trust.\nBe careful "
    "before clicking links.",
    "-----------------\nEXTERNAL SENDER\n-----------------",
    "Attention: this is an external email. If in doubt contact the IT Service Desk.",
    "Links in this email were rewritten by Mimecast for your protection.",
    "This is the first time you received an email from this sender (kim@post.example.org). Please check "
    "the sender's address.",
    "NOTE: This email was sent from outside of your organisation and was not sent by a council officer. "
    "This message may be unsafe.",
)
FOOTERS = (
    "This email and any files transmitted with it are confidential and intended solely for the use of the"
    " individual or entity to whom they are addressed. If you have received this email in error please "
    "notify the system manager.",
    "Any views or opinions expressed are those of the author and do not represent those of the school.",
    "Please consider the environment before printing this email.",
    "Confidentiality notice: this message may contain confidential information. If you are not the "
    "intended recipient, please inform the sender and delete it. You must not copy, disclose or "
    "distribute this message.",
    "The information contained in this e-mail may be subject to public disclosure under the Freedom of "
    "Information Act 2000.",
    "Senders and recipients of email should be aware that, under data protection law, the contents may "
    "have to be disclosed.",
    "Virus-free. www.avg.com",
    "This email is intended only for the addressee. Any unauthorised use, disclosure or copying is prohibited.\nOFFICIAL",
)
HUMAN = (
    "Please do not reply if my dad is home.",
    "Do not reply unless you know it is safe.",
    "Be careful, he is outside.",
    "This email is confidential, my mum must not see it, please.",
    "This email is intended for Asha's manager because she hit my son.",
    "The council accepts no responsibility for what happened to my son.",
    "My dad monitors my emails.",
    "Under the Freedom of Information Act I ask for my file.",
    "You must not disclose this to my dad, he will hit me.",
    "If you are not the social worker, please pass this on to her.",
    "Warning: he has a knife.",
    "External reviewers were told lies.",
    "This message is from outside his bedroom door.",
    "Thank you.",
    "Confidential",
    "Do not use that house again, he hits me there.",
    "Please contact me at school only.",
    "Please delete this email, he reads mine.",
    "You don't often get email from me but I need help.",
    "Attention!",
    "It may be unsafe to ring.",
    "https://photos.example/bruise",
)


@pytest.mark.parametrize("banner", BANNERS)
@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_a_banner_is_cut_and_what_stands_below_it_is_not(banner, gap):
    assert without_banners(f"{banner}{gap}Nobody rang us back.\n\nKim") == "Nobody rang us back.\n\nKim"


@pytest.mark.parametrize("footer", FOOTERS)
@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_a_legal_notice_is_cut_and_what_stands_above_it_is_not(footer, gap):
    assert without_banners(f"Nobody rang us back.\n\nKim{gap}{footer}") == "Nobody rang us back.\n\nKim"


@pytest.mark.parametrize("sentence", HUMAN)
@pytest.mark.parametrize("banner", ["", *BANNERS])
@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_what_a_person_wrote_is_never_cut(sentence, banner, gap):
    assert without_banners(f"{banner}{gap}{sentence}{gap}{FOOTERS[0]}") == sentence
    assert without_banners(f"{sentence}{gap}{sentence}") == f"{sentence}{gap}{sentence}"


def test_nothing_but_a_banner_is_nothing():
    assert without_banners(BANNERS[0]) == ""


def test_several_banners_and_notices_are_cut_together():
    words = "\n\n".join([*BANNERS, "He hits me.", *FOOTERS])
    assert without_banners(words) == "He hits me."


@pytest.mark.parametrize("banner", BANNERS)
def test_no_banner_is_a_sign_of_harm_once_it_is_cut(banner):
    assert not has_sign(without_banners(f"{banner}\n\nThe minutes were sent to the wrong house.\n\n{FOOTERS[0]}"))


@pytest.mark.parametrize(
    ("subject", "shown", "bare"),
    [
        ("[EXTERNAL] Complaint", "Complaint", "Complaint"),
        ("RE: [EXTERNAL] Fwd: [EXT] Complaint", "RE: Fwd: Complaint", "Complaint"),
        ("EXTERNAL: Complaint", "Complaint", "Complaint"),
        ("[External Email] *EXTERNAL* Complaint", "Complaint", "Complaint"),
        ("External review of my son's case", "External review of my son's case", "External review of my son's case"),
        ("Fw: Re: hello", "Fw: Re: hello", "hello"),
        ("[SPAM] Complaint", "[SPAM] Complaint", "[SPAM] Complaint"),
    ],
)
def test_the_mark_of_a_gateway_is_no_part_of_a_subject(subject, shown, bare):
    assert without_marks(subject) == shown
    assert bare_subject(subject) == bare
