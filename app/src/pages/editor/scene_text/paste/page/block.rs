//! What was read, written as story text.

use domain::{Run, StoryLine};

/// A block of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    Heading(usize, Vec<Run>),
    /// A paragraph, so deep in quotations.
    Paragraph(usize, Vec<Run>),
    Break,
}

/// The blocks, with blank lines between them.
pub(super) fn written(blocks: &[Block]) -> String {
    let mut text = String::new();
    let mut before = 0;
    for (number, block) in blocks.iter().enumerate() {
        let (depth, lines) = match block {
            Block::Heading(level, runs) => {
                (0, format!("{} {}", "#".repeat(*level), StoryLine::of(runs).plain().replace('\n', " ")))
            }
            Block::Paragraph(depth, runs) => (*depth, StoryLine::of(runs).safe()),
            Block::Break => (0, "***".to_owned()),
        };
        if number > 0 {
            // Between two paragraphs of a quotation stands an empty line of it.
            let signs = ">".repeat(depth.min(before));
            text.extend(["\n", &signs, "\n"]);
        }
        let signs = if depth > 0 { format!("{} ", ">".repeat(depth)) } else { String::new() };
        text += &lines.lines().map(|line| format!("{signs}{line}")).collect::<Vec<_>>().join("\n");
        before = depth;
    }
    text
}
