"""amends: from a suspension mail to the one reply that works."""
