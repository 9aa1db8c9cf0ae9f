"""The one writer: queue, batches, watermarks, retries."""
