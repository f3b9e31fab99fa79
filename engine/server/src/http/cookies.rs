//! The cookies that a request bears.

use axum::http::{HeaderMap, header};

/// Their names and values, in the order in which they were sent.
pub(super) fn cookies(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|cookie| cookie.split_once('='));
    pairs.map(|(name, value)| (name.trim(), value.trim()))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn cookies_come_in_one_line_or_in_several() {
        let lines = ["a=1; b=2;c = 3", "", "nonsense; d=x=y"];
        let headers = lines.map(|line| (header::COOKIE, HeaderValue::from_static(line))).into_iter().collect();
        let expected = [("a", "1"), ("b", "2"), ("c", "3"), ("d", "x=y")];
        assert_eq!(cookies(&headers).collect::<Vec<_>>(), expected);
    }
}
