"""The demo draws each component once; a real portal has no such page."""

import re
from dataclasses import replace
from pathlib import Path

from portal.app import create_app
from portal.config import DEMO_COUNCIL
from tests.conftest import settings_for
from tests.factories.web import page_of

TEMPLATES = Path(__file__).parents[2] / "templates"


def test_a_real_portal_has_no_page_of_components(app):
    assert app.test_client().get("/components/child").status_code == 404
    assert not [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("components.")]


def test_the_demo_draws_a_childs_components(tmp_path):
    demo = replace(settings_for(f"sqlite:///{tmp_path / 'none.db'}"), demo=True, council=DEMO_COUNCIL)
    page = page_of(create_app(demo).test_client().get("/components/child"))
    pictures = re.findall(r'^ "(\w+)":', (TEMPLATES / "components/pictures.html").read_text(), re.M)
    assert [name for name in pictures if f"</svg> {name}" not in page] == []


def test_every_kind_of_field_is_drawn():
    drawn = (TEMPLATES / "demo/components.html").read_text()
    kinds = {path.stem for path in (TEMPLATES / "components/fields").iterdir()} - {
        "any",
        "about",
        "notes",
        "filled_by_browser",
    }
    assert {kind for kind in kinds if f"fields.{kind}(" not in drawn} == set()
