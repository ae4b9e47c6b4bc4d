from collections.abc import Iterator

import pytest

from tests.partner.process import Partner, running_partner

PORTAL = "http://localhost:8000"


@pytest.fixture(scope="module")
def partner(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[Partner]:
    """The partner behind one proxy, which the tests play, so that each has addresses of its own."""
    folder = tmp_path_factory.mktemp("partner")
    with running_partner(folder, PORTAL, EEPORTAL_BEHIND_PROXY="1") as found:
        yield found
