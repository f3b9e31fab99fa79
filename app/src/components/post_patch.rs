//! What a click promises about a post, over any query that shows it.

use std::sync::Arc;

use domain::{PostCard as Card, PostId};

use crate::cache::OptimisticUpdate;

/// A change to a post.
pub type PostPatch = Arc<dyn Fn(&mut Card) + Send + Sync>;
/// Lays a change to a post over the query that shows it.
pub type LayPost = Arc<dyn Fn(PostId, PostPatch) -> OptimisticUpdate + Send + Sync>;
