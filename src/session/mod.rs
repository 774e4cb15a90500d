//! What the program is doing now.
