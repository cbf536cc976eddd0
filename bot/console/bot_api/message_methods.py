"""The methods that send, edit and delete messages."""

from bot.console.bot_api.chat_access import (
    chat_to_edit,
    chat_to_write,
    check_rights,
    checked_topic,
    found_message,
)
from bot.console.bot_api.keyboard_checks import checked_keyboard
from bot.console.bot_api.reply_parameters import replied_message
from bot.console.world.call_values import JsonObject, JsonValue, Parameters, Upload
from bot.console.world.chats import Chat
from bot.console.world.refusals import bad_request
from bot.console.world.telegram_world import BOT, World, is_service, thread_fields
from bot.console.world.text_entities import (
    LONGEST_TEXT,
    FormattedText,
    check_length,
    formatted,
)

MOST_FETCHED = 20_000_000  # bytes, https://core.telegram.org/bots/api#getfile
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


class Sending:
    """The methods that send, edit and delete."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._files: dict[str, Upload] = {}
        self.methods = {
            "sendMessage": self.send_message,
            "sendDocument": self.send_document,
            "editMessageText": self.edit_message_text,
            "editMessageReplyMarkup": self.edit_message_reply_markup,
            "getFile": self.get_file,
        }

    def file(self, file_id: str) -> Upload:
        """The file that was sent under that id."""
        return self._files[file_id]

    def attach(self, upload: Upload) -> JsonObject:
        """A file as the document of a message."""
        identity = f"document-{self._world.new_id()}"
        self._files[identity] = upload
        return self._shown(identity)

    def get_file(self, parameters: Parameters) -> JsonValue:
        """Where a file can be fetched for an hour; none that is too big."""
        identity = parameters.text("file_id")
        if not identity or identity not in self._files:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        size = len(self._files[identity].content)
        if size > MOST_FETCHED:
            raise bad_request("file is too big")
        return {
            "file_id": identity,
            "file_unique_id": identity,
            "file_size": size,
            "file_path": f"documents/{identity}",
        }

    def send_message(self, parameters: Parameters) -> JsonValue:
        """Send a text."""
        content = read_text(parameters)
        keyboard = checked_keyboard(parameters["reply_markup"])
        chat = chat_to_write(self._world, parameters)
        check_length(content.text, LONGEST_TEXT, "message is too long")
        fields = {**content.fields(), **_preview(parameters)}
        return self._send(chat, parameters, keyboard, fields, "text messages")

    def send_document(self, parameters: Parameters) -> JsonValue:
        """Send a file."""
        document = self._document(parameters)
        keyboard = checked_keyboard(parameters["reply_markup"])
        chat = chat_to_write(self._world, parameters)
        return self._send(chat, parameters, keyboard, {"document": document}, "documents")

    def edit_message_text(self, parameters: Parameters) -> JsonValue:
        """Change the text of a message of the bot's, and its buttons."""
        content = read_text(parameters)
        keyboard = checked_keyboard(parameters["reply_markup"])
        chat, message = self._own_message(parameters)
        if "text" not in message:
            raise bad_request("there is no text in the message to edit")
        check_length(content.text, LONGEST_TEXT, "MESSAGE_TOO_LONG")
        fields = {**content.fields(), **_preview(parameters)}
        parts = {"text", "entities", "link_preview_options"}
        return self._replace(chat, message, parts, _with_keyboard(fields, keyboard))

    def edit_message_reply_markup(self, parameters: Parameters) -> JsonValue:
        """Change or remove the buttons of a message of the bot's."""
        keyboard = checked_keyboard(parameters["reply_markup"])
        chat, message = self._own_message(parameters)
        return self._replace(chat, message, set(), _with_keyboard({}, keyboard))

    def _send(
        self,
        chat: Chat,
        parameters: Parameters,
        keyboard: JsonObject | None,
        fields: JsonObject,
        content: str,
    ) -> JsonObject:
        replied = replied_message(chat, parameters)
        topic = checked_topic(chat, parameters)
        place = thread_fields(chat, topic, replied)
        check_rights(chat, content, place.get("message_thread_id"))
        message = {"from": self._world.bot, **place, **fields}
        return self._world.post(chat, _with_keyboard(message, keyboard))

    def _document(self, parameters: Parameters) -> JsonObject:
        given = parameters["document"]
        if not isinstance(given, Upload):
            raise bad_request("there is no document in the request")
        if not given.content:
            raise bad_request("file must be non-empty")
        return self.attach(given)

    def _shown(self, identity: str) -> JsonObject:
        upload = self._files[identity]
        return {
            "file_id": identity,
            "file_unique_id": identity,
            "file_name": upload.filename,
            "mime_type": upload.mime_type,
            "file_size": len(upload.content),
        }

    def _own_message(self, parameters: Parameters) -> tuple[Chat, JsonObject]:
        """The message to edit, named by chat and number."""
        if parameters["chat_id"] in (None, "") and not parameters.number("message_id"):
            raise bad_request("message identifier is not specified")
        chat = chat_to_edit(self._world, parameters)
        message = found_message(chat, parameters.number("message_id"), "message to edit")
        if not _is_own(message) or is_service(message):
            raise bad_request("message can't be edited")
        return chat, message

    def _replace(
        self,
        chat: Chat,
        message: JsonObject,
        parts: set[str],
        fields: JsonObject,
    ) -> JsonValue:
        """Put the edited message in the place of the old; `parts` are what is edited."""
        parts = parts | {"reply_markup"}
        if {name: message[name] for name in parts if name in message} == fields:
            raise bad_request(NOT_MODIFIED)
        kept = {name: value for name, value in message.items() if name not in parts}
        edited = {**kept, **fields, "edit_date": self._world.now}
        chat.keep(edited)
        return edited


def read_text(parameters: Parameters) -> FormattedText:
    """The text of a call with its entities."""
    text = parameters.text("text")
    if not text:
        raise bad_request("message text is empty")
    return formatted(text, parameters["entities"])


def _with_keyboard(fields: JsonObject, keyboard: JsonObject | None) -> JsonObject:
    return {**fields, "reply_markup": keyboard} if keyboard else fields


def _preview(parameters: Parameters) -> JsonObject:
    options = parameters.object("link_preview_options")
    return {"link_preview_options": options} if options else {}


def _is_own(message: JsonObject) -> bool:
    sender = message.get("from", {})
    return bool(sender.get("id") == BOT)
