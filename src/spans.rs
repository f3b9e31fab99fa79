//! What is a link in something that a person said: addresses, and people's handles. Nothing else in it is markup.

use crate::handle::Handle;

/// A stretch of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span<'a> {
    /// Words.
    Text(&'a str),
    /// An address of the web, as it was written.
    Link(&'a str),
    /// A handle after an `@`, and both as they were written. Whether there is such a person is not said.
    Mention(Handle, &'a str),
}

/// How many people a text mentions at most: further handles in it are words.
pub const MAX_MENTIONS: usize = 10;

/// How many links a text has at most: the rest of it is words. A page shows hundreds of texts.
const MAX_LINKS: usize = 100;

/// The stretches of a text, which in a row are the text. Each character is looked at a few times at most, however many
/// signs there are that could begin something.
pub fn spans(text: &str) -> Vec<Span<'_>> {
    let mut spans = vec![];
    let (mut words, mut at, mut links) = (0, 0, 0);
    // Only these two begin something; a letter that is not ASCII has neither among its bytes.
    while let Some(sign) = text[at..].find(['@', ':']).map(|further| at + further) {
        at = sign + 1;
        let found = if text.as_bytes()[sign] == b'@' { mention(text, sign) } else { link(text, words, sign) };
        if let Some((begin, end, span)) = found {
            if words < begin {
                spans.push(Span::Text(&text[words..begin]));
            }
            spans.push(span);
            (words, at, links) = (end, end, links + 1);
        }
        if links == MAX_LINKS {
            break;
        }
    }
    if words < text.len() {
        spans.push(Span::Text(&text[words..]));
    }
    spans
}

/// The handles that a text mentions: the first ones, each once.
pub fn mentioned(text: &str) -> Vec<Handle> {
    let mut handles = vec![];
    for span in spans(text) {
        match span {
            Span::Mention(handle, _) if !handles.contains(&handle) => handles.push(handle),
            Span::Mention(..) | Span::Text(_) | Span::Link(_) => {}
        }
        if handles.len() == MAX_MENTIONS {
            break;
        }
    }
    handles
}

type Found<'a> = Option<(usize, usize, Span<'a>)>;

/// The mention whose `@` stands here: not within a word, as in an e-mail address, nor within a path.
fn mention(text: &str, sign: usize) -> Found<'_> {
    let is_within = |c: char| c.is_alphanumeric() || matches!(c, '_' | '@' | '/');
    if text[..sign].chars().next_back().is_some_and(is_within) {
        return None;
    }
    let rest = &text.as_bytes()[sign + 1..];
    let length = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'-').count();
    // A hyphen at the end is a dash of the sentence.
    let name = text[sign + 1..sign + 1 + length].trim_end_matches('-');
    let end = sign + 1 + name.len();
    let goes_on = |c: char| c.is_alphanumeric() || matches!(c, '_' | '@');
    if text[end..].chars().next().is_some_and(goes_on) {
        return None;
    }
    Some((sign, end, Span::Mention(Handle::parse(name).ok()?, &text[sign..end])))
}

/// The address whose colon stands here. `words` is where it may begin.
fn link(text: &str, words: usize, colon: usize) -> Found<'_> {
    let scheme = |name: &str| {
        let begin = colon.checked_sub(name.len())?;
        let is_it = begin >= words && text.as_bytes()[begin..colon].eq_ignore_ascii_case(name.as_bytes());
        is_it.then_some(begin)
    };
    let begin = scheme("https").or_else(|| scheme("http"))?;
    if text[..begin].chars().next_back().is_some_and(char::is_alphanumeric) {
        return None;
    }
    let rest = text[colon + 1..].strip_prefix("//")?;
    // A name before the host could be taken for the host. The rest is looked at for one good host only, and then
    // passed over: so no text is looked at over and over.
    let host = rest.split(|c| matches!(c, '/' | '?' | '#') || ends(c)).next()?;
    if !host.starts_with(char::is_alphanumeric) || host.contains('@') {
        return None;
    }
    let address = without_punctuation(rest.split(ends).next()?);
    let end = colon + "://".len() + address.len();
    Some((begin, end, Span::Link(&text[begin..end])))
}

/// What no address has, by RFC 3986: it stands around one.
fn ends(c: char) -> bool {
    match c {
        '<' | '>' | '"' | '`' | '{' | '}' | '|' | '\\' | '^' => true,
        c if c.is_ascii() => !c.is_ascii_graphic(),
        c => !c.is_alphanumeric(),
    }
}

/// Without what is the sentence's: signs at its end, and brackets that close what was opened before it.
fn without_punctuation(address: &str) -> &str {
    let count = |bracket| address.matches(bracket).count();
    let mut closed = [count(')').saturating_sub(count('(')), count(']').saturating_sub(count('['))];
    address.trim_end_matches(|c| match c {
        ')' | ']' => {
            let more = &mut closed[usize::from(c == ']')];
            let is_sentences = *more > 0;
            *more = more.saturating_sub(1);
            is_sentences
        }
        c => matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' | '_' | '~'),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As in `see [https://a.example], (@ada)`.
    fn drawn(text: &str) -> String {
        let draw = |span: Span<'_>| match span {
            Span::Text(words) => words.to_owned(),
            Span::Link(address) => format!("[{address}]"),
            Span::Mention(handle, written) => {
                assert_eq!(written[1..].to_ascii_lowercase(), handle.as_str());
                format!("({written})")
            }
        };
        spans(text).into_iter().map(draw).collect()
    }

    #[test]
    fn what_is_a_link() {
        let check = |text: &str, expected: &str| assert_eq!(drawn(text), expected, "{text:?}");
        check("", "");
        check("No link: none.", "No link: none.");
        check("See https://a.example/b?c=d#e now", "See [https://a.example/b?c=d#e] now");
        check("HTTP://A.example", "[HTTP://A.example]");
        check("https://a.example, and http://b.example.", "[https://a.example], and [http://b.example].");
        check("(https://a.example/b)", "([https://a.example/b])");
        check("(https://a.example/b_(c))", "([https://a.example/b_(c)])");
        check("https://a.example/b_(c)", "[https://a.example/b_(c)]");
        check("https://a.example/b)).", "[https://a.example/b])).");
        check("https://a.example/[b]", "[https://a.example/[b]]");
        check("“https://a.example”", "“[https://a.example]”");
        check("https://a.example/?!…", "[https://a.example/]?!…");
        check("https://пример.example/愛", "[https://пример.example/愛]");
        check("愛、https://a.example。", "愛、[https://a.example]。");
        check("https://a.example\nhttps://b.example", "[https://a.example]\n[https://b.example]");
        check("https://a.example:8080/", "[https://a.example:8080/]");
        check("http://localhost", "[http://localhost]");
        // Within a word, without a host, of another kind.
        check("xhttps://a.example", "xhttps://a.example");
        check("éhttp://a.example", "éhttp://a.example");
        for text in ["https://", "https:/a.example", "http:// a", "https://.", "http://)", "http:", ":", "http://?q"] {
            check(text, text);
        }
        for text in ["javascript:alert(1)", "data:text/html,x", "ftp://a.example", "//a.example", "www.a.example"] {
            check(text, text);
        }
        // What only looks like another place, or would leave its attribute.
        check("https://bank.example@evil.example/", "https://bank.example@evil.example/");
        check("https://a.example/\"onclick=\"x", "[https://a.example/]\"onclick=\"x");
        check("https://a.example/<script>", "[https://a.example/]<script>");
        check("https://a.example/\u{202e}gpj", "[https://a.example/]\u{202e}gpj");
        check("https://a.example\\@b.example", "[https://a.example]\\(@b).example");
        check("https://a.example/https://b.example", "[https://a.example/https://b.example]");
        check("https://a.example/@ada", "[https://a.example/@ada]");
    }

    #[test]
    fn what_is_a_mention() {
        let check = |text: &str, expected: &str| assert_eq!(drawn(text), expected, "{text:?}");
        check("@ada", "(@ada)");
        check("Dear @Ada-Lovelace, hello.", "Dear (@Ada-Lovelace), hello.");
        check("(@ada)! @ben: @rea? “@sid”", "((@ada))! (@ben): (@rea)? “(@sid)”");
        check("@ada- and @ben--", "(@ada)- and (@ben)--");
        check("@ada.", "(@ada).");
        check("@ada’s", "(@ada)’s");
        check("愛 @ada", "愛 (@ada)");
        check("Hello.@ada—@ben", "Hello.(@ada)—(@ben)");
        check("@ada\n@ben", "(@ada)\n(@ben)");
        // Part of something else, or no handle.
        for text in ["ada@quire.example", "é@ada", "_@ada", "/@ada", "@@ada", "@ada@social.example"] {
            check(text, text);
        }
        for text in ["@", "@ ada", "@-ada", "@ada--b", "@ada_b", "@adaé", "@愛", "@admin"] {
            check(text, text);
        }
        check(&format!("@{}", "x".repeat(31)), &format!("@{}", "x".repeat(31)));
    }

    #[test]
    fn whom_a_text_mentions() {
        let check = |text: &str, expected: &[&str]| {
            assert_eq!(mentioned(text).iter().map(Handle::as_str).collect::<Vec<_>>(), expected, "{text:?}");
        };
        check("Nobody.", &[]);
        check("@ben and @ada, and @Ben again.", &["ben", "ada"]);
        let many = (0..20).map(|number| format!("@a{number} ")).collect::<Vec<_>>().concat();
        check(&many, &["a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9"]);
    }

    #[test]
    fn a_text_has_so_many_links_and_no_more() {
        let count = |text: &str| spans(text).iter().filter(|span| !matches!(span, Span::Text(_))).count();
        for (words, expected) in [(49, 98), (50, 100), (51, 100)] {
            assert_eq!(count(&"@ada http://a ".repeat(words)), expected);
        }
    }

    /// A text is its stretches, whatever is in it; and many beginnings of things take no longer than so many words.
    #[test]
    fn nothing_of_a_text_is_lost() {
        let hostile = ["@", ":", "http://", "https://a", "@a", "@a-", "http://a.example/(", ")", "://", "é@", "@é:"];
        for one in hostile {
            for two in hostile {
                let text = format!("{one}{two}").repeat(20_000);
                let parts: String = spans(&text)
                    .into_iter()
                    .map(|span| match span {
                        Span::Text(part) | Span::Link(part) | Span::Mention(_, part) => part,
                    })
                    .collect();
                assert_eq!(parts, text, "{one}{two}");
            }
        }
    }
}
