//! Tags as a header lists them.

use std::fmt::{Display, Write as _};

/// How many bytes such a list has at most, but for its last word. A proxy may give all headers of an answer
/// four kilobytes, and drop the whole answer if they are longer. These lists are for people: no code obeys them.
const MAX_LENGTH: usize = 1_000;

/// As many as fit, with this between them, and how many more there are.
pub fn list_tags(tags: impl IntoIterator<Item = impl Display>, between: &str) -> String {
    let (mut list, mut more) = (String::new(), 0);
    for tag in tags {
        let tag = tag.to_string();
        if more > 0 || list.len() + between.len() + tag.len() > MAX_LENGTH {
            more += 1;
            continue;
        }
        if !list.is_empty() {
            list.push_str(between);
        }
        list.push_str(&tag);
    }
    if more > 0 {
        // A String takes whatever is written to it.
        let _ = write!(list, "{between}and-{more}-more");
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::Tag;

    #[test]
    fn a_list_is_never_too_long_for_a_header() {
        let rows = |many: u64| (0..many).map(Tag::Row);
        assert_eq!(list_tags([""; 0], ","), "");
        assert_eq!(list_tags([Tag::List, Tag::Page(1)], ","), "list,page:0000000000001");
        assert_eq!(list_tags(rows(2), " "), "row:00000000000000 row:00000000000001");
        let whole = list_tags(rows(50), ",");
        assert_eq!((whole.split(',').count(), whole.len()), (50, 949));
        let cut = list_tags(rows(100_000), ",");
        assert_eq!((cut.split(',').count(), cut.split(',').next_back()), (53, Some("and-99948-more")));
    }
}
