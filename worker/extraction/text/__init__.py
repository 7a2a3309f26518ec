"""Text as the rules see it: folded, cut into sentences and clauses, its phrases found."""
