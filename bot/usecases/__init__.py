"""What a person can ask, one file each: data in, data out."""
