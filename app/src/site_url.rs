//! Where the world finds this site: what stands before a path in addresses that are read elsewhere.

#[cfg(feature = "ssr")]
use std::{str::FromStr, sync::Arc};

/// The site's own address, as in `https://stories.example`: without a slash at its end.
#[cfg(feature = "ssr")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteUrl(Arc<str>);

/// The text is no such address.
#[cfg(feature = "ssr")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("it is written as in https://stories.example: http or https, a name, maybe a port, and no path")]
pub struct NotASiteUrl;

#[cfg(feature = "ssr")]
impl SiteUrl {
    /// The address of this path of the site.
    pub fn with(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }
}

#[cfg(feature = "ssr")]
impl FromStr for SiteUrl {
    type Err = NotASiteUrl;

    fn from_str(text: &str) -> Result<Self, NotASiteUrl> {
        let uri: http::Uri = text.parse().map_err(|_| NotASiteUrl)?;
        let scheme = uri.scheme_str().filter(|scheme| ["http", "https"].contains(scheme)).ok_or(NotASiteUrl)?;
        let authority = uri.authority().map(http::uri::Authority::as_str).ok_or(NotASiteUrl)?;
        let is_plain = authority.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte));
        let is_whole = matches!(uri.path(), "" | "/") && uri.query().is_none() && !text.contains('#');
        if is_plain && is_whole { Ok(Self(format!("{scheme}://{authority}").into())) } else { Err(NotASiteUrl) }
    }
}

/// The whole address of a path, if the server was told where the site is; else the path, which is enough for all that
/// read the page itself.
pub fn address_of(path: &str) -> String {
    #[cfg(feature = "ssr")]
    return leptos::prelude::use_context::<SiteUrl>().map_or_else(|| path.to_owned(), |site| site.with(path));
    #[cfg(not(feature = "ssr"))]
    path.to_owned()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(text.parse::<SiteUrl>().ok().map(|site| site.with("/")).as_deref(), expected, "{text}");
    }

    #[test]
    fn which_texts_say_where_a_site_is() {
        check("https://stories.example", Some("https://stories.example/"));
        check("https://stories.example/", Some("https://stories.example/"));
        check("http://127.0.0.1:3000", Some("http://127.0.0.1:3000/"));
        check("http://[::1]:3000", Some("http://[::1]:3000/"));
        for wrong in [
            "",
            "stories.example",
            "//stories.example",
            "ftp://stories.example",
            "https://stories.example/path",
            "https://stories.example/?a",
            "https://stories.example/#a",
            "https://me@stories.example",
            "https://a'b.example",
            "javascript:alert(1)",
        ] {
            check(wrong, None);
        }
    }
}
