"""Which addresses a consent field speaks of."""

from collections.abc import Mapping

CHANNELS: Mapping[str, tuple[str, str]] = {
    "email_consent": ("email", "emails"),
    "sms_consent": ("sms", "phones"),
}
"""Consent field → its channel, and the list field its address stands in."""
ADDRESSES: Mapping[str, str] = {name: addresses for name, (_, addresses) in CHANNELS.items()}
"""Consent field → the list field its address stands in."""
