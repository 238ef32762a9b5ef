"""The demo organisation: staff, shops and sixty complaints that really went through every service; and how it goes again."""
