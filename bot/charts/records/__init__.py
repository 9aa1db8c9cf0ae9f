"""Pictures as plain data: what stands where, in the reader's words, before anything is drawn.

Nothing but the standard library is used here, so the process that draws stays small.
"""
