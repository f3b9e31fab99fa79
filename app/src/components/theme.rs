//! Light, sepia or dark: a cookie, so that the first paint has it.

/// The theme that the visitor chose; none follows the device.
pub fn chosen() -> Option<&'static str> {
    None
}
