"""Measurements, printed as ratios against something done in the same run; none of them is a test."""
