//! A story as one page for browsers, which needs nothing beside it.

use std::fmt::Write;

use domain::WholeStory;

use super::{markup::Markup, passages};
use crate::xml::escaped;

/// How it looks, on screens and on paper.
const STYLE: &str = "body{max-width:36em;margin:2em auto;padding:0 1em;font:1.1em/1.6 Georgia,serif}\
h1,h2,h3,h4{line-height:1.25}.break{text-align:center;margin:2em 0}blockquote{margin:1em 2em}\
.note{font-size:.9em}.by{font-style:italic}@media(prefers-color-scheme:dark){body{background:#181818;color:#ddd}a{color:#9bf}}";

/// The story as a page.
pub(super) fn html(story: &WholeStory) -> String {
    let (title, author) = (escaped(story.title.as_str()), escaped(story.author.as_str()));
    let mut page = format!(
        "<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{title}</title>\n<meta name=\"author\" content=\"{author}\">\n<style>{STYLE}</style>\n</head>\n\
         <body dir=\"auto\">\n<h1>{title}</h1>\n<p class=\"by\">By {author}</p>\n"
    );
    for paragraph in story.blurb.as_str().split("\n\n").filter(|text| !text.trim().is_empty()) {
        _ = writeln!(page, "<p class=\"blurb\">{}</p>", escaped(paragraph.trim()));
    }
    // Parts stand above chapters, if there are any with a title.
    let has_parts = story.parts.iter().any(|part| !part.title.is_empty());
    let level = if has_parts { 3 } else { 2 };
    let mut number = 0;
    for part in &story.parts {
        if !part.title.is_empty() {
            _ = writeln!(page, "<h2>{}</h2>", escaped(part.title.as_str()));
        }
        for chapter in &part.chapters {
            number += 1;
            page += "<section>\n";
            if !chapter.title.is_empty() {
                _ = writeln!(page, "<h{level}>{}</h{level}>", escaped(chapter.title.as_str()));
            }
            page += &Markup::new(&passages(&chapter.scenes), &format!("c{number}-"), false, level).written();
            page += "</section>\n";
        }
    }
    page + "</body>\n</html>\n"
}
