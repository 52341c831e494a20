"""What a log or an error may say of an address."""

import pytest

from flows.fetching.addresses import redact_url


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://ann:hush@example.org/a", "https://***@example.org/a"),
        ("https://hush@example.org:8443/a?b=1", "https://***@example.org:8443/a?b=1"),
        ("https://example.org/a?token=hush&page=2", "https://example.org/a?token=***&page=2"),
        ("https://example.org/a?API_KEY=hush", "https://example.org/a?API_KEY=***"),
        ("https://example.org/a?monkey=wild", "https://example.org/a?monkey=wild"),
        ("https://[example.org/?token=hush", "***"),
    ],
)
def test_nobody_reads_a_secret_in_an_address(url, told):
    assert redact_url(url) == told
