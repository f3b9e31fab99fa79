//! What Quire is about, and the one judgement every cache obeys. Pure: no IO, no clock, no async.
