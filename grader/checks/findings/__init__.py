"""What a check can find wrong, one small type for each: its facts as data, and its own sentences.

call.py: the call gave no value; value.py: it gave another one, or a gradient is wrong or missing; effect.py: the value
is right, and what was done for it is not.
"""
