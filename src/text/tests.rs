use super::*;

fn check(text: &str, expected: Result<&str, TextError>) {
    assert_eq!(Title::parse(text).as_ref().map(Title::as_str).map_err(Clone::clone), expected, "{text:?}");
}

#[test]
fn titles() {
    check("  The Tide Table ", Ok("The Tide Table"));
    check("Ænima — «été»", Ok("Ænima — «été»"));
    check(" \t ", Err(TextError::Empty("a title")));
    check("two\nlines", Err(TextError::Control("a title", 10)));
    check("nul\0", Err(TextError::Control("a title", 0)));
    check("\u{200b}", Err(TextError::Invisible("a title", 0x200b)));
    check("Ti\u{202e}de", Err(TextError::Invisible("a title", 0x202e)));
    check("🏳\u{fe0f}\u{200d}🌈", Ok("🏳\u{fe0f}\u{200d}🌈"));
    check(&"x".repeat(200), Ok(&"x".repeat(200)));
    check(&"x".repeat(201), Err(TextError::TooLong("a title", 200, 201)));
}

#[test]
fn bodies_keep_their_lines() {
    assert_eq!(Body::parse("a\r\nb\rc\n\n").as_ref().map(Body::as_str), Ok("a\nb\nc"));
    assert_eq!(Body::parse("  indented").as_ref().map(Body::as_str), Ok("  indented"));
    assert_eq!(Body::parse("one  two\nthree").map(|body| body.words()), Ok(3));
    assert_eq!(Body::parse("\u{1b}[31m"), Err(TextError::Control("a scene", 27)));
}

#[test]
fn remarks() {
    let check = |text: &str, expected: Result<&str, TextError>| {
        assert_eq!(Remark::parse(text).as_ref().map(Remark::as_str).map_err(Clone::clone), expected, "{text:?}");
    };
    check("Ha\u{ad}ha\u{200b}!", Ok("Ha\u{ad}ha\u{200b}!"));
    for unseen in ["\u{200b}", "\u{2800}", "\u{3164}", "\u{ad}", "\u{202e}", " \r\n\u{2800}\n", "\u{feff}\u{fe0f}"] {
        check(unseen, Err(TextError::Empty("a post")));
    }
    // 5,000 characters in 100 lines, as a form without a script sends them, and one more.
    let lines = |last: &str| [vec!["x".repeat(49); 99].join("\r\n"), last.to_owned()].join("\r\n");
    check(&lines(&"x".repeat(50)), Ok(&lines(&"x".repeat(50)).replace('\r', "")));
    check(&lines(&"x".repeat(51)), Err(TextError::TooLong("a post", 5_000, 5_001)));
}

#[test]
fn what_an_older_version_kept_can_be_shown() {
    let check = |kept: &str, expected: &str| assert_eq!(restored(kept), expected, "{kept:?}");
    check("A\u{200b}da", "Ada");
    check("\u{2800}", "…");
    assert_eq!(Heading::cleaned("Pro\u{ad}logue").as_ref().map(Heading::as_str), Ok("Prologue"));
    assert!(Heading::cleaned("nul\0").is_err());
}

#[test]
fn emails() {
    assert_eq!(Email::parse(" Ada@Quire.example ").as_ref().map(Email::as_str), Ok("ada@quire.example"));
    for text in ["", "ada", "@quire", "ada@", "a@b@c", "a b@c"] {
        assert!(Email::parse(text).is_err(), "{text:?}");
    }
}

#[test]
fn a_password_is_never_shown() {
    let password = Password::parse("correct horse").expect("long enough");
    assert_eq!(format!("{password:?}"), "Password(…)");
    assert!(Password::parse("short").is_err());
}
