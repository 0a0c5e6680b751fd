"""One file for each foreign library: foreign data in, our values out; foreign errors in, ours out."""
