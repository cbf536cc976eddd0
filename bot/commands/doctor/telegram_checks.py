"""Checks of the bot at Telegram: token, webhook, privacy mode, menu."""

import socket
import time
from urllib.parse import urlsplit
from urllib.request import getproxies

from bot.commands.doctor.findings import Finding, doubtful, well, wrong
from bot.commands.doctor.telegram_server import TelegramServer
from bot.handlers import command_menu as menu
from bot.intake.update_schema import ASKED_FOR
from bot.settings.settings import Settings

SLOW_SECONDS = 3.0
CLOCK_SECONDS = 30
MANY_UPDATES = 100
RECENT_SECONDS = 3600
CONNECT_SECONDS = 5
PORTS = {"http": 80, "https": 443, "socks5": 1080, "socks5h": 1080}
AT_BOTFATHER = "at @BotFather"
DESCRIPTIONS = {
    "description": "getMyDescription",
    "short_description": "getMyShortDescription",
}


def proxy(settings: Settings) -> Finding:
    """Is the proxy there, if one is set?"""
    if not settings.proxy:
        return _environments(settings)
    parts = urlsplit(settings.proxy)
    port = parts.port or PORTS[parts.scheme]
    place = f"{parts.scheme}://{parts.hostname}:{port}"
    try:
        socket.create_connection((parts.hostname or "", port), CONNECT_SECONDS).close()
    except OSError as error:
        return wrong(
            f"{place} cannot be reached ({error.strerror or error})",
            "start it, or correct FOOTNOTE_PROXY",
        )
    return well(f"{place} takes connections")


def _environments(settings: Settings) -> Finding:
    """Where no proxy is set here, the environment may name one, as for any program."""
    scheme = urlsplit(settings.telegram_api_url).scheme
    found = getproxies()
    if scheme in found or "all" in found:
        return well("as the environment says (HTTPS_PROXY, ALL_PROXY, NO_PROXY)")
    return well("none")


def reachability(server: TelegramServer) -> Finding:
    """Does Telegram answer?"""
    took = server.greet().took
    said = f"{server.name} answers after {1000 * took:.0f} ms"
    if took > SLOW_SECONDS:
        return doubtful(said, "find out what slows down the network or the proxy")
    return well(said)


def clock(server: TelegramServer) -> Finding:
    """Does this machine know what time it is?"""
    ahead = server.greet().ahead
    if ahead is None:
        return well(f"{server.name} does not say the time; not compared")
    said = f"{abs(ahead):.0f} seconds {'ahead of' if ahead > 0 else 'behind'} {server.name}"
    if abs(ahead) > CLOCK_SECONDS:
        return wrong(said, "set this machine's clock, best from the network (NTP)")
    return well("right" if abs(ahead) < 2 else said)


def token(server: TelegramServer) -> Finding:
    """Does Telegram accept it?"""
    return well(f"accepted: @{server.check_token().username}")


def privacy_mode(server: TelegramServer) -> Finding:
    """Is the bot sent only what is addressed to it?"""
    if server.me.can_read_all_group_messages:
        return doubtful(
            "off: Telegram sends the bot everything that is said in groups",
            f"turn it on {AT_BOTFATHER} (/setprivacy, Enable), unless the bot should see mentions",
        )
    return well("on")


def inline_mode(server: TelegramServer) -> Finding:
    """Can quotes be sent in any chat?"""
    if not server.me.supports_inline_queries:
        return well("off", f"turn it on {AT_BOTFATHER} (/setinline), if you want it")
    return well("on")


def webhook(server: TelegramServer, settings: Settings) -> Finding:
    """Do updates come the way that the bot expects them?"""
    wanted = settings.webhook_url
    found = str(server.webhook.get("url") or "")
    host = urlsplit(found).hostname
    if found and not wanted:
        return wrong(
            f"set, and leads to {host}; the bot fetches updates itself",
            "stop the program that has set it, or get a token of your own; `footnote telegram` "
            "deletes it when it starts",
        )
    if wanted and found.rstrip("/") != wanted.rstrip("/"):
        there = f"leads to {host}, not to" if found else "none is set for"
        return wrong(
            f"{there} FOOTNOTE_WEBHOOK_URL",
            "start `footnote telegram`, which sets it; stop any other program that sets it",
        )
    return _delivery(server, host) if wanted else well("none is set: updates are fetched")


def _delivery(server: TelegramServer, host: str | None) -> Finding:
    """Does what Telegram sends arrive?"""
    failed = server.webhook.get("last_error_date")
    if failed and time.time() - failed < RECENT_SECONDS:
        minutes = max(0, int(time.time() - failed)) // 60
        return wrong(
            f"Telegram could not deliver {minutes} minutes ago: "
            f"{server.webhook.get('last_error_message')}",
            "check that FOOTNOTE_WEBHOOK_URL can be reached from outside, with a valid "
            "certificate, and that the bot runs",
        )
    return well(f"set, and leads to {host}")


def pending_updates(server: TelegramServer) -> Finding:
    """Does anything wait at Telegram's?"""
    count = int(server.webhook.get("pending_update_count", 0))
    if count > MANY_UPDATES:
        return doubtful(f"{count} are waiting", "start `footnote telegram`, or look into its log")
    return well(f"{count} are waiting" if count else "none")


def allowed_updates(server: TelegramServer) -> Finding:
    """Does Telegram send all that the bot asks for?"""
    allowed = server.webhook.get("allowed_updates") or ASKED_FOR  # else all of them
    missing = [kind for kind in ASKED_FOR if kind not in allowed]
    if missing:
        return doubtful(
            f"Telegram does not send {', '.join(missing)}",
            "start `footnote telegram`, which asks for them; stop other programs with its token",
        )
    return well("everything that the bot asks for")


def commands_menu(server: TelegramServer) -> Finding:
    """Do people see the commands and descriptions of this version?"""
    start = "start `footnote telegram`, which sets it"
    there = {code: _shown(server, code) for code in menu.wanted()}
    if not any(shown for texts in there.values() for shown in texts.values()):
        return well("not set yet", start)
    other = [name for code, texts in there.items() for name in _differing(texts, code)]
    if other:
        return doubtful(f"different in this version: {', '.join(other)}", start)
    return well("up to date")


def _shown(server: TelegramServer, code: str) -> dict[str, object]:
    """What Telegram shows for a language code: commands by their scope, and descriptions."""
    asked = {"language_code": code}
    there = {
        name: server.ask("getMyCommands", {**asked, "scope": scope.to_dict()})
        for name, scope in menu.SCOPES.items()
    }
    for name, method in DESCRIPTIONS.items():
        there[name] = server.ask(method, asked).get(name)
    return there


def _differing(there: dict[str, object], code: str) -> list[str]:
    """What is shown otherwise for a language code."""
    texts = menu.wanted()[code]
    wanted = {
        name: [{"command": c, "description": d} for c, d in texts[name].items()]
        for name in menu.SCOPES
    }
    wanted |= {name: texts[name] for name in DESCRIPTIONS}
    language = f" ({code})" if code else ""
    return [name.replace("_", " ") + language for name in there if there[name] != wanted[name]]
