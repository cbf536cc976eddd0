"""`getUpdates` and webhooks."""

import re

from bot.console.world.call_values import JsonObject, JsonValue, Parameters
from bot.console.world.refusals import bad_request, conflict
from bot.console.world.telegram_world import World
from bot.console.world.update_queue import KINDS, ON_DEMAND

LONGEST_SECRET = 256
ACTIVE = (
    "can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


class Intake:
    """The methods about updates; a webhook is remembered, not called."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._webhook: JsonObject = {}
        self.methods = {
            "getUpdates": self.get_updates,
            "setWebhook": self.set_webhook,
            "deleteWebhook": self.delete_webhook,
            "getWebhookInfo": self.get_webhook_info,
        }

    @property
    def secret(self) -> str:
        """What a webhook's caller has to know."""
        return str(self._webhook.get("secret_token", ""))

    def get_updates(self, parameters: Parameters) -> JsonValue:
        """The updates that wait, at once, even if there are none: whoever serves may wait."""
        if self._webhook:
            raise conflict(ACTIVE)
        self._allow(parameters)
        offset, limit = parameters.number("offset"), parameters.number("limit", 100)
        return self._world.updates.get(offset, limit)

    def set_webhook(self, parameters: Parameters) -> JsonValue:
        """Have updates sent to an address."""
        url = parameters.text("url")
        secret = parameters.text("secret_token")
        if not url.startswith("https://"):
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if len(secret) > LONGEST_SECRET:
            raise bad_request("secret token is too long")
        if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
            raise bad_request("secret token contains unallowed characters")
        self._allow(parameters)
        connections = max(1, min(parameters.number("max_connections", 40), 100))
        self._webhook = {"url": url, "secret_token": secret, "max_connections": connections}
        return True

    def delete_webhook(self, parameters: Parameters) -> JsonValue:  # noqa: ARG002
        """Go back to asking."""
        self._webhook = {}
        return True

    def get_webhook_info(self, parameters: Parameters) -> JsonValue:  # noqa: ARG002
        """Where updates are sent, and how many wait."""
        updates = self._world.updates
        fields: JsonObject = {
            "url": self._webhook.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": len(updates),
        }
        if self._webhook:
            fields["max_connections"] = self._webhook["max_connections"]
        if updates.allowed != KINDS - ON_DEMAND:
            fields["allowed_updates"] = sorted(updates.allowed)
        return fields

    def _allow(self, parameters: Parameters) -> None:
        kinds = parameters["allowed_updates"]
        if isinstance(kinds, list):
            self._world.updates.allow(kinds)
