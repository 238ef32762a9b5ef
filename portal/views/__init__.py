"""What each address of the retailer's pages does."""
