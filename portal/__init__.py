"""The retailer's pages: form, receipt, tracking."""
