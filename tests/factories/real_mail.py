"""Three hundred emails of thirty shapes, each as its program makes it, with a word of its own wherever somebody wrote."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.mime.application import MIMEApplication
from email.mime.image import MIMEImage
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

from tests.factories.emails import ASHA, OURS, ROWAN, gmail, iphone, outlook
from tests.factories.files import a_pdf, a_picture, a_word_file
from tests.factories.machines import entry, gmail_reaction, headed, invitation, outlook_reaction, recall, report

CAUTION = "CAUTION: This email originated from outside the organisation. Do not click links unless you recognise the sender."
PROOFPOINT = "ZjQcmQRYFpfptBannerStart\nThis Message Is From an External Sender\nZjQcmQRYFpfptBannerEnd"
NOTICE = (
    "This email is confidential and intended solely for the addressee. If you received this email in error please tell us."
)
EACH = 10
LETTERS = "bcdfghjklmnpqrstvwxz"


@dataclass
class Real:
    """One email, the mailbox that it comes to, the words that somebody wrote in it, and whether it has to be a record."""

    shape: str
    number: int
    is_a_record: bool = True
    marks: list[str] = field(default_factory=list)
    mailbox: str = "complaints"
    raw: bytes = b""

    def mark(self) -> str:
        """A word that stands nowhere else in all the emails."""
        code, word = self.number * 10 + len(self.marks), ""
        while code or len(word) < 4:
            code, letter = divmod(code, len(LETTERS))
            word += LETTERS[letter]
        self.marks.append(f"zeb{word}ra")
        return self.marks[-1]

    @property
    def sender(self) -> tuple[str, str]:
        """Who wrote it."""
        return f"Kim {self.number}", f"kim{self.number}@post.example.org"

    @property
    def key(self) -> str:
        """Its Message-ID, but for the marks around it."""
        return f"real-{self.number}"


def page(*paragraphs):
    """A web page as Outlook writes it."""
    rows = "".join(f"<p class=MsoNormal>{one}<o:p></o:p></p>" for one in paragraphs)
    return MIMEText(f"<html><head><style>p{{margin:0}}</style></head><body>{rows}</body></html>", "html", "utf-8")


def several(kind, *parts, **more):
    """A compound email."""
    message = MIMEMultipart(kind, **more)
    for part in parts:
        message.attach(part)
    return message


def named(part, name, how="attachment"):
    """A part with the name of a file."""
    part.add_header("Content-Disposition", how, filename=name)
    return part


def text(words):
    """A plain part."""
    return MIMEText(words, _charset="utf-8")


def outlook_both(one):
    """Outlook of today: text and page, with the headers of Exchange that belong to people's email too."""
    words = f"Dear team,\n\nNobody rang, {one.mark()}."
    more = {"X_MS_Has_Attach": "", "X_Auto_Response_Suppress": "DR, OOF", "X_MS_Reactions": "allow"}
    return headed(several("alternative", text(words), page(*words.split("\n\n"))), "Complaint", one.key, one.sender, **more)


def outlook_page(one):
    """An older Outlook: a page alone, in Windows letters that it calls Latin-1."""
    raw = MIMEText(f"<p>She said “no” – {one.mark()}.</p>".encode("cp1252").decode("latin1"), "html", "iso-8859-1")
    return headed(raw, "Complaint", one.key, one.sender)


def gmail_both(one):
    """Gmail: text and page with a link."""
    mark, link = one.mark(), one.mark()
    words = text(f"See {mark} at {link} <https://photos.example/{one.number}>")
    told = MIMEText(f'<div dir="ltr">See {mark} at <a href="https://photos.example/{one.number}">{link}</a></div>', "html")
    return headed(several("alternative", words, told), "Photos", one.key, one.sender)


def apple_mail(one):
    """Apple Mail: text, picture, text, in both tellings of it."""
    first, last = one.mark(), one.mark()
    plain = text(f"Before, {first}.\n\n\n\nAfter, {last}.")
    inside = several(
        "mixed", page(f"Before, {first}."), named(MIMEImage(a_picture()), "a.jpg", "inline"), page(f"After, {last}.")
    )
    if one.number % 2:
        return headed(several("alternative", plain, inside), "Look", one.key, one.sender)
    parts = (text(f"Before, {first}."), named(MIMEImage(a_picture()), "a.jpg", "inline"), text(f"After, {last}."))
    return headed(several("mixed", *parts), "Look", one.key, one.sender)


def flowed(one):
    """Apple Mail: rows that are broken within a word, to be joined again."""
    mark = one.mark()
    message = EmailMessage()
    message.set_content(f"She is {mark[:5]} \n{mark[5:]} \n again.")
    message.set_param("format", "flowed")
    message.set_param("delsp", "yes")
    return headed(message, "Broken rows", one.key, one.sender)


def split_by_exchange(one):
    """Exchange: what stands below a picture became a file."""
    below = named(page(f"Below, {one.mark()}."), "ATT00001.htm")
    parts = (text(f"Above, {one.mark()}."), named(MIMEImage(a_picture()), "a.jpg", "inline"), below)
    return headed(several("mixed", *parts), "Picture", one.key, one.sender)


def below_a_banner(one):
    """Through a gateway: a mark in the subject, a warning above and a notice below."""
    words = f"{CAUTION}\n\nPlease help, {one.mark()}.\n\n{NOTICE}"
    return headed(text(words), f"[EXTERNAL] Help {one.mark()}", one.key, one.sender)


def below_a_page_banner(one):
    """Through another gateway: a warning in the page alone."""
    mark = one.mark()
    plain, told = text(f"Please help, {mark}."), page(*PROOFPOINT.split("\n"), f"Please help, {mark}.")
    return headed(several("alternative", plain, told), "Help", one.key, one.sender)


def telephone(one):
    """A telephone: its name, and words below it."""
    words = f"He shouts, {one.mark()}\n\nSent from my iPhone\n\nPS {one.mark()}"
    return headed(text(words), "", one.key, one.sender)


def subject_alone(one):
    """Nothing but a subject."""
    subject = f"{'Out of office' if one.number % 2 else 'help'} my carer hits me {one.mark()}"
    return headed(text(""), subject, one.key, one.sender)


def web_form(one):
    """A web form: a machine sends it, and says whom to answer."""
    told = f"<table><tr><th>Name</th><td>{one.mark()}</td></tr><tr><th>What happened</th><td>{one.mark()}</td></tr></table>"
    form = ("Web form", "no-reply@forms.example.org")
    return headed(MIMEText(told, "html"), "New form", one.key, form, Reply_To=f"{one.sender[0]} <{one.sender[1]}>")


def scanner(one):
    """A scanner: a letter as a file, with what somebody typed on its small keys."""
    letter = named(
        MIMEApplication(a_pdf(lambda pdf: pdf.add_blank_page(page_size=(100 + one.number, 200))), "pdf"),
        f"scan{one.number}.pdf",
    )
    words = text("This E-mail was sent from an MFP.\nScan Date: 03.03.2026 10:12:00")
    return headed(several("mixed", words, letter), f"Scan {one.mark()}", one.key, ("MFP", "scanner@school.example.org"))


def sent_on(one):
    """Sent on by a colleague with Gmail or Outlook, with a note."""
    style = (gmail, outlook)[one.number % 2]
    words = style(*one.sender, ASHA, f"Thank you, {one.mark()}.", f"For the file, {one.mark()}.")
    one.mailbox = "thanks"
    return headed(text(words), "FW: Thank you", one.key, ROWAN)


def sent_on_with_history(one):
    """Sent on by a colleague, with an earlier message below."""
    first = outlook(*one.sender, ROWAN, f"She was alone, {one.mark()}.")
    return headed(
        text(gmail(*one.sender, ROWAN, f"Still nothing, {one.mark()}.\n{first}", one.mark())), "FW", one.key, ROWAN
    )


def sent_on_by_telephone(one):
    """Sent on by a colleague with a telephone, quoted."""
    words = iphone(*one.sender, ASHA, f"Nobody came, {one.mark()}.", one.mark())
    return headed(text(words), "Fwd: Hello", one.key, ROWAN)


def inner(one, number=1):
    """An email to a colleague, which they send on."""
    return headed(text(f"Nobody wrote back, {one.mark()}."), "Hello", f"{one.key}-{number}", one.sender)


def attached(one):
    """Sent on by a colleague as an attachment."""
    return headed(several("mixed", text(one.mark()), MIMEMessage(inner(one))), "FW: Hello", one.key, ROWAN)


def attached_twice(one):
    """Two emails in one, with a colleague's note."""
    parts = (text(one.mark()), MIMEMessage(inner(one)), MIMEMessage(inner(one, 2)))
    return headed(several("mixed", *parts), "FW: two of them", one.key, ROWAN)


def saved(one):
    """An email that somebody saved and attached."""
    file = named(MIMEApplication(inner(one).as_bytes(), "octet-stream"), "Complaint.eml")
    return headed(several("mixed", text(one.mark()), file), "See attached", one.key, one.sender)


def signed(one):
    """Signed, through a list that puts its footer below."""
    signature = named(MIMEApplication(b"\x30\x80" + bytes(80), "pkcs7-signature"), "smime.p7s")
    inside = several("signed", text(f"Signed, {one.mark()}."), signature, protocol="application/pkcs7-signature")
    outside = several("mixed", inside, text("____\nA footer")) if one.number % 2 else inside
    return headed(outside, "Signed", one.key, one.sender)


def pictures_inside(one):
    """A page with its pictures, whose root is not its first part."""
    root, picture = page(f"Look at this, {one.mark()}."), MIMEImage(a_picture())
    root["Content-ID"], picture["Content-ID"] = "<root@x>", "<picture@x>"
    whole = several("related", picture, root, start="<root@x>", type="text/html")
    stub = text("This message is in HTML. Your mail program cannot show it.")
    return headed(several("alternative", stub, whole), "Pictures", one.key, one.sender)


def files_with_words(one):
    """A Word file, a page and a text, each with words of its own."""
    word = named(MIMEApplication(a_word_file(f"In Word, {one.mark()}."), "msword"), "a.docx")
    parts = (text(one.mark()), word, named(page(one.mark()), "b.html"), named(text(f"A note, {one.mark()}."), "c.txt"))
    return headed(several("mixed", *parts), "Files", one.key, one.sender)


def letters_of_many(one):
    """Letters of many languages under the names that programs give them."""
    kinds = [
        ("gb2312", "gbk", "镕基"),
        ("x-sjis", "cp932", "①髙"),
        ("ks_c_5601-1987", "cp949", "똠방"),
        ("koi8-u", "koi8-u", "Ґ"),
    ]
    label, codec, said = kinds[one.number % len(kinds)]
    raw = f"Content-Type: text/plain; charset={label}\r\nContent-Transfer-Encoding: 8bit\r\nMIME-Version: 1.0\r\n"
    raw += (
        f"From: {one.sender[0]} <{one.sender[1]}>\r\nTo: {OURS}\r\nSubject: Letters\r\nMessage-ID: <{one.key}@x.example>\r\n"
    )
    return f"{raw}\r\n{one.mark()} {said} {one.mark()}\r\n".encode(codec)


def calendar_alone(one):
    """A calendar's answer in which nobody typed a word; its subject is the meeting's."""
    one.is_a_record = False
    mark = one.mark()
    return invitation("REPLY", None, one.key, subject=f"Accepted: {mark}", summary=mark)


def calendar_with_words(one):
    """An invitation or an answer in which somebody typed something."""
    if one.number % 2:
        return invitation("REPLY", None, one.key, comment=f"He would be there\\, {one.mark()}")
    file = MIMEText(entry("REQUEST", description=one.mark()), "calendar", "utf-8")
    return headed(
        several("mixed", text(f"Please come, {one.mark()}."), named(file, "invite.ics")), "Meeting", one.key, one.sender
    )


def receipt(one):
    """A receipt, read or deleted unread."""
    one.is_a_record = False
    words = "Your message was read." if one.number % 2 else "was deleted without being read."
    return report("disposition-notification", words, one.key, subject=f"Read: {one.mark()}")


def away(one):
    """An automatic answer, with what its owner wrote."""
    one.is_a_record = False
    how = {"Auto_Submitted": "auto-replied"} if one.number % 2 else {"Return_Path": "<>"}
    return headed(text(f"I am away, {one.mark()}."), "[EXTERNAL] Automatic reply: Hello", one.key, one.sender, **how)


def reaction(one):
    """A smile of Gmail or Outlook."""
    one.is_a_record = False
    if one.number % 2:
        return gmail_reaction(one.key, words=f"👍\n\nKim {one.mark()} reacted via Gmail")
    return outlook_reaction(one.key, words=f"[like]  Kim {one.mark()} reacted to your message:")


def recalled(one):
    """A wish to have a message back."""
    one.is_a_record = False
    return recall(
        one.key, words=f'Kim would like to recall the message, "{one.mark()}".', by=("header", "file")[one.number % 2]
    )


def returned(one):
    """A letter of ours that came back, with what the server says."""
    one.is_a_record = False
    return report("delivery-status", f"Not delivered, {one.mark()}.", one.key, Return_Path="<>")


def straight_thanks(one):
    """Thanks with a picture of a card."""
    one.mailbox = "thanks"
    card = named(MIMEImage(a_picture(size=(64 + one.number % 30, 48))), "card.jpg")
    return headed(several("mixed", text(f"Thank you Asha, {one.mark()}."), card), "Thank you", one.key, one.sender)


SHAPES: tuple[Callable[[Real], object], ...] = (
    *(outlook_both, outlook_page, gmail_both, apple_mail, flowed, split_by_exchange, below_a_banner, below_a_page_banner),
    *(telephone, subject_alone, web_form, scanner, sent_on, sent_on_with_history, sent_on_by_telephone, attached),
    *(
        attached_twice,
        saved,
        signed,
        pictures_inside,
        files_with_words,
        letters_of_many,
        calendar_alone,
        calendar_with_words,
    ),
    *(receipt, away, reaction, recalled, returned, straight_thanks),
)


def real_mail() -> Iterator[Real]:
    """All of them."""
    for place, shape in enumerate(SHAPES):
        for number in range(place * EACH, (place + 1) * EACH):
            one = Real(shape.__name__, number)
            made = shape(one)
            one.raw = made if isinstance(made, bytes) else made.as_bytes()  # type: ignore[attr-defined]
            yield one
