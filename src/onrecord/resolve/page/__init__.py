"""What stands on the page, word by word: tokens, names, noun phrases, the words that name a source."""
