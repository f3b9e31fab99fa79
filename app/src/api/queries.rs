//! What is read: a server function for each query in the registry.

#[expect(
    clippy::wildcard_imports,
    reason = "the rows of the registry name the queries and their arguments' types"
)]
use domain::*;

use crate::cache::Website;

domain::each_query! { abreast_browser::queries { for Website; } }
