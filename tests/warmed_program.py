"""What the program makes and loads when it is first used, such as the patterns of languages.

`forked_program` has it made before it forks: nothing of it hangs on what the program is asked.
"""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.commands.counted import counted
from bot.composing.briefing_lengths import BriefingLength
from bot.composing.pipeline_source import open_pipeline
from bot.http.telegram_request import certificate_authorities
from bot.storage.database.engine import open_database

with TemporaryDirectory() as folder:
    os.environ |= {"FOOTNOTE_DATA": folder, "FOOTNOTE_MEANING": "off"}
    PIPELINE = open_pipeline(None, print)
    PIPELINE.ask("What is BRICS?")
    PIPELINE.brief("sanctions", BriefingLength.USUAL.limits)
    open_database(Path(folder)).dispose()
counted(2, "article")
certificate_authorities()
