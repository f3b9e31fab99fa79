//! How programs find what is to be read: feeds for those who follow, a sitemap for search engines, and what robots
//! should leave alone. All of it is what a stranger may read.

mod feed;
mod robots;
mod sitemap;
mod text;

use app::{asker::Asker, site_url::SiteUrl};
use atom_syndication::FixedDateTime;
use axum::{
    Router,
    http::{HeaderMap, header},
    routing::get,
};
use domain::Millis;
use store::Store;

/// Their routes.
pub(crate) fn routes<S: Clone + Send + Sync + 'static>(store: Store, site: Option<SiteUrl>) -> Router<S> {
    Router::new()
        .route("/robots.txt", get(robots::tell))
        .route("/sitemap.xml", get(sitemap::index))
        .route("/sitemap/{kind}/{page}", get(sitemap::page))
        .route("/feed.atom", get(feed::of_site))
        .route("/novels/{story}/feed.atom", get(feed::of_story))
        .route("/authors/{author}/feed.atom", get(feed::of_author))
        .with_state(Found { store, site })
}

/// What they are made from.
#[derive(Clone)]
struct Found {
    store: Store,
    site: Option<SiteUrl>,
}

impl Found {
    /// Where the site is: as its operator says, else as the asker called it, who alone reads the answer.
    fn site(&self, asker: &Asker, headers: &HeaderMap) -> Option<SiteUrl> {
        if let Some(site) = &self.site {
            return Some(site.clone());
        }
        let host = headers.get(header::HOST)?.to_str().ok()?;
        format!("{}://{host}", if asker.secure { "https" } else { "http" }).parse().ok()
    }
}

/// A moment as these formats write it; none if it lies beyond their calendar.
fn moment(at: Millis) -> Option<FixedDateTime> {
    chrono::DateTime::from_timestamp_millis(at.0).map(|at| at.fixed_offset())
}
