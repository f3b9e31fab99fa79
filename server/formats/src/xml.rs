//! Text between tags and in attributes.

/// Adds a text that begins and ends no tag, and has only characters that XML allows.
pub(crate) fn push(xml: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            '\n' | '\t' => xml.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => xml.push('\u{fffd}'),
            c => xml.push(c),
        }
    }
}

/// The text, ready to stand between tags.
pub(crate) fn escaped(text: &str) -> String {
    let mut xml = String::with_capacity(text.len());
    push(&mut xml, text);
    xml
}

#[cfg(test)]
mod tests {
    #[test]
    fn nothing_begins_a_tag() {
        assert_eq!(super::escaped("a<b & \"c\">\u{ffff}\n"), "a&lt;b &amp; &quot;c&quot;&gt;\u{fffd}\n");
    }
}
