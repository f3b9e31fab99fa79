use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::*;

fn html(scenes: &[&str]) -> String {
    let scenes = scenes.iter().map(|text| Body::parse(text).expect("a good body")).collect::<Vec<_>>();
    Prose::of(&scenes).iter().map(Prose::html).collect()
}

fn check(text: &str, expected: &str) {
    assert_eq!(html(&[text]).trim(), expected, "{text:?}");
}

#[test]
fn what_authors_write() {
    check("*soft* and **loud** and ~~gone~~", "<p><em>soft</em> and <strong>loud</strong> and <del>gone</del></p>");
    check("\"Well,\" said he --- \"no...\"", "<p>“Well,” said he — “no…”</p>");
    check("> a letter", "<blockquote>\n<p>a letter</p>\n</blockquote>");
    check("# Big", "<h3>Big</h3>");
    check(
        "un*believ*able, *un*true, **all** *of it*, yes*",
        "<p>un<em>believ</em>able, <em>un</em>true, <strong>all</strong> <em>of it</em>, yes*</p>",
    );
    check(
        "<https://a.example/b*c>",
        "<p><a href=\"https://a.example/b*c\" rel=\"ugc nofollow noopener\">https://a.example/b*c</a></p>",
    );
    check("a\n\n***\n\nb", "<p>a</p>\n<div class=\"scene-break\" role=\"separator\">* * *</div>\n<p>b</p>");
    check("*a\nb*\\\nc", "<p class=\"verse\"><em>a<br>\nb</em><br>\nc</p>");
    check("\"a\"\n'b'", "<p class=\"verse\">“a”<br>\n‘b’</p>");
    check("a <!-- b --> c\n\n<!--\n\n# d\n\n-->", "<p>a  c</p>");
    check("&mdash; &lt;b&gt; \\*no\\*", "<p>— &lt;b&gt; *no*</p>");
}

/// Each sign in the first column of the table in `docs/story-text.md` means what stands beside it.
#[test]
fn the_table_that_authors_read() {
    let table = include_str!("../../docs/story-text.md").split_once("|---|---|").expect("a table").1;
    let table = table.split("\n\n").next().unwrap_or_default();
    let mut checked = 0;
    for row in table.lines().filter(|row| !row.is_empty()) {
        let (signs, means) = row.trim_matches(['|', ' ']).split_once(" | ").expect("two columns");
        let shown = match means.split([',', ':', ';']).next().unwrap_or_default() {
            "emphasis" => "<em>",
            "strong emphasis" => "<strong>",
            "struck out" => "<del>",
            "a heading within the chapter" => "<h",
            "a scene break" => "class=\"scene-break\"",
            "a quotation" => "<blockquote>",
            "a link" => "<a href=",
            "a new paragraph"
            | "a line break"
            | "a note"
            | "the author's own comment"
            | "the sign itself"
            | "the character of that name"
            | "“…”" => continue,
            other => panic!("{other} is not looked at"),
        };
        for sign in signs.split('`').skip(1).step_by(2) {
            let typed = format!("Before.\n\n{}\n\nAfter.", if sign == "> " { "> A letter." } else { sign });
            assert!(html(&[&typed]).contains(shown), "{sign}: {}", html(&[&typed]));
            checked += 1;
        }
    }
    assert!(checked > 25, "{checked}");
}

#[test]
fn links() {
    let rel = "rel=\"ugc nofollow noopener\"";
    check("[on](https://example.com)", &format!("<p><a href=\"https://example.com\" {rel}>on</a></p>"));
    check("<https://example.com>", &format!("<p><a href=\"https://example.com\" {rel}>https://example.com</a></p>"));
    check("<ada@quire.example>", &format!("<p><a href=\"mailto:ada@quire.example\" {rel}>ada@quire.example</a></p>"));
    check(
        "[*a*](https://example.com/?a&b \"A \\\"title\\\"\") b",
        &format!(
            "<p><a href=\"https://example.com/?a&amp;b\" title=\"A &quot;title&quot;\" {rel}><em>a</em></a> b</p>"
        ),
    );
    check("[a `b`](https://c.example/`)", &format!("<p><a href=\"https://c.example/%60\" {rel}>a `b`</a></p>"));
}

#[test]
fn what_is_not_recognised_stays_as_it_was_typed() {
    for text in [
        "[r]",
        "[r]: https://example.com",
        "[System]: Welcome!",
        "1984. It was the year.",
        "1) one",
        "* she thought",
        "- Soy yo - dijo él.",
        "+ 5 grados.",
        "`code` and ``more``",
        "a `*` b",
        "```",
        "~~~ sh",
        "| a | b |",
        "#tag",
        "####### seven",
        "%% note %%",
        "[^1]",
        "[^1]: Nobody refers to this.",
        "[home](/about) and [*here*](#x `y`)",
        "<Mara:hi>",
        "f**k you, s**t",
        "sh*t and d*mn",
        "2*3*4",
        ">:( and >_<",
    ] {
        let expected = text.replace('<', "&lt;").replace('>', "&gt;").replace("*here*", "<em>here</em>");
        check(text, &format!("<p>{expected}</p>"));
    }
    check("One\n===", "<p class=\"verse\">One<br>\n===</p>");
    check("1. a\n2. b\n\n    3. c", "<p class=\"verse\">1. a<br>\n2. b</p>\n<p>3. c</p>");
}

#[test]
fn notes() {
    let mark = |number: usize, id: &str| {
        format!(
            "<sup class=\"note-mark\"><a id=\"note-{id}\" href=\"#note-{number}\" role=\"doc-noteref\" \
             aria-label=\"Note {number}\">{number}</a></sup>"
        )
    };
    let back = |id: &str| {
        format!(
            " <a class=\"note-back\" href=\"#note-{id}\" role=\"doc-backlink\" aria-label=\"Back to the text\">↩\u{fe0e}</a>"
        )
    };
    let list = |items: &[String]| {
        format!("<ol class=\"notes\" role=\"list\" aria-label=\"Notes\">\n{}</ol>\n", items.concat())
    };
    let note = |number: usize, text: &str| format!("<li id=\"note-{number}\" value=\"{number}\">{text}</li>\n");
    let check = |scenes: &[&str], expected: String| assert_eq!(html(scenes), expected, "{scenes:?}");
    let one = note(1, &format!("Ibid.{}{}", back("1-text"), back("1-text-2")));
    check(
        &["a[^x] b[^x]\n\n[^x]: Ibid."],
        format!("<p>a{} b{}</p>\n{}", mark(1, "1-text"), mark(1, "1-text-2"), list(&[one])),
    );
    // Two scenes of one chapter with the same label; a note in a later scene; a note that refers to a note.
    let (first, second) = (note(1, &format!("p{}", back("1-text"))), note(2, &format!("q{}", back("2-text"))));
    check(
        &["a[^1]\n\n[^1]: p", "b[^1]\n\n[^1]: q"],
        format!("<p>a{}</p>\n{}<p>b{}</p>\n{}", mark(1, "1-text"), list(&[first]), mark(2, "2-text"), list(&[second])),
    );
    let far = note(1, &format!("p{}{}", mark(2, "2-text"), back("1-text")));
    let last = note(2, &format!("q{}", back("2-text")));
    check(&["a[^x]", "[^x]: p[^y]\n[^y]: q"], format!("<p>a{}</p>\n{}", mark(1, "1-text"), list(&[far, last])));
}

#[test]
fn what_attackers_write() {
    check("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>");
    check("a <b onclick=x>b</b>", "<p>a &lt;b onclick=x&gt;b&lt;/b&gt;</p>");
    let rel = "rel=\"ugc nofollow noopener\"";
    check("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>");
    check("[x](JaVaScRiPt:alert(1))", "<p>[x](JaVaScRiPt:alert(1))</p>");
    check("<javascript:alert(1)>", "<p>&lt;javascript:alert(1)&gt;</p>");
    check("[x](<https://a\"onclick=\"b>)", &format!("<p><a href=\"https://a%22onclick=%22b\" {rel}>x</a></p>"));
    check("![x](https://spy.example/p.png)", "<p>x</p>");
    check("<img src=x onerror=alert(1)>", "<p>&lt;img src=x onerror=alert(1)&gt;</p>");
    check("&lt;script&gt;", "<p>&lt;script&gt;</p>");
    check("[^\"><b>]\n\n[^\"><b>]: x", html(&["[^1]\n\n[^1]: x"]).trim());
}

#[test]
fn nothing_is_nested_without_end() {
    let check = |text: &str, tag: &str| {
        let html = html(&[text]);
        let (opened, closed) = (html.matches(&format!("<{tag}>")).count(), format!("</{tag}>"));
        assert!((1..=16).contains(&opened), "{opened} × {tag}");
        assert_eq!(html.matches(&closed).count(), opened, "{tag}");
        assert!(html.contains('x'));
    };
    check(&format!("{} x", ">".repeat(5_000)), "blockquote");
    check(&format!("{}x{}", "*a ".repeat(500), "*".repeat(500)), "em");
}

/// Every tag that a page may have, as it is written. What is left of one is an attack.
fn without_tags(html: &str) -> String {
    let mut html = html.to_owned();
    for tag in [
        "<p>",
        "<p class=\"verse\">",
        "</p>",
        "<br>",
        "<em>",
        "</em>",
        "<strong>",
        "</strong>",
        "<del>",
        "</del>",
        "<h3>",
        "</h3>",
        "<blockquote>",
        "</blockquote>",
        "<div class=\"scene-break\" role=\"separator\">",
        "</div>",
        "<ol class=\"notes\" role=\"list\" aria-label=\"Notes\">",
        "</ol>",
        "</li>",
        "<sup class=\"note-mark\">",
        "</sup>",
        "</a>",
    ] {
        html = html.replace(tag, "");
    }
    html
}

proptest! {
    #[test]
    fn no_text_makes_other_tags(text in "([a-c]|[ \n#*=_>~`\t\"'<&!^()\\[\\]:.\\\\-]|<!--|-->|https://a|javascript:|<b>|\\[\\^a\\]|\n\\[\\^a\\]: |\n> |\n\n|\u{2028}){0,60}") {
        let html = html(&[&text, &text]);
        let mut rest = without_tags(&html);
        for start in ["<a href=\"https://", "<a href=\"mailto:", "<a id=\"note-", "<a class=\"note-back\" href=\"#note-", "<li id=\"note-"] {
            rest = rest.replace(start, "");
        }
        prop_assert!(!rest.contains('<'), "{}", html);
        prop_assert_eq!(html.matches("<a ").count(), html.matches("</a>").count());
        for tag in ["p", "em", "strong", "del", "h3", "blockquote", "ol", "sup"] {
            let opened = html.matches(&format!("<{tag}>")).count() + html.matches(&format!("<{tag} ")).count();
            prop_assert_eq!(opened, html.matches(&format!("</{tag}>")).count(), "{} in {}", tag, html);
        }
    }

    #[test]
    fn no_letter_is_eaten(text in "([a-d]|[ \n#*=_>~`\t\"'1.\\[\\]:+-]|\n\\[a\\]: |\n1\\. |\n- |\n\n){0,60}") {
        let letters = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
        let mut shown = without_tags(&html(&[&text]));
        for made in ["&quot;", "&gt;"] {
            shown = shown.replace(made, "");
        }
        prop_assert_eq!(letters(&shown), letters(&text));
    }
}

#[test]
fn hostile_texts_are_read_in_linear_time() {
    let repeated = |piece: &str| format!("a{}", piece.repeat(Body::MAX_CHARACTERS / piece.chars().count() - 1));
    let pieces = [
        ">",
        "**a ",
        "a*a",
        "1*",
        "*",
        "*a_ ",
        "[",
        "[a](",
        "![",
        "<!--",
        "<",
        "<a",
        "`",
        "~~",
        "&",
        "\"",
        "[^a]",
        "\n[^a]: b[^a]",
        "\n>",
        "***\n",
    ];
    let far = format!("{}{}", "a".repeat(500_000), "*a".repeat(250_000));
    for text in pieces.map(repeated).into_iter().chain([far]) {
        let piece = text.chars().take(10).collect::<String>();
        let body = Body::parse(&text).expect("a good body");
        let began = Instant::now();
        let shown = Prose::of(std::slice::from_ref(&body)).iter().map(|prose| prose.html().len()).sum::<usize>();
        _ = body.words();
        let took = began.elapsed();
        // Thrice as long for another reason is a busy machine; a square of the length is hours.
        assert!(took < Duration::from_secs(30), "{piece:?} took {took:?}");
        assert!(shown <= 6 * text.len(), "{piece:?} became {shown} bytes");
    }
}
