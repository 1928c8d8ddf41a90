"""What the answer hangs on: how it moves when a part of the model, or one of its numbers, is changed."""
