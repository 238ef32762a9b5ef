"""flask doctor: what is wrong with the settings of a real account, in plain words."""
