"""What `footnote --help` says of the settings, and of completion in a shell."""

SETTINGS_HELP = """\
Settings are environment variables, or lines in a file .env in the current folder:

\b
FOOTNOTE_ARTICLES   the folder of articles (Markdown and plain text)
FOOTNOTE_SYNONYMS   the file of synonyms
FOOTNOTE_DATA       the folder for what is remembered
FOOTNOTE_DATABASE_URL      a PostgreSQL database for it, postgresql://…; else SQLite
FOOTNOTE_SHARED            true where several processes share that database, and one bot
FOOTNOTE_INDEX      auto, memory or disk: where the articles are searched
FOOTNOTE_OPENSEARCH_URL    the hosts of an OpenSearch cluster to which they are published
FOOTNOTE_OPENSEARCH_USER, FOOTNOTE_OPENSEARCH_PASSWORD, FOOTNOTE_OPENSEARCH_API_KEY
FOOTNOTE_OPENSEARCH_CA     a file of certificates to trust there
FOOTNOTE_OPENSEARCH_ALIAS  the name under which they are published
FOOTNOTE_MEANING    all, paragraphs (faster to make) or off: what is found by meaning, too
FOOTNOTE_LOG_LEVEL  DEBUG, INFO, WARNING or ERROR
FOOTNOTE_TELEGRAM_TOKEN    the bot's token, from @BotFather
FOOTNOTE_TELEGRAM_API_URL  a Bot API server of your own
FOOTNOTE_PROXY             a proxy on the way to Telegram
FOOTNOTE_WEBHOOK_URL       where Telegram sends updates, https://…; else the bot fetches them
FOOTNOTE_WEBHOOK_SECRET    proves that they are from Telegram; else a new one at each start
FOOTNOTE_LISTEN            where the webhook listens, 127.0.0.1:8080
FOOTNOTE_HEALTH_LISTEN     where /healthz and /metrics are, 127.0.0.1:8081; empty: nowhere
FOOTNOTE_LOG_QUESTIONS     true logs what people ask, too

\b
FOOTNOTE_ALLOWED_CHATS     the numbers of the people and groups served; else everyone
FOOTNOTE_ADMINS            the numbers of people who are always served, without limits
FOOTNOTE_QUESTIONS_A_MINUTE, FOOTNOTE_GROUP_QUESTIONS_A_MINUTE,
FOOTNOTE_BRIEFINGS_A_MINUTE, FOOTNOTE_GROUP_BRIEFINGS_A_MINUTE,
FOOTNOTE_PRESSES_A_MINUTE, FOOTNOTE_GROUP_PRESSES_A_MINUTE, FOOTNOTE_SEARCHES_A_MINUTE
                           how much a person, or a group, may send a minute; 0 is no limit
FOOTNOTE_STALE_AFTER       minutes after which a question in a group is no longer answered
FOOTNOTE_KEEP_DAYS         days for which questions and answers are kept
FOOTNOTE_FEED_MINUTES      minutes between two looks at the feeds that are followed; 0: never
FOOTNOTE_PRIVATE_ADDRESSES true lets articles be fetched from your own network, too

The shell completes commands and options with a line in its start-up file:

\b
bash   eval "$(_FOOTNOTE_COMPLETE=bash_source footnote)"
zsh    eval "$(_FOOTNOTE_COMPLETE=zsh_source footnote)"
fish   _FOOTNOTE_COMPLETE=fish_source footnote | source
"""  # click reads the backspace
