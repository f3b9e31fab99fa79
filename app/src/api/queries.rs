//! What is read: a server function for each query in the registry.

#[cfg_attr(
    not(test),
    expect(clippy::wildcard_imports, reason = "the registry names queries and arguments' types")
)]
use domain::*;

use crate::cache::Website;

domain::each_query! { abreast_browser::queries { for Website; } }
