"""Control charts of complaints and what counts as a signal (pure); a cell is one leaf of the tree in one area."""
