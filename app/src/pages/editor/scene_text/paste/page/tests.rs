use super::*;

/// A page in a shorthand: `<name style="…" href="…">`, `</>`, and text.
fn read(html: &str) -> Option<Pasted> {
    let mut page = Page::default();
    for piece in html.split('<') {
        let Some((tag, text)) = piece.split_once('>') else {
            page.text(piece);
            continue;
        };
        if tag == "/" {
            page.end();
        } else {
            let name = tag.split(' ').next().unwrap_or_default();
            let value = |key: &str| tag.split_once(key).and_then(|(_, rest)| rest.split('"').next()).map(str::to_owned);
            page.begin(&Element {
                name: name.to_owned(),
                style: value("style=\"").unwrap_or_default(),
                href: value("href=\""),
            });
        }
        page.text(text);
    }
    page.pasted()
}

#[track_caller]
fn check(html: &str, expected: &str) {
    assert_eq!(read(html).map_or("nothing".to_owned(), |pasted| pasted.text), expected, "{html}");
}

#[test]
fn styles_become_signs() {
    check("<p>a <i>b</> <b>c</> <s>d</></>", "a *b* **c** ~~d~~");
    check("<p><b><i>a</></> b</>", "***a*** b");
    check("<p>see <a href=\"https://a.example/\">it</></>", "see [it](https://a.example/)");
    check("<p>see <a href=\"javascript:1\">it</></>", "nothing");
}

#[test]
fn style_sheets_of_word_processors_are_read() {
    check("<b style=\"font-weight:normal;\"><p><span style=\"font-weight:700\">a</> b</></>", "**a** b");
    check("<p><span style=\"font-style: italic; font-weight: 400\">a</> b</>", "*a* b");
    check("<p style=\"font-weight: bold\">a</><p>b</>", "a\n\nb");
}

#[test]
fn blocks_stand_apart() {
    check("<h2>A <b>b</></><p>c\n  d</><p>e<br></>f</>", "## A b\n\nc d\n\ne\nf");
    check("<p>a</><hr></><p>b</>", "a\n\n***\n\nb");
    check("<div>a</><div>b<br></><br></>c</>", "a\n\nb\n\nc");
    check("<blockquote><p>a</><p>b</></><p>c</>", "> a\n>\n> b\n\nc");
    check("<ul><li><p>a</></><li>b</></><ol><li>c</><li>d</></>", "• a\n\n• b\n\n1. c\n\n2. d");
}

#[test]
fn what_plain_text_says_too_is_left_to_the_browser() {
    check("a", "nothing");
    check("<p>a * b</>", "nothing");
    check("<div style=\"white-space: pre;\"><div>a *b*</><div>c</></>", "nothing");
    check("", "nothing");
}

#[test]
fn signs_of_the_text_stay_signs() {
    check("<p># a *b* _c_</><p>> d</>", "\\# a \\*b\\* \\_c\\_\n\n\\> d");
    check("<p>* * *</><p>a</>", "* * *\n\na");
}

#[test]
fn what_begins_and_ends_with_whole_lines() {
    for (html, expected) in
        [("<h1>a</><p>b</>", (true, false)), ("<p>a</><hr></>", (false, true)), ("<p><i>a</></>", (false, false))]
    {
        let pasted = read(html).expect("it has styles");
        assert_eq!((pasted.begins_apart, pasted.ends_apart), expected, "{html}");
    }
}
