use super::*;

fn check(source: &str, expected: &[&str]) {
    let show = |mark: Mark| match mark.kind {
        Kind::Heading(level, title) => format!("{level} {title}"),
        Kind::Announced(what, title) => format!("{what:?} {title}"),
        Kind::Unmarked(what, title) => format!("{what:?} {title}"),
        Kind::Break => "break".to_owned(),
    };
    let found = marks(source).expect("few marks").into_iter().map(show).collect::<Vec<_>>();
    assert_eq!(found, expected, "{source:?}");
}

#[test]
fn headings_with_signs() {
    check("# One\n## Two\ntext\n### Three ###\n", &["1 One", "2 Two", "3 Three"]);
    check("   # *One* and [two](https://example.com) {#id}", &["1 One and two"]);
    check("# 1. The Start", &["1 1. The Start"]);
    check("##", &["break"]);
    check("    # deep\n\t# deep\n#tag\n####### seven\n> # said\ntext # no", &[]);
    check("# One <!-- two --> three\n\n<!--\n# four\n***\n-->\n\ntext", &["1 One three"]);
    check(&format!("# {}\n# {}", "x".repeat(200), "y".repeat(201)), &[&format!("1 {}", "x".repeat(200))]);
}

#[test]
fn headings_with_lines_below() {
    check("One\n===\n\nTwo\n-----\ntext", &["1 One", "2 Two"]);
    check("text\ntext\n---\ntext", &["break"]);
    check("text\n\n---\n\ntext", &["break"]);
    check("text\n===\ntext\n===", &["1 text"]);
    check("- item\n---", &["break"]);
    check("*By Jane Austen*\n---", &["break"]);
    check("CHAPTER 1\n---", &["2 CHAPTER 1"]);
    check(&format!("{}\n---", "long ".repeat(20)), &["break"]);
    check("text\n--", &[]);
    check("He left.\n--------\nNext", &["break"]);
    check("“Go!”\n---\n", &["break"]);
    check("What Now?\n===\n\ntext\n\n===\n\ntext", &["1 What Now?", "break"]);
}

#[test]
fn scene_breaks() {
    for line in ["***", "#", "\\* \\* \\*", "~~~", "###", "<hr>", "&nbsp;"] {
        check(&format!("a\n\n{line}\n\nb"), &["break"]);
    }
    for line in ["* * * a", "--", "```", "…"] {
        check(&format!("a\n\n{line}\n\nb"), &[]);
    }
    check("a\n***\nb\n#\nc", &["break"]);
}

#[test]
fn lines_that_may_be_headings() {
    check("#Keys\n\n##One\n\ntext\n#no", &["Tagged(1) Keys", "Tagged(2) One"]);
    check("**The Boat**\n\n__The Two__\n\n**a** b **c**\n\n**No.**", &["Bold The Boat", "Bold The Two"]);
    check(
        "1. The Key\n\nII\n\n**3) Door**\n\nFour",
        &["Numbered(1) 1. The Key", "Numbered(2) II", "Numbered(3) 3) Door", "Numbered(4) Four"],
    );
    check("1984. It fell.\n\n3. That was all.\n\n3 men\n\nI am\n\nOne day", &[]);
}

#[test]
fn lines_that_call_themselves_headings() {
    check("CHAPTER 1\n\ntext\n\nEpilogue", &["Chapter CHAPTER 1", "Aside Epilogue"]);
    check("CHAPTER I.\nDown the Rabbit-Hole\n\ntext", &["Chapter CHAPTER I. Down the Rabbit-Hole"]);
    check("Chapter One\nwas dull.\n\ntext\nChapter Two\n", &[]);
    check("CHAPTER I. Down\nCHAPTER II. Up\nCHAPTER III. On\n", &[]);
    check("CHAPTER I.\nDown\nthe Hole\n", &[]);
    check("**Chapter 1**\n***\n", &["Chapter Chapter 1", "break"]);
}

#[test]
fn by_lines() {
    for line in ["*By Jane Austen*", "_by_ nobody", "By Jane Austen", "**by j.**"] {
        assert_eq!(by_line(line).is_some(), line != "_by_ nobody", "{line:?}");
    }
    assert_eq!(by_line("*By Jane Austen*"), Some("By Jane Austen"));
    assert_eq!(by_line("By the time he came"), None);
    assert_eq!(by_line("By Monday they had gone."), None);
}

#[test]
fn there_is_an_end_to_marks() {
    assert_eq!(marks(&"***\n".repeat(MAX_MARKS + 1)), Err(ImportError::TooManyMarks { most: MAX_MARKS }));
}
