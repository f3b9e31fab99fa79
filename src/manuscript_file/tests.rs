use proptest::prelude::*;

use super::*;

/// The tree, a line a node: parts as `[title]`, chapters as `title: scene | scene`.
fn show(file: &ManuscriptFile) -> String {
    let mut lines = vec![format!("{} / {} / {}", file.title, file.author_line.as_deref().unwrap_or("-"), file.blurb)];
    for part in &file.parts {
        lines.push(format!("[{}]", part.title));
        for chapter in &part.chapters {
            let scenes = chapter.scenes.iter().map(|scene| scene.text.as_str().replace('\n', "¶")).collect::<Vec<_>>();
            lines.push(format!("{}: {}", chapter.title, scenes.join(" | ")));
        }
    }
    lines.join("\n")
}

fn check(source: &str, expected: &[&str]) {
    let file = ManuscriptFile::parse("my-book.md", source).expect("a good book");
    assert_eq!(show(&file), expected.join("\n"), "{source:?}");
}

#[test]
fn books_in_markdown() {
    check(
        "# Salt\n\n*By Ada*\n\n## Chapter 1\n\na\n\n***\n\nb\nc\n\n## Chapter 2\n\nd\n",
        &["Salt / By Ada / ", "[]", "Chapter 1: a | b¶c", "Chapter 2: d"],
    );
    check(
        "# Salt\r\n\r\n# Part One\r\n\r\n## One\r\n\r\na\r\n\r\n# Part Two\r\n\r\nverse\r\n\r\n## Two\r\n\r\nb\r\n\r\n### Deep\r\n\r\nc",
        &["Salt / - / ", "[Part One]", "One: a", "[Part Two]", ": verse", "Two: b¶¶### Deep¶¶c"],
    );
    check("Salt\n====\n\nOne\n---\n\na\n\n---\n\nb", &["Salt / - / ", "[]", "One: a | b"]);
    check(
        "## Prologue\n\na\n\n## P\n\n### One\n\nb\n\n## Epilogue\n\nc",
        &["My Book / - / ", "[]", "Prologue: a", "[P]", "One: b", "[]", "Epilogue: c"],
    );
    check("## One\n\n<!--\n# not\n***\n-->\n\n## Two\n", &["My Book / - / ", "[]", "One: <!--¶# not¶***¶-->", "Two: "]);
}

#[test]
fn a_whole_book() {
    check(
        include_str!("fixture.md"),
        &[
            "The Lamp at Sele / By Ada Finch / A keeper, an island, and a light that answers.",
            "[]",
            "Prologue: Nobody had asked the lamp.",
            "[Part One: Oil]",
            "Chapter 1: She came with the *last* boat:¶¶> Dear Inspector,¶>¶> the lamp is well. | By morning the boat was gone.",
            "Chapter 2. The Log: Her log began so:¶¶> 3 November¶> Wind north. <!-- and the boat? -->¶> Nothing seen.¶¶#### Later¶¶Something was seen.",
            "[Part Two: Wick]",
            "Chapter 3: It went out. | It came back.",
            "[]",
            "Epilogue: They put in electricity.",
        ],
    );
}

#[test]
fn books_in_plain_text() {
    check(
        "PART ONE\n\nCHAPTER 1\n\na\n\n* * *\n\nb\n\nPART TWO\n\nCHAPTER 2\n\nc\n",
        &["My Book / - / ", "[PART ONE]", "CHAPTER 1: a | b", "[PART TWO]", "CHAPTER 2: c"],
    );
    check(
        "Mine\n\nChapter One\n\na\n\nChapter Two\n\nb",
        &["My Book / - / ", "[]", ": Mine", "Chapter One: a", "Chapter Two: b"],
    );
}

#[test]
fn comments_stay_where_only_the_author_reads_them() {
    check(
        "# Salt <!-- a -->\n\nThe sea. <!-- b -->\n\n## One <!-- c -->\n\nd",
        &["Salt / - / The sea.", "[]", "One: <!-- a -->¶¶<!-- b -->¶¶<!-- c -->¶¶d"],
    );
    check("# Salt\n\n<!-- b -->\n\n## One", &["Salt / - / ", "[]", ": <!-- b -->", "One: "]);
}

#[test]
fn books_with_lines_of_a_fixed_width() {
    let lines =
        "It was the best of times, it was the worst of times,\nand then it was over, as all things are at last, in\n"
            .repeat(20);
    let book = ManuscriptFile::parse("a.txt", &format!("CHAPTER 1\n\n{lines}the end.")).expect("a good book");
    assert_eq!(book.all_chapters().next().map(|chapter| chapter.scenes[0].text.as_str().lines().count()), Some(1));
    let expected = "The lines ended at a fixed width, so they were joined to paragraphs.";
    assert_eq!(book.notice().as_deref(), Some(expected));
}

#[test]
fn what_stands_before_the_first_heading() {
    check("# Salt\n\n*By Ada*\n\nThe sea.\n\n---\n\n## One\n\na", &["Salt / By Ada / The sea.", "[]", "One: a"]);
    check("# Salt\n\nThe sea.\nMore.\n\n# P\n## One\n\na", &["Salt / - / The sea.\nMore.", "[P]", "One: a"]);
    check("The sea.\n\n## One\n\na", &["My Book / - / ", "[]", ": The sea.", "One: a"]);
    check("# Salt\n\na\n\n***\n\nb\n\n## One\n\nc", &["Salt / - / ", "[]", ": a | b", "One: c"]);
    let line = "a\n\n".repeat(9);
    check(&format!("# Salt\n\n{line}## One\n\nb"), &["Salt / - / ", "[]", ": a¶¶a¶¶a¶¶a¶¶a¶¶a¶¶a¶¶a¶¶a", "One: b"]);
    let long = "x".repeat(Note::MAX_CHARACTERS + 1);
    check(&format!("# Salt\n\n{long}\n\n## One\n\nb"), &["Salt / - / ", "[]", &format!(": {long}"), "One: b"]);
    check("# Salt\n\nBy noon it rained.\n\n*By Ada*\n", &["Salt / - / ", "[]", ": By noon it rained.¶¶*By Ada*"]);
}

#[test]
fn front_matter() {
    check(
        "---\ntitle: The Tare\nblurb: A scale.\n---\n\n## Gross\n\n### One\n\na\n\n## Net\n\n### Two\n\nb\n",
        &["The Tare / - / A scale.", "[Gross]", "One: a", "[Net]", "Two: b"],
    );
    check(
        "---\ntitle: The Tare\nblurb: A scale.\n---\n# The Tare\n\n*By Ada*\n\nMore.\n\n## One\n\na",
        &["The Tare / By Ada / A scale.", "[]", ": More.", "One: a"],
    );
    check("---\ntitle: The Tare\n---\n\nShort.\n\n## One\n\na", &["The Tare / - / Short.", "[]", "One: a"]);
}

#[test]
fn empty_scenes_vanish() {
    check(
        "# Salt\n\n***\n\n## One\n\n***\n\na\n\n***\n\n***\n\n## Two\n\n***\n",
        &["Salt / - / ", "[]", "One: a", "Two: "],
    );
    check("***", &["My Book / - / ", "[]", ": "]);
    check("## P\n## Q\n### One", &["My Book / - / ", "[]", "P: ", "[Q]", "One: "]);
}

#[test]
fn a_file_without_headings_is_one_chapter() {
    let notice = |source: &str| ManuscriptFile::parse("a.md", source).expect("a good book").notice();
    let expected = Some("No headings were found, so the whole text is one chapter.".to_owned());
    assert_eq!(notice("a\n\n***\n\nb"), expected);
    assert_eq!(notice("# Salt\n\na"), expected);
    assert_eq!(notice("## One\n\na"), None);
    assert_eq!(notice("a\n\n## One\n\nb"), None);
}

#[test]
fn what_is_longer_than_a_chapter_becomes_several() {
    let text = "A word, and another. ".repeat(120_000);
    let book = |source: &str| ManuscriptFile::parse("a.md", source).expect("a good book");
    let file = book(&text);
    assert_eq!((file.chapters(), file.cut), (3, 2));
    let expected = "No headings were found. A chapter holds 1,000,000 characters, so the text became 3 chapters.";
    assert_eq!(file.notice().as_deref(), Some(expected));
    let file = book(&format!("## One\n\na\n\n## Two\n\n{text}"));
    let titles: Vec<_> = file.all_chapters().map(|chapter| chapter.title.as_str()).collect();
    assert_eq!(titles, ["One", "Two", "Two (2)", "Two (3)"]);
    let expected = "A chapter holds 1,000,000 characters or 500 scenes: what was longer became several.";
    assert_eq!(file.notice().as_deref(), Some(expected));
    assert_eq!(file.words(), 120_000 * 4 + 1);
}

#[test]
fn more_than_a_story_holds_is_refused() {
    let says = |source: String| ManuscriptFile::parse("a.md", &source).map_err(|error| error.to_string());
    let chapters = says("## a\n".repeat(5_001)).map(|file| file.chapters());
    assert_eq!(chapters, Err(Bound::StoryChapters.to_string()));
    assert_eq!(says("## a\n".repeat(5_000)).map(|file| file.chapters()), Ok(5_000));
}

#[test]
fn figures() {
    let source = "# Salt\n## One\na b\n\n***\n\nc\n## Two\nd e f";
    let file = ManuscriptFile::parse("a.md", source).expect("a good book");
    assert_eq!((file.words(), file.chapters(), file.scenes()), (6, 2, 3));
}

#[test]
fn refusals() {
    let says =
        |text: &str| ManuscriptFile::parse("a.md", text).map(|file| show(&file)).map_err(|error| error.to_string());
    for bytes in ["", " \n\t\r\n", "\u{feff}", "---\ntitle: A\n---\n"] {
        assert_eq!(says(bytes), Err("There is no text in that file.".to_owned()), "{bytes:?}");
    }
    assert_eq!(
        says(&"#\n".repeat(20_001)),
        Err("That file has more than 20000 headings and scene breaks; please split it into several files.".to_owned())
    );
}

/// All that is shown of the book, in any order.
fn texts(file: &ManuscriptFile) -> Vec<&str> {
    let mut texts = vec![file.title.as_str(), file.author_line.as_deref().unwrap_or_default(), file.blurb.as_str()];
    for part in &file.parts {
        texts.push(part.title.as_str());
        for chapter in &part.chapters {
            texts.push(chapter.title.as_str());
            texts.extend(chapter.scenes.iter().map(|scene| scene.text.as_str()));
        }
    }
    texts
}

fn is_whole(file: &ManuscriptFile) -> bool {
    let chapters = || file.parts.iter().flat_map(|part| &part.chapters);
    !file.parts.is_empty() && chapters().all(|chapter| !chapter.scenes.is_empty())
}

/// The words of a block, in lower case but for those that may make a heading of it.
fn words() -> impl Strategy<Value = String> {
    let word = prop_oneof![6 => "[a-y]{1,6}", 1 => "(Chapter|Part|One|II|By|Prologue)"];
    prop::collection::vec(word, 1..12).prop_map(|words| words.join(" "))
}

/// A block of a book: its source and the words that must not be lost.
fn block() -> impl Strategy<Value = (String, String)> {
    prop_oneof![
        4 => words().prop_map(|text| (text.clone(), text)),
        2 => (1..5_usize, words()).prop_map(|(level, text)| (format!("{} {text}", "#".repeat(level)), text)),
        1 => (prop_oneof!["===", "---"], words()).prop_map(|(line, text)| (format!("{text}\n{line}"), text)),
        1 => prop_oneof!["\\*\\*\\*", "---", "#", "\\* \\* \\*"].prop_map(|line| (line, String::new())),
        1 => words().prop_map(|text| (format!("{text}\n{text}"), format!("{text} {text}"))),
    ]
}

proptest! {
    #[test]
    fn no_text_does_harm(name in ".*", text in ".*") {
        if let Ok(file) = ManuscriptFile::parse(&name, &text) {
            prop_assert!(is_whole(&file));
        }
    }

    #[test]
    fn no_word_is_lost(blocks in prop::collection::vec(block(), 1..30), gap in "(\n\n|\r\n\r\n|\n\n \n)") {
        let source = blocks.iter().map(|(source, _)| source.as_str()).collect::<Vec<_>>().join(&gap);
        let file = ManuscriptFile::parse("zz.md", &source).expect("a good book");
        prop_assert!(is_whole(&file));
        let mut expected = blocks.iter().flat_map(|(_, text)| text.split_whitespace()).collect::<Vec<_>>();
        let found = texts(&file).into_iter().flat_map(str::split_whitespace);
        let mut found = found.filter(|word| !word.starts_with(['#', '=', '-']) && *word != "Zz").collect::<Vec<_>>();
        expected.sort_unstable();
        found.sort_unstable();
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn no_letter_is_lost(source in "([a-d]|[ \n#*=_>~`\t-]|\r\n|\n\n|\n# |\n## |PART I|CHAPTER 1|By B){0,60}") {
        let letters = |text: &str| text.chars().filter(|&c| c.is_alphanumeric() && c != 'Z' && c != 'z').collect::<Vec<_>>();
        if let Ok(file) = ManuscriptFile::parse("zz.md", &source) {
            prop_assert!(is_whole(&file));
            let mut found = letters(&texts(&file).concat());
            let mut expected = letters(&source);
            found.sort_unstable();
            expected.sort_unstable();
            prop_assert_eq!(found, expected, "{}", show(&file));
        }
    }
}
