//! What happened, in words: for the inbox, and for mails.

use domain::{CommentId, CommentPlace, News, PostId, Thread};

use crate::destination::Destination;

/// The words, and the path of the page where it is.
pub fn told(news: &News) -> (String, String) {
    match news {
        News::Released { story, title, author, chapters, first, heading } => {
            let what = match (*chapters, heading.as_str()) {
                (1, "") => "A new chapter".to_owned(),
                (1, heading) => format!("A new chapter, “{heading}”,"),
                (chapters, _) => format!("{chapters} new chapters"),
            };
            (format!("{what} in {title}, by {}", author.name), Destination::Chapter(*story, *first).to_string())
        }
        News::Replied { post, comment, by, to_comment } => {
            let what = if *to_comment { "replied to your comment" } else { "commented on your post" };
            (format!("{} {what}", by.name), place_of(*post, Some(*comment)))
        }
        News::Mentioned { post, comment, by } => (format!("{} mentioned you", by.name), place_of(*post, *comment)),
    }
}

/// Where something was said: a post, or a comment below it.
fn place_of(post: PostId, comment: Option<CommentId>) -> String {
    match comment {
        Some(comment) => Destination::Comment(CommentPlace { post, comment }),
        None => Destination::Thread(Thread::first(post)),
    }
    .to_string()
}
