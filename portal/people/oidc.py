"""Signing in with the council's own accounts, by OpenID Connect (Core 1.0, code flow with PKCE); made for Entra ID.

It never makes an account: someone must have been taken in here under the address that their council account holds. The first
sign-in ties the account's subject to the person; from then on only the subject counts, so that an address that is given
to someone new lets nobody in.
"""

from typing import Any

from flask import Blueprint, Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import login_user
from flask_security.proxies import _security

from portal.config import Settings
from portal.people.access import open_to_all
from portal.people.queries import person_by_email, person_by_subject
from portal.people.services import tie_subject
from portal.web.settings import settings

ENTRA = "https://login.microsoftonline.com/"
SIGNATURES = ["RS256", "PS256", "ES256"]
council_sign_in = Blueprint("council_sign_in", __name__, url_prefix="/staff/sign-in")


class WrongProvider(Exception):
    """Whoever answers at the provider's address calls itself something else."""


def add_council_sign_in(app: Flask, settings: Settings) -> None:
    """Join the council's provider to the app, when one is set."""
    app.jinja_env.globals["oidc_is_set"] = bool(settings.oidc_issuer)
    app.register_blueprint(council_sign_in)
    if not settings.oidc_issuer:
        return
    from authlib.integrations.flask_client import OAuth

    oauth = OAuth(app)
    oauth.register(
        "council",
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
        server_metadata_url=f"{settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid email profile", "code_challenge_method": "S256", "timeout": 10},
    )
    app.extensions["council_provider"] = oauth.council


@council_sign_in.get("/council")
@open_to_all
def leave_for_council() -> ResponseReturnValue:
    """Go to the council's provider."""
    back = f"{settings().site_address.rstrip('/')}{url_for('council_sign_in.back_from_council')}"
    try:
        return _trusted_provider().authorize_redirect(back)  # type: ignore[no-any-return]
    except Exception as trouble:
        return _refused(trouble)


@council_sign_in.get("/council/back")
@open_to_all
def back_from_council() -> ResponseReturnValue:
    """Come back from it. Whatever is wrong, the answer is one and the same."""
    try:
        claims = _trusted_provider().authorize_access_token(claims_options=_meant_for_us())["userinfo"]
    except Exception as trouble:  # authlib, requests and the token library each have their own
        return _refused(trouble)
    person = _person_of(claims)
    if person is None or not person.active:
        return _refused(None)
    if not _has_second_factor(claims):
        answer = _security.two_factor_plugins.tf_enter(person, False, "oidc", next_loc=None)
        if answer:
            return answer  # type: ignore[no-any-return]
    login_user(person, authn_via=["oidc"])
    return redirect("/staff/")


def _person_of(claims: dict[str, Any]) -> Any:
    """Whoever the claims name: by the subject; the first time by an address that the provider vouches for."""
    subject = f"{claims['iss']} {claims['sub']}"[:255]
    person = person_by_subject(subject)
    if person is not None:
        return person
    address = _vouched_for(claims)
    found = person_by_email(address) if address else None
    if found is None or found.oidc_subject is not None or not found.active:
        return None
    tie_subject(found.id, subject)
    return found


def _vouched_for(claims: dict[str, Any]) -> str:
    """The address that the provider answers for. Entra ID names its own accounts by `preferred_username`; others do not."""
    if claims.get("email_verified") is True:
        return str(claims.get("email", ""))
    return str(claims.get("preferred_username", "")) if str(claims["iss"]).startswith(ENTRA) else ""


def _has_second_factor(claims: dict[str, Any]) -> bool:
    """Whether the provider asked for a second factor, as it says (RFC 8176) or as the council has set."""
    return "mfa" in (claims.get("amr") or ()) or settings().oidc_trusts_provider_mfa


def _trusted_provider() -> Any:
    """The provider, once what it says of itself is what the council set. Raises WrongProvider.

    Which signatures count is ours to say: a provider's own list may hold `none`, with which anybody signs.
    """
    provider = _provider()
    told = provider.load_server_metadata()
    if told.get("issuer") != settings().oidc_issuer:
        raise WrongProvider(told.get("issuer"))
    told["id_token_signing_alg_values_supported"] = SIGNATURES
    return provider


def _meant_for_us() -> dict[str, Any]:
    """A token of that provider, for this portal and no other (OpenID Connect Core 1.0, section 3.1.3.7)."""
    return {
        "iss": {"essential": True, "value": settings().oidc_issuer},
        "aud": {"essential": True, "value": settings().oidc_client_id},
    }


def _provider() -> Any:
    provider = current_app.extensions.get("council_provider")
    if provider is None:
        abort(404)
    return provider


def _refused(trouble: Exception | None) -> ResponseReturnValue:
    if trouble is not None:
        if getattr(trouble, "code", None) == 404:
            abort(404)
        current_app.logger.warning("council sign-in refused: %s (%s)", type(trouble).__name__, request.endpoint)
    return redirect(url_for("security.login", refused=1))
