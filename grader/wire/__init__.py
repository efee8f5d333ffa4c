"""What crosses between the trusted side and a worker: values, messages, their encoding, and the channel."""
