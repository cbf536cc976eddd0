"""`getUpdates` and webhooks."""

from bot.console.world.call_values import JsonObject, JsonValue, Parameters
from bot.console.world.refusals import conflict
from bot.console.world.telegram_world import World
from bot.console.world.update_queue import KINDS, ON_DEMAND

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
        self._allow(parameters)
        url, secret = parameters.text("url"), parameters.text("secret_token")
        self._webhook = {"url": url, "secret_token": secret}
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
        if updates.allowed != KINDS - ON_DEMAND:
            fields["allowed_updates"] = sorted(updates.allowed)
        return fields

    def _allow(self, parameters: Parameters) -> None:
        kinds = parameters["allowed_updates"]
        if isinstance(kinds, list):
            self._world.updates.allow(kinds)
