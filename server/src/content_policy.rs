//! Which scripts a page may run: its own files, and the inline scripts that were rendered with it, by their hashes.
//!
//! leptos hands a page its data in inline scripts, and gives each the page's nonce, which the author of a story can't
//! know. The nonce itself would not do: a kept page is sent to many. So the scripts with the nonce are hashed here,
//! once for each page. A script that came into the page in any other way has no hash and does not run.

use app::{shell::NONCE, stand_in::AsBody};
use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use base64::{Engine, prelude::BASE64_STANDARD};
use memchr::memmem::find;
use sha2::{Digest, Sha256};

/// The policy of answers that are no page: a file, an answer as JSON.
pub(crate) const OF_FILES: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data:; \
     object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

/// Puts the page's own policy on a page. A body gets it each time that it goes out, with what is in its places then.
pub(crate) async fn seal(request: Request, next: Next) -> Response {
    let is_body = request.extensions().get::<AsBody>().is_some();
    let response = next.run(request).await;
    if is_body || !response.headers().contains_key(NONCE) {
        return response;
    }
    let (mut head, body) = response.into_parts();
    // It was rendered whole: nothing is waited for.
    let Ok(html) = to_bytes(body, usize::MAX).await else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    seal_page(&html, &mut head.headers);
    Response::from_parts(head, Body::from(html))
}

/// Puts the policy of this page into its headers, in place of its nonce.
pub(crate) fn seal_page(html: &[u8], headers: &mut HeaderMap) {
    let Some(nonce) = headers.remove(NONCE) else { return };
    let policy = of_page(html, nonce.as_bytes());
    // Hashes and our own words: always a header's text.
    let policy = HeaderValue::try_from(policy).unwrap_or_else(|_| HeaderValue::from_static(OF_FILES));
    headers.insert(header::CONTENT_SECURITY_POLICY, policy);
}

fn of_page(html: &[u8], nonce: &[u8]) -> String {
    let hashes =
        scripts(html, nonce).map(|script| format!(" 'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(script))));
    OF_FILES.replacen("'wasm-unsafe-eval'", &format!("'wasm-unsafe-eval'{}", hashes.collect::<String>()), 1)
}

/// The inline scripts that bear the nonce.
fn scripts<'a>(html: &'a [u8], nonce: &[u8]) -> impl Iterator<Item = &'a [u8]> {
    let mark = [b" nonce=\"", nonce, b"\""].concat();
    let mut rest = html;
    std::iter::from_fn(move || {
        loop {
            rest = &rest[find(rest, b"<script")?..];
            let tag = find(rest, b">")?;
            let (tag, after) = rest.split_at(tag + 1);
            let end = find(after, b"</script>")?;
            let (script, after) = after.split_at(end);
            rest = after;
            if find(tag, &mark).is_some() && !script.is_empty() {
                return Some(script);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &[&str]) {
        let found: Vec<&[u8]> = scripts(html.as_bytes(), b"n0").collect();
        assert_eq!(found, expected.iter().map(|script| script.as_bytes()).collect::<Vec<_>>(), "{html}");
    }

    #[test]
    fn which_scripts_are_the_pages_own() {
        check("<script nonce=\"n0\">a()</script>", &["a()"]);
        check(
            "<script type=\"module\" nonce=\"n0\">a()</script><p>b</p><script nonce=\"n0\">c()</script>",
            &["a()", "c()"],
        );
        check("<script>evil()</script>", &[]);
        check("<script nonce=\"n1\">evil()</script><script nonce=\"n0\">a()</script>", &["a()"]);
        check("<script src=\"/a.js\" nonce=\"n0\"></script>", &[]);
        check("<p nonce=\"n0\"><script>evil()</script>", &[]);
        check("<script nonce=\"n0\">a()", &[]);
    }

    #[test]
    fn policies() {
        let policy = of_page(b"<script nonce=\"n0\">a()</script>", b"n0");
        let hash = BASE64_STANDARD.encode(Sha256::digest("a()"));
        assert!(policy.contains(&format!("script-src 'self' 'wasm-unsafe-eval' 'sha256-{hash}';")), "{policy}");
        assert_eq!(of_page(b"", b"n0"), OF_FILES);
    }
}
