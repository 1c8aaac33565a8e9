"""woontraject: dossiers and a protocol in YAML become agendas, calendars and sites."""
