//! Plain strings: sentences, folding, finding, offsets. Knows nothing of articles.
