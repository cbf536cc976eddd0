"""Who plays Telegram where there is none? People, chats and the Bot API, in process."""
