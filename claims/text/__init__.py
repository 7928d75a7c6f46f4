"""Text as it is written: normalisation with an offset map, sentences, words."""
