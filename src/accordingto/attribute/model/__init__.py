"""The neural tagger behind `accordingto.attribute.tagger`: its weights, and the code that runs them.

text → `windows` → `network` → `decoding` → attributions.  Training (`training/` in the repository)
uses the same three modules, so that a model is always trained on what it will be given.
"""
