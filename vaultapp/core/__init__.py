"""What everything else stands on: errors, events, work, clock, settings keys."""
