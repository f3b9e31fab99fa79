//! Feeds of new chapters, for those who follow a place, a story or an author with a program of their own (RFC 4287).

use app::{
    AppError,
    asker::Asker,
    destination::{Destination, feed_of},
    site_url::SiteUrl,
};
use atom_syndication::{Entry, Feed, FixedDateTime, Link, Person, Text};
use axum::{
    Extension,
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use domain::{Millis, Release, Releases, StoryPage};

use super::{
    Found, moment,
    text::{self, refuse},
};

const ATOM: &str = "application/atom+xml; charset=utf-8";

/// Of everybody's chapters.
pub(super) async fn of_site(found: State<Found>, asker: Extension<Asker>, headers: HeaderMap) -> Response {
    answer(found, asker, headers, Releases { story: None, author: None }).await
}

/// Of one story's.
pub(super) async fn of_story(
    found: State<Found>,
    asker: Extension<Asker>,
    Path(story): Path<String>,
    headers: HeaderMap,
) -> Response {
    match story.parse() {
        Ok(story) => answer(found, asker, headers, Releases { story: Some(story), author: None }).await,
        Err(_) => refuse(AppError::NotFound),
    }
}

/// Of one author's.
pub(super) async fn of_author(
    found: State<Found>,
    asker: Extension<Asker>,
    Path(author): Path<String>,
    headers: HeaderMap,
) -> Response {
    match author.parse() {
        Ok(author) => answer(found, asker, headers, Releases { story: None, author: Some(author) }).await,
        Err(_) => refuse(AppError::NotFound),
    }
}

/// The addresses of feeds, as pages announce them.
fn path(of: &Releases) -> String {
    match (of.story, of.author) {
        (Some(story), _) => feed_of(story),
        (None, Some(author)) => format!("/authors/{author}/feed.atom"),
        (None, None) => "/feed.atom".to_owned(),
    }
}

async fn answer(
    State(found): State<Found>,
    Extension(asker): Extension<Asker>,
    headers: HeaderMap,
    of: Releases,
) -> Response {
    let Some(site) = found.site(&asker, &headers) else { return refuse(AppError::NotFound) };
    match found.store.fetch(&of, asker.seen).await {
        // Of an author of whom nothing is published, nothing is said either, not even that there is one.
        Ok(fetched) if of.author.is_some() && fetched.entry.value.is_empty() => refuse(AppError::NotFound),
        Ok(fetched) => text::answer(&headers, ATOM, feed(&site, &of, &fetched.entry.value).to_string()),
        Err(error) => refuse(error),
    }
}

fn feed(site: &SiteUrl, of: &Releases, releases: &[Release]) -> Feed {
    let newest = releases.first();
    let (title, page) = match (of.story, of.author, newest) {
        (Some(story), _, newest) => (
            newest.map_or_else(|| "A story".to_owned(), |newest| newest.story_title.to_string()),
            Destination::Story(StoryPage::first(story)).to_string(),
        ),
        (None, Some(_), Some(newest)) => (format!("New chapters by {}", newest.author.name), "/".to_owned()),
        (None, ..) => ("New chapters".to_owned(), "/".to_owned()),
    };
    let own = site.with(&path(of));
    Feed {
        title: Text::plain(format!("{title} · Quire")),
        id: own.clone(),
        // Without chapters it has not changed since the beginning.
        updated: date(newest.map_or(Millis(0), |newest| newest.at)),
        links: vec![link("self", own), link("alternate", site.with(&page))],
        entries: releases.iter().map(|release| entry(site, release)).collect(),
        ..Feed::default()
    }
}

fn entry(site: &SiteUrl, release: &Release) -> Entry {
    let address = site.with(&Destination::Chapter(release.story, release.chapter).to_string());
    let chapter = if release.title.is_empty() { "A new chapter" } else { release.title.as_str() };
    Entry {
        title: Text::plain(format!("{}: {chapter}", release.story_title)),
        id: address.clone(),
        published: Some(date(release.at)),
        updated: date(release.at),
        authors: vec![Person { name: release.author.name.to_string(), ..Person::default() }],
        links: vec![link("alternate", address)],
        summary: Some(Text::plain(format!("{chapter}, in {} by {}.", release.story_title, release.author.name))),
        ..Entry::default()
    }
}

fn link(rel: &str, href: String) -> Link {
    Link { rel: rel.to_owned(), href, ..Link::default() }
}

fn date(at: Millis) -> FixedDateTime {
    moment(at).unwrap_or_default()
}
