"""What the retailer thinks of the answer: one survey a round."""
