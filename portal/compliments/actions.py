"""What the team can do with thanks."""

from typing import TypeAlias

from portal.actions.action import ON_ITS_PAGE, Action, fresh
from portal.compliments import events, forms
from portal.compliments.models import Compliment
from portal.compliments.services import keeping, passing_on, quoting
from portal.people.roles import Permission
from portal.web.forms import PortalForm
from portal.web.settings import settings

ThanksAction: TypeAlias = Action[Compliment]
TEAM = Permission.TRIAGE

ACTIONS: tuple[ThanksAction, ...] = (
    ThanksAction(
        slug="whom",
        permission=TEAM,
        form=fresh(forms.WhomForm),
        do=lambda one, form, place, who: keeping.say_for_whom(one.id, form.whom.data, **who),
        leaves=(events.COMPLIMENT_MEANT_FOR,),
        page=ON_ITS_PAGE,
    ),
    ThanksAction(
        slug="words",
        permission=TEAM,
        form=fresh(forms.TypeForm),
        do=lambda one, form, place, who: keeping.type_words(one.id, form.words.data, **who),
        leaves=(events.COMPLIMENT_TYPED,),
        page=ON_ITS_PAGE,
    ),
    ThanksAction(
        slug="fine",
        permission=TEAM,
        form=fresh(PortalForm),
        do=lambda one, form, place, who: keeping.say_it_is_fine(one.id, **who),
        leaves=(events.COMPLIMENT_LOOKED_AT,),
        page=ON_ITS_PAGE,
    ),
    ThanksAction(
        slug="ask",
        permission=TEAM,
        form=fresh(PortalForm),
        do=lambda one, form, place, who: keeping.hold_again(one.id, **who),
        leaves=(events.COMPLIMENT_LOOKED_AT,),
        page=ON_ITS_PAGE,
    ),
    ThanksAction(
        slug="pass-on",
        permission=TEAM,
        form=fresh(PortalForm),
        do=lambda one, form, place, who: passing_on.pass_on_now(one.id, settings().site_address, **who),
        leaves=(events.COMPLIMENT_PASSED_ON, events.COMPLIMENT_REACHED_NOBODY),
        page=ON_ITS_PAGE,
    ),
    ThanksAction(
        slug="passed-on",
        permission=TEAM,
        form=fresh(PortalForm),
        do=lambda one, form, place, who: passing_on.say_it_was_passed_on(one.id, **who),
        leaves=(events.COMPLIMENT_PASSED_ON,),
        page=ON_ITS_PAGE,
    ),
    ThanksAction(
        slug="agreed",
        permission=TEAM,
        form=fresh(forms.ConsentForm),
        do=lambda one, form, place, who: quoting.record_consent(one.id, form.how.data, **who),
        leaves=(events.COMPLIMENT_MAY_BE_SHARED,),
        page=ON_ITS_PAGE,
    ),
    ThanksAction(
        slug="changed-mind",
        permission=TEAM,
        form=fresh(forms.ConsentForm),
        do=lambda one, form, place, who: quoting.withdraw_consent(one.id, form.how.data, **who),
        leaves=(events.COMPLIMENT_MAY_BE_SHARED,),
        page=ON_ITS_PAGE,
    ),
    ThanksAction(
        slug="quote",
        permission=TEAM,
        form=fresh(forms.QuoteForm),
        do=lambda one, form, place, who: quoting.write_quote(one.id, form.quote.data, **who),
        leaves=(events.QUOTE_WRITTEN,),
        page=ON_ITS_PAGE,
    ),
    ThanksAction(
        slug="check",
        permission=TEAM,
        form=fresh(forms.CheckForm),
        do=lambda one, form, place, who: quoting.check_quote(one.id, form.seen.data, **who),
        leaves=(events.QUOTE_CHECKED,),
        page=ON_ITS_PAGE,
    ),
    ThanksAction(
        slug="unquote",
        permission=TEAM,
        form=fresh(PortalForm),
        do=lambda one, form, place, who: quoting.take_quote_back(one.id, **who),
        leaves=(events.QUOTE_TAKEN_BACK,),
        page=ON_ITS_PAGE,
    ),
)
