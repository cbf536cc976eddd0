"""What must survive a restart: tables, migrations, and one module for each thing kept."""
