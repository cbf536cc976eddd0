"""`answerCallbackQuery` and `answerInlineQuery`."""

from bot.console.bot_api.inline_cards import checked_button, checked_cards
from bot.console.world.call_values import JsonValue, Parameters
from bot.console.world.refusals import bad_request
from bot.console.world.telegram_world import World

LONGEST_ANSWER = 200
# Telegram gives no figures; bots see answers refused after about so many seconds.
CALLBACK_SECONDS = 60
INLINE_SECONDS = 30
DAY = 24 * 3600
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


class Queries:
    """The methods that answer queries."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.methods = {
            "answerCallbackQuery": self.answer_callback_query,
            "answerInlineQuery": self.answer_inline_query,
        }

    def answer_callback_query(self, parameters: Parameters) -> JsonValue:
        """End the wait of someone who pressed a button, with a notice or without."""
        identity = parameters.text("callback_query_id")
        text = parameters.text("text")
        self._check_age(identity, CALLBACK_SECONDS, answered=identity in self._answered)
        if len(text) > LONGEST_ANSWER:
            raise bad_request("MESSAGE_TOO_LONG")
        self._answered[identity] = {"text": text}
        return True

    def answer_inline_query(self, parameters: Parameters) -> JsonValue:
        """Give the cards for an inline query."""
        identity = parameters.text("inline_query_id")
        button = checked_button(parameters["button"])
        cards = checked_cards(parameters.array("results"))
        answers = self._world.inline_answers
        self._check_age(identity, INLINE_SECONDS, answered=identity in answers)
        answers[identity] = {
            "results": cards,
            "button": button,
            "is_personal": parameters.flag("is_personal"),
            "cache_time": max(0, min(parameters.number("cache_time", 300), DAY)),
        }
        return True

    @property
    def _answered(self) -> dict[str, dict[str, object]]:
        return self._world.answered_callbacks

    def _check_age(self, identity: str, seconds: int, *, answered: bool) -> None:
        query = self._world.queries.get(identity)
        if query is None or answered or self._world.clock() - query.asked > seconds:
            raise bad_request(TOO_OLD)
