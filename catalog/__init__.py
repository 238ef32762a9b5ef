"""Reference data of an organisation: categories, clocks' rules, teams, certificates, leave; loaded from packs/, each with a page."""
