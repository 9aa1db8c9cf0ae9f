"""What pictures show: places, figures in the reader's language, and the same in words."""
