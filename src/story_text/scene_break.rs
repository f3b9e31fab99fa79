//! Scene breaks: a line of signs, between paragraphs.

/// Signs that make a scene break wherever their line stands: three or more of one, or one `⁂`.
const STRONG: [char; 4] = ['*', '-', '_', '⁎'];
/// Signs of which three or more make one, in a line that stands alone.
const PLAIN: [char; 6] = ['-', '_', '=', '+', '–', '—'];
/// Signs of which one makes one, in a line that stands alone. Hearts, faces and notes are not among them: people send
/// those as messages, also in stories.
const ORNAMENTS: &str = "*#~＊＃～〜◯•·∙●○◦◆◇◊◈◉◎❖■□▪▫▲△▼▽★☆✦✧✩✪✫✬✭✮✯✱✲✳✴✵✶✷✸✹✺✻✼✽✾✿❀❁❂❃❄❅❆❇❈❉❊❋❦❧☙❡⁂⁎⁑⁕※§†‡⸻⸺";
/// What other programs write for a break.
const WRITTEN: [&str; 4] = ["<hr>", "<hr/>", "<hr />", "&nbsp;"];

/// Whether the line, between these two, ends a scene.
pub(crate) fn is_break(before: Option<&str>, line: &str, after: Option<&str>) -> bool {
    match signs(line) {
        Some(Signs::Strong) => true,
        Some(Signs::Alone) => [before, after].into_iter().flatten().all(is_no_text),
        None => false,
    }
}

/// What a line of signs needs to be a scene break.
enum Signs {
    Strong,
    Alone,
}

fn signs(line: &str) -> Option<Signs> {
    if WRITTEN.iter().any(|written| line.trim().eq_ignore_ascii_case(written)) {
        return Some(Signs::Alone);
    }
    // A program that writes Markdown puts a backslash before each sign.
    let signs = || line.chars().filter(|&c| !c.is_whitespace() && c != '\\');
    let first = signs().next()?;
    let is_one_of = |sign: char| ORNAMENTS.contains(sign) || PLAIN.contains(&sign);
    // A long line of text is known by its first letter.
    if !is_one_of(first) || !signs().all(is_one_of) {
        return None;
    }
    let (count, is_uniform) = (signs().count(), signs().all(|sign| sign == first));
    match (is_uniform, count) {
        (true, 3..) if STRONG.contains(&first) => Some(Signs::Strong),
        (true, _) if first == '⁂' => Some(Signs::Strong),
        (true, 3..) => Some(Signs::Alone),
        (true, _) => ORNAMENTS.contains(first).then_some(Signs::Alone),
        // A face such as -_- is none.
        (false, 3..) => (!signs().any(|sign| sign == '_')).then_some(Signs::Alone),
        (false, _) => None,
    }
}

/// Whether a neighbour leaves the line alone: it is blank, made of signs, or a heading.
fn is_no_text(line: &str) -> bool {
    line.trim().is_empty() || signs(line).is_some() || super::title(line).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(lines: &[&str], expected: bool) {
        for line in lines {
            assert_eq!(is_break(Some(""), line, None), expected, "{line:?}");
        }
    }

    #[test]
    fn signs_that_stand_alone() {
        check(&["***", "* * *", "---", "- - -", "___", "⁂", "⁎ ⁎ ⁎", "*****", "   *   *   *", "\\* \\* \\*"], true);
        check(&["#", "# # #", "###", "\\#", "~", "~~~", "~ ~ ~", "~*~", "-*-", "+++", "===", "*", "**"], true);
        check(&["◇", "•••", "❦", "※", "§", "— — —", "<hr>", "<HR />", "&nbsp;", "**\\* \\* \\***", "**◇**"], true);
        check(&["＊　＊　＊", "＊＊＊", "＃", "◯", "〜"], true);
    }

    #[test]
    fn text_that_stands_alone() {
        check(
            &["", "\\", "-", "--", "—", "_", "=", "...", "…", "?", "!", "♥", "☺", "-_-", "* * * a", "1", "<br>"],
            false,
        );
    }

    #[test]
    fn some_need_not_stand_alone() {
        for line in ["***", "---", "* * *", "___", "⁂"] {
            assert!(is_break(Some("He left."), line, Some("Next morning")), "{line:?}");
        }
        for line in ["#", "~~~", "===", "+++", "◇", "*", "&nbsp;"] {
            assert!(!is_break(Some("He left."), line, None), "{line:?}");
            assert!(!is_break(None, line, Some("Next morning")), "{line:?}");
            assert!(is_break(Some("## One"), line, Some("***")), "{line:?}");
        }
    }
}
