"""The processes of a bot as anyone can look them up: which live, what they own, who leads."""

from dataclasses import dataclass

from sqlalchemy import Connection, text

from bot.cluster.process_lease import LEADING

ROSTER = text(
    """
WITH locks AS (
    SELECT classid::bigint AS kind, objid::bigint AS number, pid FROM pg_locks
    WHERE locktype = 'advisory' AND granted AND objsubid = 2
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
SELECT w.name, count(l.lane) AS lanes,
    w.lease_until > extract(epoch FROM clock_timestamp()) AS lives,
    EXISTS (
        SELECT 1 FROM locks sign JOIN locks lead ON lead.pid = sign.pid
        WHERE sign.kind = current_schema()::regnamespace::oid::bigint AND sign.number = w.id
        AND lead.kind = :leading
        AND lead.number = current_schema()::regnamespace::oid::bigint) AS leads
FROM workers w LEFT JOIN lanes l ON l.owner = w.id GROUP BY w.id, w.name ORDER BY w.id"""
)
FREE = text(
    """
SELECT count(*) FROM lanes WHERE owner IS NULL
AND used_at < extract(epoch FROM clock_timestamp()) - :seconds"""
)
LATE_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Member:
    """A process: its host and number there, how many chats it sees to, whether it leads."""

    name: str
    lanes: int
    lives: bool
    leads: bool


@dataclass(frozen=True, slots=True)
class Roster:
    """All processes, and in how many chats something has waited too long for one of them."""

    members: tuple[Member, ...]
    unclaimed: int


def roster(connection: Connection) -> Roster:
    """The processes of the bot whose database this is; it is only looked at."""
    rows = connection.execute(ROSTER, {"leading": LEADING})
    members = tuple(Member(row.name, row.lanes, row.lives, row.leads) for row in rows)
    unclaimed = connection.execute(FREE, {"seconds": LATE_SECONDS}).scalar_one()
    return Roster(members, unclaimed)
