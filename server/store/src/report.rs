//! What this node says of itself.

use domain::NodeReport;

use crate::{Store, store::areas_of};

impl Store {
    /// What this node says of itself.
    pub fn report(&self) -> NodeReport {
        (**self).report().with_areas(areas_of)
    }
}
