"""A made-up stretch of time, lived by the hour through the real actions, and what it says of the product's word.

`life` is what people do, `weather` the mail server that they do it with, `figures` what is measured at the end.
"""
