//! The files that were in the site's folder when this program was built.

use std::time::{Duration, UNIX_EPOCH};

use axum::body::Bytes;
use rust_embed::RustEmbed;

use super::{Carried, File};

#[derive(RustEmbed)]
#[folder = "$QUIRE_SITE"]
struct Embedded;

pub(super) fn read() -> Carried {
    Embedded::iter()
        .filter_map(|name| {
            let file = Embedded::get(&name)?;
            let modified = UNIX_EPOCH + Duration::from_secs(file.metadata.last_modified().unwrap_or_default());
            let bytes = match file.data {
                std::borrow::Cow::Borrowed(bytes) => Bytes::from_static(bytes),
                std::borrow::Cow::Owned(bytes) => bytes.into(),
            };
            Some((name.into_owned(), File { bytes, modified }))
        })
        .collect()
}
