use super::*;

fn check(source: &str, front: FrontMatter, rest: &str, remarks: &[&str]) {
    assert_eq!(split(source), (front, rest, remarks.iter().map(|&remark| remark.to_owned()).collect()), "{source:?}");
}

fn title(text: &str) -> FrontMatter {
    FrontMatter { title: Title::parse(text).ok(), ..FrontMatter::default() }
}

#[test]
fn it_is_read() {
    check(
        "---\ntitle: The Tare\nauthor: ada@quire.example\nformat: novel\ngenre: Science fiction\nblurb: Lancashire, 1932: a scale.\npublished: true\n---\n\nText",
        FrontMatter {
            author: Some("ada@quire.example".to_owned()),
            format: Some(Format::Novel),
            genre: Some(Genre::ScienceFiction),
            blurb: Note::parse("Lancashire, 1932: a scale.").ok(),
            published: Some(true),
            ..title("The Tare")
        },
        "\nText",
        &[],
    );
    check(
        "---\ntitle: \"Salt: a Life\"\ntags:\n- sea\n# none\nauthor:\n...\nText",
        title("Salt: a Life"),
        "Text",
        &["Passed over at the top of the file: tags."],
    );
    check("---\ntitle: >\n  A Long\n  Way\n---", title("A Long Way"), "", &[]);
    check(
        "+++\ntitle = \"Salt\"\ndate = 2024-05-01\n[extra]\nx = 1\n+++\n\nText",
        title("Salt"),
        "\nText",
        &["Passed over at the top of the file: date, x."],
    );
    check(
        "---\nlayout: page\n---\nText",
        FrontMatter::default(),
        "Text",
        &["Passed over at the top of the file: layout."],
    );
}

#[test]
fn other_text_is_left_alone() {
    for source in [
        "",
        "Text",
        "---\n\nThe sea: it was grey.\n\n---\n",
        "---\nMara: Hello?\n---\n",
        "---\nDate: May\nDear Ada: no.\n---\n",
        "+++\n\nText\n\n+++\n",
        "---\ntitle: Salt\nand text\n---\n",
        "---\ntitle: never closed\n",
        "\n---\ntitle: Too late\n---\n",
        "---\n  title: indented\n---\n",
    ] {
        check(source, FrontMatter::default(), source, &[]);
    }
}

#[test]
fn what_can_not_be_is_passed_over_and_said() {
    check(
        "---\ntitle: A\ngenre: tax law\n---\n",
        title("A"),
        "",
        &["The line “genre: tax law” at the top of the file was passed over. There is no genre of that name."],
    );
    check(
        "---\npublished: 1813\n---\n",
        FrontMatter::default(),
        "",
        &["The line “published: 1813” at the top of the file was passed over. It is neither true nor false."],
    );
    let long = format!("---\ntitle: {}\n---\n", "x".repeat(201));
    let said = format!(
        "The line “title: {}” at the top of the file was passed over. That is too long for a title: 201 characters, and 200 fit.",
        "x".repeat(MOST_QUOTED)
    );
    check(&long, FrontMatter::default(), "", &[&said]);
}
