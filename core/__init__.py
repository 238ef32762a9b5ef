"""The leaf package: what every other package stands on, knowing none of them."""
