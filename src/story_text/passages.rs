//! A chapter's text in pieces, for programs that set it in their own way.

use crate::text::Body;

use super::{
    Block, Notes, Piece, blocks,
    inline::{Style, pieces},
    without_private,
};

/// What a reader sees of a chapter, without any program's signs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passages {
    /// Its scenes, without those that show nothing.
    pub scenes: Vec<Vec<Passage>>,
    /// The notes that its text refers to; the first has number 1.
    pub notes: Vec<Vec<Run>>,
}

/// A block of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Passage {
    /// A paragraph, or several lines of verse.
    Paragraph(Vec<Run>),
    /// A heading within the chapter.
    Heading(Vec<Run>),
    /// A scene break.
    Break,
    /// A quotation, at most 16 within each other.
    Quote(Vec<Self>),
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Run {
    /// Text that is set in one way.
    Text(String, RunStyle),
    /// The end of a line within a paragraph.
    LineEnd,
    /// A reference to the note of this number.
    Note(usize),
}

/// How text is set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunStyle {
    /// Emphasised.
    pub emphasis: bool,
    /// Strongly emphasised.
    pub strong: bool,
    /// Struck out.
    pub struck: bool,
    /// Where it leads.
    pub link: Option<String>,
}

impl Passages {
    /// The scenes of a chapter, read as the reading page reads them.
    pub fn of<'a>(scenes: impl Iterator<Item = &'a Body>) -> Self {
        let scenes = scenes.map(|text| blocks(&without_private(text.as_str()))).collect::<Vec<_>>();
        let notes = Notes::of(&scenes);
        let set = scenes.iter().enumerate().map(|(scene, blocks)| passages(&notes, scene, blocks));
        let noted = |scene| notes.standing_in(scene).map(move |(number, text)| (number, scene, text));
        let mut numbered = (0..scenes.len()).flat_map(noted).collect::<Vec<_>>();
        numbered.sort_by_key(|(number, ..)| *number);
        Self {
            scenes: set.filter(|passages| !passages.is_empty()).collect(),
            notes: numbered.into_iter().map(|(_, scene, text)| runs(&notes, scene, text)).collect(),
        }
    }
}

impl Run {
    /// What it shows, without what it refers to.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text, _) => text,
            Self::LineEnd => "\n",
            Self::Note(_) => "",
        }
    }
}

fn passages(notes: &Notes<'_>, scene: usize, blocks: &[Block]) -> Vec<Passage> {
    let passage = |block: &Block| match block {
        Block::Paragraph(text) => Some(Passage::Paragraph(runs(notes, scene, text))),
        Block::Heading(text) => Some(Passage::Heading(runs(notes, scene, text))),
        Block::Break => Some(Passage::Break),
        Block::Quote(blocks) => Some(Passage::Quote(passages(notes, scene, blocks))),
        Block::Note { label, text } if notes.is_meant(scene, label, text) => None,
        Block::Note { label, text } => Some(Passage::Paragraph(runs(notes, scene, &format!("\\[^{label}]: {text}")))),
    };
    blocks.iter().filter_map(passage).collect()
}

fn runs(notes: &Notes<'_>, scene: usize, text: &str) -> Vec<Run> {
    let (mut runs, mut style, mut depth) = (Vec::new(), RunStyle::default(), Depth::default());
    pieces(text, |piece| match piece {
        Piece::Text(text) => push(&mut runs, &text, &style),
        Piece::LineEnd => runs.push(Run::LineEnd),
        Piece::Open(one) => depth.open(one, &mut style),
        Piece::Close(one) => depth.close(one, &mut style),
        Piece::Link { url, .. } => style.link = Some(url),
        Piece::LinkEnd => style.link = None,
        Piece::Note { label, typed } => match notes.meant(scene, label) {
            Some(number) => runs.push(Run::Note(number)),
            None => push(&mut runs, &typed, &style),
        },
    });
    runs
}

/// Adds a text to the run before it, if that is set in the same way.
fn push(runs: &mut Vec<Run>, text: &str, style: &RunStyle) {
    match runs.last_mut() {
        Some(Run::Text(before, same)) if same == style => before.push_str(text),
        Some(_) | None => runs.push(Run::Text(text.to_owned(), style.clone())),
    }
}

/// How often each style is open: emphasis may stand within emphasis.
#[derive(Default)]
struct Depth {
    emphasis: usize,
    strong: usize,
    struck: usize,
}

impl Depth {
    fn open(&mut self, style: Style, set: &mut RunStyle) {
        *self.of(style) += 1;
        self.tell(set);
    }

    fn close(&mut self, style: Style, set: &mut RunStyle) {
        let depth = self.of(style);
        *depth = depth.saturating_sub(1);
        self.tell(set);
    }

    fn of(&mut self, style: Style) -> &mut usize {
        match style {
            Style::Emphasis => &mut self.emphasis,
            Style::Strong => &mut self.strong,
            Style::Strikethrough => &mut self.struck,
        }
    }

    fn tell(&self, set: &mut RunStyle) {
        set.emphasis = self.emphasis > 0;
        set.strong = self.strong > 0;
        set.struck = self.struck > 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show_runs(runs: &[Run]) -> String {
        let show = |run: &Run| match run {
            Run::Text(text, style) => {
                let signs =
                    [(style.emphasis, "*"), (style.strong, "!"), (style.struck, "~"), (style.link.is_some(), "@")];
                let signs = signs.iter().filter(|(is_set, _)| *is_set).map(|(_, sign)| *sign).collect::<String>();
                let link = style.link.as_ref().map_or_else(String::new, |link| format!("({link})"));
                if signs.is_empty() { text.clone() } else { format!("<{signs}{text}{link}>") }
            }
            Run::LineEnd => "/".to_owned(),
            Run::Note(number) => format!("[{number}]"),
        };
        runs.iter().map(show).collect()
    }

    fn show(passage: &Passage) -> String {
        match passage {
            Passage::Paragraph(runs) => show_runs(runs),
            Passage::Heading(runs) => format!("# {}", show_runs(runs)),
            Passage::Break => "***".to_owned(),
            Passage::Quote(passages) => format!("({})", passages.iter().map(show).collect::<Vec<_>>().join("; ")),
        }
    }

    fn check(scenes: &[&str], expected: &[&str], notes: &[&str]) {
        let scenes = scenes.iter().map(|text| Body::parse(text).expect("a scene")).collect::<Vec<_>>();
        let found = Passages::of(scenes.iter());
        let shown = found.scenes.iter().map(|scene| scene.iter().map(show).collect::<Vec<_>>().join(" | "));
        assert_eq!(shown.collect::<Vec<_>>(), expected);
        assert_eq!(found.notes.iter().map(|note| show_runs(note)).collect::<Vec<_>>(), notes);
    }

    #[test]
    fn text_comes_in_pieces() {
        check(
            &["a *b **c** d* e\nf", "<!-- private -->", "# H\n\n> q\n\n***"],
            &["a <*b ><*!c><* d> e/f", "# H | (q) | ***"],
            &[],
        );
        check(
            &["[x](https://a.example) <ada@quire.example>"],
            &["<@x(https://a.example)> <@ada@quire.example(mailto:ada@quire.example)>"],
            &[],
        );
        check(
            &["a[^x] b[^1] c[^x] d[^no]\n\n[^1]: *one*", "e[^1]\n\n[^x]: ex\n[^unused]: u"],
            &["a[1] b[2] c[1] d[^no]", "e[2] | [^unused]: u"],
            &["ex", "<*one>"],
        );
    }
}
