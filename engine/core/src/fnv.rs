//! FNV-1a: a hash that is the same on every machine and in every version, which those of the standard library
//! don't promise. Good against accident, not malice.

/// Of a text.
pub(crate) fn fnv(text: &str) -> u64 {
    let fold = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, fold)
}
