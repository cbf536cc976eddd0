"""What the program makes when it is first used, such as the patterns of languages.

`forked_program` has it made before it forks: nothing of it hangs on what the program is asked.
"""

from bot.composing.briefing_lengths import BriefingLength
from bot.composing.pipeline_source import open_pipeline
from bot.storage.database.engine import open_database

PIPELINE = open_pipeline(None, print)
PIPELINE.ask("What is BRICS?")
PIPELINE.brief("sanctions", BriefingLength.USUAL.limits)
open_database(None).dispose()
