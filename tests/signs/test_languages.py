"""A text in a language whose signs we do not know is read first, whatever it says."""

import pytest

from portal.signs.harm import harm_in
from portal.signs.languages import is_recognised
from tests.signs.test_harm import DEVELOPMENT, UNSEEN

OTHERS = {
    "Somali": ["fadlan i caawi waan baqayaa", "aabahay ayaa i garaaca habeen kasta"],
    "Albanian": ["ju lutem më ndihmoni kam frikë", "babai më rreh çdo natë"],
    "Vietnamese": ["làm ơn giúp em với em sợ lắm", "bố đánh em mỗi tối"],
    "Kurmanji": ["ji kerema xwe alîkariya min bikin ez ditirsim", "bavê min her şev li min dixe"],
    "Turkish": ["lütfen bana yardım edin korkuyorum", "babam beni her gece dövüyor"],
    "French": ["aidez moi s'il vous plaît il me frappe tous les soirs"],
    "Spanish": ["por favor ayúdame mi padrastro me pega todas las noches"],
    "Portuguese": ["por favor ajudem o meu padrasto bate me todas as noites"],
    "Lithuanian": ["prašau padėkite man patėvis mane muša kiekvieną naktį"],
    "Hungarian": ["kérem segítsen apám minden este megver"],
    "Tigrinya": ["በጃኹም ሓግዙኒ ፈሪሐ ኣለኹ"],
    "Bengali": ["দয়া করে আমাকে সাহায্য করুন"],
    "Tamil": ["தயவு செய்து எனக்கு உதவுங்கள்"],
    "Chinese": ["请帮帮我 爸爸每天晚上打我"],
    "Pashto": ["مهرباني وکړئ زما سره مرسته وکړئ پلار مې هره شپه وهي"],
    "Russian": ["помогите мне пожалуйста отчим бьёт меня каждый вечер"],
    "Urdu in Latin letters": ["mujhe bachao woh mujhe roz maarta hai"],
}


@pytest.mark.parametrize("phrase", [phrase for phrases in OTHERS.values() for phrase in phrases])
def test_a_language_whose_signs_we_do_not_know_is_read_first(phrase):
    assert harm_in(phrase)


def test_one_strange_sentence_among_many_is_enough():
    assert harm_in("I like my room. The food is good. Aabahay ayaa i garaaca habeen kasta. Thank you very much.") == (
        "language",
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Jo",
        "Mrs Okonkwo",
        "Room 4, Maple House. I am Jo.",
        "07700 900123",
        "my bike",
        "thx",
        "Mrs Kowalczyk and Mr Adeyemi never came when they said",
        "idk tbh its just boring lol",
        "________________________________",
        "Begin forwarded message:",
        "Date: Tue, 3 Mar 2026 10:12:00 +0000",
        "Jo O'Neill",
        "李 Wei",
    ],
)
def test_names_numbers_and_slips_are_no_strange_language(text):
    assert is_recognised(text)


@pytest.mark.parametrize("code", sorted(UNSEEN))
def test_our_own_languages_are_known(code, record_property):
    phrases = [*UNSEEN[code]["ordinary"], *UNSEEN[code]["worrying"], *DEVELOPMENT[code]["ordinary"]]
    known = sum(map(is_recognised, phrases))
    record_property(f"bar 37, sentences known to be of our languages, {code}", f"{known} of {len(phrases)}")
    assert known >= 0.94 * len(phrases)
