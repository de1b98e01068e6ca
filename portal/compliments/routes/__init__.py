"""The pages of thanks: the desk where they are looked after, and the pages that use them."""

from portal.compliments.routes import desk, use
from portal.compliments.routes.blueprint import compliments

__all__ = ["compliments", "desk", "use"]
