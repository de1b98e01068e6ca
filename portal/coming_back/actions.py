"""What the team does about what someone said on coming back, and new secret words, given in person."""

from typing import Any

from portal.actions.action import ON_ITS_PAGE, ShowOnce, Stamp, fresh
from portal.cases.actions import TEAM, CaseAction, plain
from portal.cases.models import Case, NextAction
from portal.cases.secret_words import pictured
from portal.cases.services.stock_of_words import draw_secret_words
from portal.coming_back import events, forms
from portal.coming_back.services.coming_back import renew_secret_words, settle_follow_up


def _settle(case: Case, form: Any, place: int, who: Stamp) -> None:
    settle_follow_up(case.id, form.follow_up.data or 0, form.words.data or "", **who)


def _renew(case: Case, form: Any, place: int, who: Stamp) -> ShowOnce:
    drawn = draw_secret_words()
    renew_secret_words(case.id, drawn, form.known_by.data or "", **who)
    return ShowOnce({"words": pictured(drawn.words)})


ACTIONS: tuple[CaseAction, ...] = (
    CaseAction(
        slug="settle",
        address="came-back",
        permission=TEAM,
        form=fresh(forms.SettleForm),
        do=_settle,
        leaves=(events.FOLLOW_UP_SETTLED,),
        told="What was done is written down.",
        page=ON_ITS_PAGE,
        does=dict.fromkeys(
            (NextAction.KEEP_SAFE, NextAction.LOOK_AGAIN, NextAction.ANSWER_WISH, NextAction.FIND_ADVOCATE), ""
        ),
    ),
    CaseAction(
        slug="new-secret-words",
        permission=TEAM,
        title="New secret words",
        form=plain(forms.NewSecretWordsForm),
        do=_renew,
        leaves=(events.SECRET_WORDS_RENEWED,),
        told="New secret words are made.",
        page="coming_back/new_secret_words.html",
        facts=lambda case, form, place: {"words": []},
    ),
)
