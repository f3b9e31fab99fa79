//! What this node says of itself.

use abreast_server::Report;
use domain::NodeReport;

use crate::{Store, store::areas_of};

impl Store {
    /// What this node says of itself.
    pub fn report(&self) -> NodeReport {
        // Named apart, so that nothing new in it is forgotten here.
        let Report {
            at,
            recorder,
            entries,
            bytes,
            budget,
            watermark,
            confirmed,
            breaker_open,
            areas,
            samples,
            alerts,
            advice,
            learnt,
            nodes,
        } = (**self).report();
        let areas = areas_of(areas);
        NodeReport {
            at,
            recorder,
            entries,
            bytes,
            budget,
            watermark,
            confirmed,
            breaker_open,
            areas,
            samples,
            alerts,
            advice,
            learnt,
            nodes,
        }
    }
}
