//! What robots should leave alone: pages of one's own, and functions.

use app::asker::Asker;
use axum::{Extension, extract::State, http::HeaderMap, response::Response};

use super::{Found, text};

const RULES: &str = "User-agent: *
Disallow: /api/
Disallow: /app-shell
Disallow: /studio
Disallow: /publish
Disallow: /account
Disallow: /library
Disallow: /inbox
Disallow: /search
Disallow: /sign-in
Disallow: /register
Disallow: /reset-password
Disallow: /forgot-password
Disallow: /unsubscribe
Disallow: /confirm-email
Disallow: /report
Disallow: /moderation
Disallow: /admin
Disallow: /debug/
";

pub(super) async fn tell(
    State(found): State<Found>,
    Extension(asker): Extension<Asker>,
    headers: HeaderMap,
) -> Response {
    let sitemap = found.site(&asker, &headers).map(|site| format!("\nSitemap: {}\n", site.with("/sitemap.xml")));
    text::answer(&headers, "text/plain; charset=utf-8", format!("{RULES}{}", sitemap.unwrap_or_default()))
}
