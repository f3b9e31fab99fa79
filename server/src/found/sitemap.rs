//! The sitemap, as search engines read it (<https://www.sitemaps.org/protocol.html>): an index, and pages of ten
//! thousand addresses each.

use std::io;

use app::{AppError, asker::Asker, destination::Destination, site_url::SiteUrl};
use axum::{
    Extension,
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use domain::{AuthorPage, Millis, StoryPage};
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};
use store::{Listed, ListedThing, SitemapPage};

use super::{
    Found, moment,
    text::{self, refuse},
};

const XML: &str = "application/xml; charset=utf-8";

/// The list of the pages.
pub(super) async fn index(
    State(found): State<Found>,
    Extension(asker): Extension<Asker>,
    headers: HeaderMap,
) -> Response {
    let Some(site) = found.site(&asker, &headers) else { return refuse(AppError::NotFound) };
    let count = match found.store.fetch_listed_count().await {
        Ok(count) => count,
        Err(error) => return refuse(error),
    };
    let pages = |kind: &'static str, count: u32| {
        // The first page is there in an empty library too: an index names at least one.
        (1..=count.div_ceil(SitemapPage::MOST).max(1)).map(move |page| format!("/sitemap/{kind}/{page}.xml"))
    };
    let pages =
        pages("stories", count.stories).chain(pages("chapters", count.chapters)).chain(pages("authors", count.authors));
    answer(&headers, document("sitemapindex", "sitemap", pages.map(|page| (site.with(&page), None))))
}

/// A page of it.
pub(super) async fn page(
    State(found): State<Found>,
    Extension(asker): Extension<Asker>,
    Path((kind, page)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let number = page.strip_suffix(".xml").and_then(|page| page.parse::<u32>().ok()?.checked_sub(1));
    let page = match (&*kind, number) {
        ("stories", Some(page)) => SitemapPage::Stories(page),
        ("chapters", Some(page)) => SitemapPage::Chapters(page),
        ("authors", Some(page)) => SitemapPage::Authors(page),
        _ => return refuse(AppError::NotFound),
    };
    let Some(site) = found.site(&asker, &headers) else { return refuse(AppError::NotFound) };
    match found.store.fetch_sitemap(page).await {
        Ok(listed) => answer(&headers, document("urlset", "url", listed.iter().map(|listed| url(&site, listed)))),
        Err(error) => refuse(error),
    }
}

fn url(site: &SiteUrl, listed: &Listed) -> (String, Option<Millis>) {
    let at = match listed.what {
        ListedThing::Story(story) => Destination::Story(StoryPage::first(story)),
        ListedThing::Chapter(story, chapter) => Destination::Chapter(story, chapter),
        ListedThing::Author(author) => Destination::Author(AuthorPage::first(author)),
    };
    (site.with(&at.to_string()), Some(listed.changed_at))
}

/// A document of addresses, each with the moment of its last change, if that is known.
fn document(root: &str, item: &str, addresses: impl Iterator<Item = (String, Option<Millis>)>) -> io::Result<String> {
    let mut xml = Writer::new(vec![]);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    let root = xml.create_element(root).with_attribute(("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9"));
    root.write_inner_content(|xml| {
        for (address, changed_at) in addresses {
            xml.create_element(item).write_inner_content(|xml| {
                xml.create_element("loc").write_text_content(BytesText::new(&address))?;
                if let Some(at) = changed_at.and_then(moment) {
                    xml.create_element("lastmod").write_text_content(BytesText::new(&at.to_rfc3339()))?;
                }
                Ok(())
            })?;
        }
        Ok(())
    })?;
    String::from_utf8(xml.into_inner()).map_err(io::Error::other)
}

fn answer(headers: &HeaderMap, xml: io::Result<String>) -> Response {
    match xml {
        Ok(xml) => text::answer(headers, XML, xml),
        Err(error) => {
            tracing::error!(%error, "a sitemap could not be written");
            refuse(AppError::Internal)
        }
    }
}
