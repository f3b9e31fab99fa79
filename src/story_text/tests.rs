use super::*;

fn check(text: &str, expected: usize) {
    assert_eq!(words(text), expected, "{text:?}");
}

#[test]
fn words_are_counted_as_unicode_bounds_them() {
    check("", 0);
    check("one  two\nthree", 3);
    check("The train—which was full—would leave.", 7);
    check("The train — which was full — would leave.", 7);
    check("“I can’t,” said Mr. O'Hara. 3.14!", 6);
    check("玛拉找到了一把钥匙。", 9);
}

#[test]
fn words_are_those_that_a_reader_is_shown() {
    check("*one* **two** [three](https://example.com/four)", 3);
    check("one <!-- two three --> four\n\n<!-- five\n\nsix -->", 2);
    check("one[^1]\n\n[^1]: two three", 3);
    check("one\n\n* * *\n\n> two\n\n# three", 3);
}

#[test]
fn a_line_without_its_markup() {
    for (line, expected) in [("*One* and [two](https://example.com)", "One and two"), ("`a` <b>", "`a` <b>")] {
        assert_eq!(plain(line), expected);
    }
}
