//! A mark on requests that a script sends.

/// The request asks a server function, not a page: its path begins as the [`super::Site`] was told. The layer that
/// raises Seen puts the mark among the request's extensions.
#[derive(Debug, Clone, Copy)]
pub struct FunctionRequest;
