"""What one machine needs to run everything by itself: its folder, its servers, its processes. Production uses none of it."""
