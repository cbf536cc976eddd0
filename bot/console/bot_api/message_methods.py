"""The methods that send, edit and delete messages."""

from bot.console.bot_api.chat_access import (
    chat_to_edit,
    chat_to_write,
    check_rights,
    checked_topic,
    found_message,
)
from bot.console.bot_api.keyboard_checks import checked_keyboard
from bot.console.bot_api.reply_parameters import Reply, quote_fields, read_reply, replied_message
from bot.console.world.call_values import JsonObject, JsonValue, Parameters, Upload
from bot.console.world.chats import Chat
from bot.console.world.recent import Recent
from bot.console.world.refusals import bad_request
from bot.console.world.telegram_world import BOT, World, is_service, thread_fields
from bot.console.world.text_entities import (
    LONGEST_CAPTION,
    LONGEST_TEXT,
    FormattedText,
    check_length,
    formatted,
)

ACTIONS = frozenset({
    "cancel", "typing", "upload_photo", "record_video", "upload_video", "record_voice",
    "record_audio", "upload_voice", "upload_audio", "upload_document", "choose_sticker",
    "find_location", "pick_up_location", "record_video_note", "upload_video_note",
})  # fmt: skip
MOST_FETCHED = 20_000_000  # bytes, https://core.telegram.org/bots/api#getfile
TWO_DAYS = 48 * 3600
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


class Sending:
    """The methods that send, edit and delete."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._files: Recent[str, Upload] = Recent()
        self.methods = {
            "sendMessage": self.send_message,
            "sendDocument": self.send_document,
            "sendChatAction": self.send_chat_action,
            "editMessageText": self.edit_message_text,
            "editMessageReplyMarkup": self.edit_message_reply_markup,
            "deleteMessage": self.delete_message,
            "getFile": self.get_file,
        }

    def file(self, file_id: str) -> Upload:
        """The file that was sent under that id."""
        return self._files[file_id]

    def attach(self, upload: Upload) -> JsonObject:
        """The document that a person sends."""
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
        sending = _read_sending(parameters)
        chat = chat_to_write(self._world, parameters)
        check_length(content.text, LONGEST_TEXT, "message is too long")
        fields = {**content.fields(), **_preview(parameters)}
        return self._send(chat, parameters, sending, fields, "text messages")

    def send_document(self, parameters: Parameters) -> JsonValue:
        """Send a file, with a caption or without."""
        document = self._document(parameters)
        caption = parameters.text("caption")
        content = FormattedText("")
        if caption.strip():
            content = formatted(caption, parameters["caption_entities"])
        sending = _read_sending(parameters)
        chat = chat_to_write(self._world, parameters)
        check_length(content.text, LONGEST_CAPTION, "message caption is too long")
        fields = {"document": document, **content.fields("caption", "caption_entities")}
        return self._send(chat, parameters, sending, fields, "documents")

    def send_chat_action(self, parameters: Parameters) -> JsonValue:
        """Show what the bot is doing; here General does have its id, 1."""
        if parameters.text("action").casefold() not in ACTIONS:
            raise bad_request("wrong parameter action in request")
        chat = chat_to_write(self._world, parameters)
        general = chat.forum and parameters.number("message_thread_id") == 1
        topic = None if general else checked_topic(chat, parameters)
        check_rights(chat, "text messages", topic)
        return True

    def edit_message_text(self, parameters: Parameters) -> JsonValue:
        """Change the text of a message of the bot's, and its buttons."""
        content = read_text(parameters)
        keyboard = checked_keyboard(parameters["reply_markup"], inline=True)
        chat, message = self._own_message(parameters)
        if "text" not in message:
            raise bad_request("there is no text in the message to edit")
        check_length(content.text, LONGEST_TEXT, "MESSAGE_TOO_LONG")
        fields = {**content.fields(), **_preview(parameters)}
        parts = {"text", "entities", "link_preview_options"}
        return self._replace(chat, message, parts, _with_keyboard(fields, keyboard), parameters)

    def edit_message_reply_markup(self, parameters: Parameters) -> JsonValue:
        """Change or remove the buttons of a message of the bot's."""
        keyboard = checked_keyboard(parameters["reply_markup"], inline=True)
        chat, message = self._own_message(parameters)
        return self._replace(chat, message, set(), _with_keyboard({}, keyboard), parameters)

    def delete_message(self, parameters: Parameters) -> JsonValue:
        """Delete a message: the bot's own, in private any, elsewhere as an administrator."""
        if parameters["chat_id"] in (None, ""):
            raise bad_request("chat identifier is not specified")
        if not parameters.number("message_id"):
            raise bad_request("message identifier is not specified")
        chat = chat_to_write(self._world, parameters)
        number = parameters.number("message_id")
        message = found_message(chat, number, "message to delete")
        own = chat.private or _is_own(message) or chat.status == "administrator"
        if not own or self._world.now - message["date"] > TWO_DAYS:
            raise bad_request("message can't be deleted")
        del chat.messages[number]
        return True

    def _send(
        self,
        chat: Chat,
        parameters: Parameters,
        sending: tuple[Reply, JsonObject | None],
        fields: JsonObject,
        content: str,
    ) -> JsonObject:
        reply, keyboard = sending
        replied = replied_message(chat, reply)
        topic = checked_topic(chat, parameters)
        place = thread_fields(chat, topic, replied)
        check_rights(chat, content, place.get("message_thread_id"))
        message = {"from": self._world.bot, **place, **quote_fields(reply, replied), **fields}
        if parameters.flag("protect_content"):
            message["has_protected_content"] = True
        return self._world.post(chat, _with_keyboard(message, keyboard))

    def _document(self, parameters: Parameters) -> JsonObject:
        given = parameters["document"]
        if isinstance(given, str) and given.startswith("attach://"):
            given = parameters[given.removeprefix("attach://")]
        if given in (None, ""):
            raise bad_request("there is no document in the request")
        if isinstance(given, Upload):
            if not given.content:
                raise bad_request("file must be non-empty")
            identity = f"document-{self._world.new_id()}"
            self._files[identity] = given
        elif given in self._files:
            identity = given
        else:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return self._shown(identity)

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
        """The message to edit, named by chat and number or as one sent inline."""
        if parameters["chat_id"] in (None, "") and not parameters.number("message_id"):
            return self._inline_message(parameters)
        chat = chat_to_edit(self._world, parameters)
        message = found_message(chat, parameters.number("message_id"), "message to edit")
        if not _is_own(message) or is_service(message):
            raise bad_request("message can't be edited")
        return chat, message

    def _inline_message(self, parameters: Parameters) -> tuple[Chat, JsonObject]:
        identity = parameters.text("inline_message_id")
        if not identity:
            raise bad_request("message identifier is not specified")
        place = self._world.inline_messages.get(identity)
        if place is None or place[1] not in self._world.chats[place[0]].messages:
            raise bad_request("MESSAGE_ID_INVALID")
        chat = self._world.chats[place[0]]
        return chat, chat.messages[place[1]]

    def _replace(
        self,
        chat: Chat,
        message: JsonObject,
        parts: set[str],
        fields: JsonObject,
        parameters: Parameters,
    ) -> JsonValue:
        """Put the edited message in the place of the old; `parts` are what is edited."""
        parts = parts | {"reply_markup"}
        if {name: message[name] for name in parts if name in message} == fields:
            raise bad_request(NOT_MODIFIED)
        kept = {name: value for name, value in message.items() if name not in parts}
        edited = {**kept, **fields, "edit_date": self._world.now}
        chat.keep(edited)
        return True if "inline_message_id" in parameters else edited


def read_text(parameters: Parameters) -> FormattedText:
    """The text of a call with its entities.

    Markdown and HTML are not played: a parse mode is refused as one that Telegram does not know.
    """
    text = parameters.text("text")
    if not text:
        raise bad_request("message text is empty")
    if parameters.text("parse_mode"):
        raise bad_request("unsupported parse_mode")
    return formatted(text, parameters["entities"])


def _read_sending(parameters: Parameters) -> tuple[Reply, JsonObject | None]:
    return read_reply(parameters), checked_keyboard(parameters["reply_markup"])


def _with_keyboard(fields: JsonObject, keyboard: JsonObject | None) -> JsonObject:
    return {**fields, "reply_markup": keyboard} if keyboard else fields


def _preview(parameters: Parameters) -> JsonObject:
    options = parameters.object("link_preview_options")
    if parameters.flag("disable_web_page_preview"):
        options = {"is_disabled": True}
    return {"link_preview_options": options} if options else {}


def _is_own(message: JsonObject) -> bool:
    sender = message.get("from", {})
    return bool(sender.get("id") == BOT)
